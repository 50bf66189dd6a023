"""What a little more of x adds to f(x), here and there on a graph."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from netglow.scenes.parts.plots.function_graph import FunctionGraph
from netglow.scenes.stage.theme import Theme


class Nudge(VGroup):
    """A little more, and the difference it makes: two sides of a triangle on a graph's curve.

    ``more`` goes level from the curve at ``at`` for a length ``by`` of x; ``gain`` rises from
    there to the curve.
    """

    def __init__(self, graph: FunctionGraph, at: float, by: float, theme: Theme) -> None:
        self.graph, self.by = graph, by
        self.more = VMobject(stroke_color=theme.text, stroke_width=6)
        self.gain = VMobject(stroke_color=theme.positive, stroke_width=9)
        super().__init__(self.more, self.gain)
        self.set_at(at)

    def set_at(self, at: float) -> Nudge:
        """Stand at another x."""
        self.at = float(at)
        start, end = self.graph.on_curve(np.array([at, at + self.by]))
        corner = np.array([end[0], start[1], 0])
        self.more.set_points_as_corners([start, corner])
        self.gain.set_points_as_corners([corner, end])
        return self
