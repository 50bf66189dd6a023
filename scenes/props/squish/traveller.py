"""A number that goes farther and farther out, and where it ends up on the other line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import DOWN, UP, Dot, Line, UpdateFromAlphaFunc, VGroup, linear

from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.stage.theme import Theme

_EDGE = 6.5  # the line is drawn as far as that to both sides


class Traveller(VGroup):
    """A line from ``at`` on the level axis ``source`` to where ``f`` sends it on ``goal``.

    Where it begins outside the picture, the rest of it is drawn.
    """

    def __init__(
        self, f: Callable[[Any], Any], source: Axis, goal: Axis, at: float, theme: Theme
    ) -> None:
        self.f, self.source, self.goal = f, source, goal
        self.line = Line(UP, DOWN, color=theme.attention, stroke_width=3)
        self.dot = Dot(radius=0.09, color=theme.attention)
        super().__init__(self.line, self.dot)
        self.set_at(at)

    def set_at(self, at: float) -> Traveller:
        """Stand at another number."""
        self.at = float(at)
        end = self.goal.at(float(self.f(self.at)))
        start = self.source.at(self.at) + DOWN * 0.5
        beyond = max(abs(start[0]) - _EDGE, 0) / max(abs(start[0] - end[0]), 1e-9)
        self.line.set_points_as_corners([start + beyond * (end - start), end])
        self.dot.move_to(end)
        return self

    def go(self, to: float, run_time: float) -> UpdateFromAlphaFunc:
        """Animation: it goes out to another number, faster and faster."""
        start = self.at
        return UpdateFromAlphaFunc(
            self,
            lambda _, t: self.set_at(start + (to - start) * np.square(t)),
            run_time=run_time,
            rate_func=linear,
        )
