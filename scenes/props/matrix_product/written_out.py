"""A sum written out, product after product, in a line that never ends."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, RIGHT, UpdateFromAlphaFunc, VGroup, linear

from netglow.scenes.stage.text import formula
from netglow.scenes.stage.theme import Theme

_SIZE = 0.4
_FADE = 0.9  # units at the left end in which a term goes away


class WrittenOut(VGroup):
    """w₁a₁ + w₂a₂ + … with ``count`` products, from ``left`` on; there is room up to ``right``.

    At first nothing is seen; what comes later pushes what was there out of the line.
    """

    def __init__(self, count: int, left: float, right: float, y: float, theme: Theme) -> None:
        self.left, self.right = left, right
        names = [f"t{i}" for i in range(1, count + 1)]
        source = " ".join(
            f"{{{{ w_{i} a_{i} + : {name} }}}}" for i, name in enumerate(names, start=1)
        )
        line = formula(source, theme.text, _SIZE)
        line.set_y(y).shift(RIGHT * (left - line.get_left()[0]))
        super().__init__(*[line.select(name) for name in names])
        self.ends = np.array([term.get_right()[0] for term in self])
        self.places = np.array([term.get_center() for term in self])
        self._write(0.0)

    def _write(self, count: float) -> None:
        """So many terms are there; the last of them may be coming."""
        end = float(np.interp(count, np.arange(len(self) + 1), [self.left, *self.ends]))
        shift = max(0.0, end - self.right)
        for i, term in enumerate(self):
            term.move_to(self.places[i] + LEFT * shift)
            gone = (term.get_left()[0] - self.left + _FADE * (shift <= 0)) / _FADE
            term.set_opacity(float(np.clip(min(count - i, gone), 0, 1)))

    def write(self, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: term after term, faster and faster."""
        return UpdateFromAlphaFunc(
            self, lambda _, alpha: self._write(len(self) * alpha**1.8), rate_func=linear, **kwargs
        )
