"""An activation function's formula, one symbol after the other as it is read."""

from __future__ import annotations

from typing import Any

from manim import VGroup

from netglow.scenes.stage.text import HEADING, formula
from netglow.scenes.stage.theme import Theme

LAWS = {
    "sigmoid": (
        "{{ sigma(x) : name }} {{ = : is }} "
        "frac({{ 1 : one }}, {{ 1 + : plus }} {{ e^(-x) : power }})"
    ),
    "relu": '{{ "ReLU"(x) : name }} {{ = : is }} {{ max(0, x) : one }}',
}
SIZE = 1.3 * HEADING


class Law(VGroup):
    """The formula of an activation function; ``left_side`` is what it is of.

    ``read`` are the other symbols in the order in which they are read.
    """

    def __init__(self, kind: str, theme: Theme) -> None:
        made: Any = formula(LAWS[kind], theme.text, SIZE)
        parts = {
            name: VGroup(*made.select(name).family_members_with_points())
            for name in ("name", "is", "one", "plus", "power")
            if f": {name} }}}}" in LAWS[kind]
        }
        taken = {id(glyph) for part in parts.values() for glyph in part}
        bar = [g for g in made.family_members_with_points() if id(g) not in taken]
        parts["one"].add(*bar)  # "one over …"
        self.left_side = parts.pop("name")
        self.read = list(parts.values())
        super().__init__(self.left_side, *self.read)
