"""The graph of a function over a number line, with the upright axis through zero."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import LEFT, Line, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.stage.text import BODY
from netglow.scenes.stage.theme import Theme

HALF_WIDE, GROUND, HEAD = 6.2, -2.2, 2.75
_POINTS = 241

F = Callable[[np.ndarray], np.ndarray]


class FunctionGraph(VGroup):
    """``f`` over a level axis ``x``, with an upright axis ``y`` through its zero.

    ``x_scale`` is how far x reaches to both sides, and the step of its ticks; ``y_scale`` the top
    of y, which begins at 0, and the step of its ticks. The curve of a growing ``f`` ends where it
    leaves the axis. ``bounds`` are levels drawn as faint lines; x lies at ``ground``.
    """

    def __init__(
        self,
        f: F,
        x_scale: tuple[float, float],
        y_scale: tuple[float, float],
        theme: Theme,
        bounds: ArrayLike = (),
        ground: float = GROUND,
    ) -> None:
        self.f = f
        (reach, step), (top, up) = x_scale, y_scale
        left, right = (-HALF_WIDE, ground, 0), (HALF_WIDE, ground, 0)
        self.x = Axis(-reach, reach, left, right, theme, step, role="text")
        self.y = upright(
            Axis(0, top, (0, ground, 0), (0, HEAD, 0), theme, up, 1, LEFT, BODY, "text")
        )
        self.bounds = VGroup(
            *[
                Line((-HALF_WIDE, y, 0), (HALF_WIDE, y, 0), stroke_width=1.5, color=theme.faint)
                for y in self.y.at(np.asarray(bounds, float))[..., 1]
            ]
        )
        values = np.linspace(-reach, reach, 10 * _POINTS + 1)
        values = np.linspace(-reach, values[f(values) <= top * (1 + 1e-9)].max(), _POINTS)
        # a step as steep as this needs points where it is steep
        values = np.union1d(values, np.linspace(-8, min(8, values[-1]), _POINTS))
        self.curve = Curve(values, f(values), self.x, self.y, theme.attention, 4)
        super().__init__(self.bounds, self.x, self.y, self.curve)

    def on_curve(self, values: ArrayLike) -> np.ndarray:
        """Points (n, 3) of the curve."""
        return across(self.x, self.y, values, self.f(np.asarray(values, float)))


def upright(axis: Axis) -> Axis:
    """The axis without the number of its zero, where another axis has one."""
    axis.numbers.remove(axis.numbers[0])
    return axis
