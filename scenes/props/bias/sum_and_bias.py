"""z = weighted sum + bias, and an example of it below."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, HEADING, label
from netglow.scenes.stage.theme import Theme

_COLUMNS = (-6.15, -5.65, -4.2, -2.7, -1.75)  # middles of z, =, weighted sum, +, bias
_NAMES_Y, _VALUES_Y = 2.2, 1.45  # where they stand
_ROLES = ("text", "muted", "text", "muted", "bias")


class SumAndBias(VGroup):
    """``names`` and, below them in the same columns, ``values``: texts for z, =, sum, +, bias."""

    def __init__(self, names: Sequence[str], values: Sequence[str], theme: Theme) -> None:
        self.names = self._row(names, _NAMES_Y, BODY, theme)
        self.values = self._row(values, _VALUES_Y, HEADING, theme)
        super().__init__(self.names, self.values)

    def _row(self, texts: Sequence[str], y: float, size: float, theme: Theme) -> VGroup:
        made = VGroup()
        for text, x, role in zip(texts, _COLUMNS, _ROLES, strict=True):
            made.add(stand(label(text, getattr(theme, role), size), y).set_x(x))
        # signs stand in the middle of the letters, not on the line
        for i in (1, 3):
            made[i].set_y(y + size / 2)
        return made
