"""The upright line above which a neuron lights up; what lies beyond it is tinted."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import DOWN, UP, Line, Rectangle, VGroup

from netglow.scenes.stage.theme import Theme

_END = 6.55  # x where the tint ends


class Threshold(VGroup):
    """An upright ``line`` at ``x`` from ``low`` to ``high``, and ``beyond``, which is tinted."""

    def __init__(self, x: float, low: float, high: float, theme: Theme) -> None:
        self.line = Line(DOWN, UP, color=theme.bias, stroke_width=7)
        self.beyond = Rectangle(color=theme.bias, stroke_width=0, fill_opacity=0.13)
        super().__init__(self.beyond, self.line)
        self.x, self.low, self.high = x, low, high
        self.put(x, low, high)

    def put(self, x: float, low: float | None = None, high: float | None = None) -> Self:
        """Stand at another x, with other ends."""
        self.x = float(x)
        self.low = self.low if low is None else float(low)
        self.high = self.high if high is None else float(high)
        self.line.put_start_and_end_on(
            np.array([self.x, self.low, 0]), np.array([self.x, self.high, 0])
        )
        wide = max(_END - self.x, 1e-3)  # without width it could not grow again
        tall = self.high - self.low
        self.beyond.stretch_to_fit_width(wide).stretch_to_fit_height(tall)
        self.beyond.move_to((self.x + wide / 2, self.low + tall / 2, 0))
        return self
