"""The graph of a function above its number line, with room for what comes out at its right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import RIGHT, UP, Line, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.stage.theme import Theme

_LEFT, _UPRIGHT, _LINE, _FOOT, _HEAD = -6.1, 1.45, -2.35, -1.1, 2.35
_NUMBERS = 0.9  # width kept for the numbers right of the upright axis
POINTS = 241


class FunctionGraph(VGroup):
    """``f`` over a level axis ``x``; its values stand on an upright axis ``y`` at the right.

    ``x_scale`` is how far x reaches to both sides, and the step of its ticks; ``y_scale`` the top
    of y, which begins at 0, the step of its ticks, and how many ticks have one number.

    x lies lower than the zero of y, so the way from x to the curve is visible for small values
    too. The curve of a growing ``f`` ends where it leaves the axis. ``bounds`` are levels drawn
    as faint lines.
    """

    def __init__(
        self,
        f: Callable[[np.ndarray], np.ndarray],
        x_scale: tuple[float, float],
        y_scale: tuple[float, float, int],
        theme: Theme,
        bounds: ArrayLike = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.f = f
        (reach, step), (top, up, every) = x_scale, y_scale
        left, right = (_LEFT, _LINE, 0), (_UPRIGHT - 0.35, _LINE, 0)
        foot, head = (_UPRIGHT, _FOOT, 0), (_UPRIGHT, _HEAD, 0)
        self.x = Axis(-reach, reach, left, right, theme, step, every=2, role="text")
        self.y = Axis(0, top, foot, head, theme, up, every, side=RIGHT, role="text")
        self.bounds = VGroup(
            *[
                Line((_LEFT, end[1], 0), end, stroke_width=1.5, color=theme.faint)
                for end in self.y.at(np.asarray(bounds, float))
            ]
        )
        values = np.linspace(-reach, reach, 10 * POINTS)
        values = np.linspace(-reach, values[f(values) <= top * (1 + 1e-9)].max(), POINTS)
        self.curve = Curve(values, f(values), self.x, self.y, theme.attention, 4)
        self.add(self.bounds, self.x, self.y, self.curve)

    def on_curve(self, values: ArrayLike) -> np.ndarray:
        """Points (n, 3) of the curve."""
        return across(self.x, self.y, values, self.f(np.asarray(values, float)))

    def above_line(self, values: ArrayLike) -> np.ndarray:
        """Points (n, 3) just above the number line."""
        return self.x.at(values) + UP * 0.12

    def outside(self, results: ArrayLike) -> np.ndarray:
        """Points (n, 3) at the height of ``results`` (n,), right of the axis and its numbers."""
        return self.y.at(results) + RIGHT * _NUMBERS

    @property
    def corner(self) -> np.ndarray:
        """Upper left corner of the field left of the curve."""
        return np.array([_LEFT, _HEAD - 0.45, 0])

    @property
    def away(self) -> float:
        """How far :meth:`outside` is from the axis."""
        return _NUMBERS
