"""The bias as a dial, with its number."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import ORIGIN, Group
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

_RADIUS = 0.72


class BiasDial(Group):
    """A dial for biases to ±``end``; ``name`` and the ``number`` with ``places`` stand below it."""

    def __init__(
        self, bias: float, end: float, name: str, places: int, centre: ArrayLike, theme: Theme
    ) -> None:
        centre = np.array(centre, float)
        self.dial = Dials(np.array([bias]), centre[None], _RADIUS, end, theme, 0.9, 8, ring=3)
        below = centre[1] - _RADIUS
        self.number = Number(bias, theme.bias, HEADING, places, bold=True, anchor=ORIGIN)
        stand(self.number.move_to(centre), below - 0.6)
        self.title = stand(label(name, theme.muted, CAPTION).move_to(centre), below - 0.98)
        super().__init__(self.dial, self.number, self.title)

    def set_bias(self, bias: float) -> Self:
        """Turn it to another bias."""
        self.dial.set_values(np.array([bias]))
        self.number.set_value(bias)
        return self
