"""A curve over two axes."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis, across


class Curve(VMobject):
    """The line through the points ``x``, ``y`` (n,), which it keeps, over two axes."""

    def __init__(
        self,
        x: ArrayLike,
        y: ArrayLike,
        x_axis: Axis,
        y_axis: Axis,
        colour: str,
        width: float = 5,
        **kwargs: Any,
    ) -> None:
        super().__init__(stroke_color=colour, stroke_width=width, **kwargs)
        self.x, self.y = np.array(x, float), np.array(y, float)
        self.set_points_as_corners(across(x_axis, y_axis, self.x, self.y))
