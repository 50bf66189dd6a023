"""A point that runs along a curve, with its way from axis to axis and the numbers on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np
from manim import ORIGIN, RIGHT, Dot, UpdateFromAlphaFunc, VGroup, VMobject

from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.stage.text import BODY, Number
from netglow.scenes.stage.theme import Theme

PITCH = 0.55  # from number to number


class Tracer(VGroup):
    """The point (x, f(x)) over a level and an upright axis; ``at`` is its x, to two decimals.

    ``numbers`` show the functions ``rows`` of x, (function, decimal places) each, one under
    the other, right-aligned below ``corner``.
    """

    def __init__(
        self,
        f: Callable[[float], Any],
        axes: tuple[Axis, Axis],
        theme: Theme,
        rows: Sequence[tuple[Callable[[float], Any], int]] = (),
        corner: np.ndarray = ORIGIN,
        at: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.f, self.axes, self.rows = f, axes, tuple(rows)
        self.way = VMobject(stroke_color=theme.text, stroke_width=2.5)
        self.dot = Dot(radius=0.09, color=theme.text)
        self.numbers = VGroup(
            *[
                Number(0, theme.text, BODY, places).move_to(
                    np.asarray(corner, float) - [0, PITCH * i, 0], aligned_edge=RIGHT
                )
                for i, (_, places) in enumerate(self.rows)
            ]
        )
        self.add(self.way, self.dot, self.numbers)
        self.set_at(at)

    def set_at(self, x: float) -> Self:
        """Show the point at another x."""
        self.at = round(float(x), 2)
        y = float(self.f(self.at))
        x_axis, y_axis = self.axes
        point = across(x_axis, y_axis, self.at, y)
        self.way.set_points_as_corners([x_axis.at(self.at), point, y_axis.at(y)])
        self.dot.move_to(point)
        for number, (row, _) in zip(self.numbers, self.rows, strict=True):
            number.set_value(float(row(self.at)))
        return self

    def go(self, x: float, start: float | None = None, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the point runs along the curve to another x."""
        begin = self.at if start is None else start
        return UpdateFromAlphaFunc(
            self, lambda _, alpha: self.set_at(begin + (x - begin) * alpha), **kwargs
        )
