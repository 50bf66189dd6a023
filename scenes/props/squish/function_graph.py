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
    """``f`` from -reach to reach; its values 0..top stand on an upright axis at the right.

    The level axis ``x`` (ticks every ``step``) lies lower than the zero of the upright axis
    ``y`` (ticks every ``up``, each ``every``-th with a number), so the way from x to the curve
    is seen for small values too. The curve of a growing ``f`` ends where it leaves the axis.
    ``bounds`` are levels drawn as faint lines.
    """

    def __init__(
        self,
        f: Callable[[np.ndarray], np.ndarray],
        reach: float,
        step: float,
        top: float,
        up: float,
        every: int,
        theme: Theme,
        bounds: ArrayLike = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.f = f
        self.x = Axis(
            -reach,
            reach,
            [_LEFT, _LINE, 0],
            [_UPRIGHT - 0.35, _LINE, 0],
            theme,
            step,
            every=2,
            role="text",
        )
        self.y = Axis(
            0,
            top,
            [_UPRIGHT, _FOOT, 0],
            [_UPRIGHT, _HEAD, 0],
            theme,
            up,
            every,
            side=RIGHT,
            role="text",
        )
        self.bounds = VGroup(
            *[
                Line([_LEFT, end[1], 0], end, stroke_width=1.5, color=theme.faint)
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
