"""A function above its derivative, on the same scale of z, and a tangent that slides along it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, UP, Dot, Line, UpdateFromAlphaFunc, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.parts.text.baseline import baseline, stand
from netglow.scenes.stage.text import BODY, Number, label
from netglow.scenes.stage.theme import Theme

UNIT = 0.6  # one unit of z and of f(z): the angle of a tangent is true
REACH, TOP = 4.0, 3.2  # z from -REACH to REACH, f(z) from 0 to TOP
FOOT, DERIVATIVE_FOOT, DERIVATIVE_TOP = 0.72, -2.42, -0.82  # heights of the axes
POINTS = 161

Function = Callable[[Any], Any]


class DerivativePlot(VGroup):
    """``f`` above its ``derivative``, around x = ``centre``, for z from -REACH to REACH.

    ``pieces`` (from, to) are where the derivative is continuous. ``graph`` is the upper picture,
    ``below`` the axes of the lower one; a :class:`Tangent` draws ``branches``, the derivative,
    into it. The derivative's axis goes from 0 to 1.
    """

    def __init__(
        self,
        f: Function,
        derivative: Function,
        centre: float,
        colour: str,
        theme: Theme,
        pieces: Sequence[tuple[float, float]] = ((-REACH, REACH),),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.f, self.derivative, self.colour, self.theme = f, derivative, colour, theme
        left, right = centre - REACH * UNIT, centre + REACH * UNIT
        self.x = Axis(-REACH, REACH, [left, FOOT, 0], [right, FOOT, 0], theme, 1, 2)
        self.y = Axis(0, TOP, [left, FOOT, 0], [left, FOOT + TOP * UNIT, 0], theme, 1, side=LEFT)
        self.z = Axis(
            -REACH, REACH, [left, DERIVATIVE_FOOT, 0], [right, DERIVATIVE_FOOT, 0], theme, 1, 2
        )
        self.rise = Axis(
            0, 1, [left, DERIVATIVE_FOOT, 0], [left, DERIVATIVE_TOP, 0], theme, 0.25, 2, LEFT
        )
        z = np.linspace(-REACH, REACH, 10 * POINTS)
        z = np.linspace(-REACH, z[f(z) <= TOP].max(), POINTS)
        self.curve = Curve(z, f(z), self.x, self.y, colour)
        self.end = float(z[-1])  # where the curve ends: at REACH, or where it leaves the picture
        self.branches = VGroup(*[self._branch(begin, min(end, self.end)) for begin, end in pieces])
        self.graph = VGroup(self.x, self.y, self.curve)
        self.below = VGroup(self.z, self.rise)
        self.add(self.graph, self.below)

    def _branch(self, begin: float, end: float) -> Curve:
        z = np.linspace(begin, end, POINTS)
        inside = z + 1e-9 * np.sign((begin + end) / 2 - z)  # a jump belongs to neither side
        return Curve(z, self.derivative(inside), self.z, self.rise, self.colour)

    def draw_derivative(self, up_to: float) -> None:
        """Show the derivative's graph from the left as far as z = ``up_to``."""
        branch: Any  # a Curve
        for branch in self.branches:
            z = branch.x[branch.x <= up_to]
            if len(z) > 1:
                branch.set_points_as_corners(across(self.z, self.rise, z, branch.y[: len(z)]))
            else:
                branch.clear_points()

    def level(self, derivative: float) -> Line:
        """A faint line across the lower picture at a value of the derivative."""
        y = self.rise.at(derivative)[1]
        ends = self.z.line.get_start()[0], self.z.line.get_end()[0]
        return Line((ends[0], y, 0), (ends[1], y, 0), stroke_width=2, color=self.theme.faint)

    @property
    def corner(self) -> np.ndarray:
        """Where words stand: upper left, inside the upper picture."""
        corner: np.ndarray = self.y.line.get_end() + np.array([0.3, -0.2, 0])
        return corner

    def on_curve(self, z: ArrayLike) -> np.ndarray:
        """Points (..., 3) of the curve."""
        return across(self.x, self.y, z, self.f(np.asarray(z, float)))


class Tangent(VGroup):
    """The tangent at z = ``at``, the point of the derivative below it, and its value as a number.

    The derivative's graph is drawn as far as the tangent has come, and is part of this. The
    ``line`` is ``length`` long, less at the ends of the axis.
    """

    def __init__(
        self, plot: DerivativePlot, at: float, word: str, length: float = 1.7, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.plot, self.length, self.furthest = plot, length, at
        colour = plot.theme.positive  # derivatives are signed; these are never negative
        self.ways = VGroup(*[Line(UP, UP * 2).set_stroke(plot.theme.muted, 1.5) for _ in "12"])
        self.line = Line(LEFT, RIGHT).set_stroke(colour, 5)
        self.dot, self.below = Dot(radius=0.08, color=colour), Dot(radius=0.08, color=colour)
        self.word = label(word, plot.theme.muted, BODY)
        self.number = Number(0, colour, BODY, places=2, anchor=LEFT, bold=True)
        self.word.move_to(plot.rise.line.get_end() + UP * 0.4 + RIGHT * 0.3, aligned_edge=LEFT)
        stand(self.number.next_to(self.word, RIGHT, buff=0.25), baseline(self.word))
        self.add(plot.branches, self.ways, self.line, self.dot, self.below)
        self.add(self.word, self.number)
        self.set_at(at)

    def set_at(self, z: float) -> Self:
        """Touch the curve at another z."""
        self.at, plot = float(z), self.plot
        self.furthest = max(self.furthest, self.at)
        derivative = float(plot.derivative(self.at))
        point, below = plot.on_curve(self.at), across(plot.z, plot.rise, self.at, derivative)
        along = np.array([1.0, derivative, 0.0]) / np.hypot(1.0, derivative)
        ends = plot.x.line.get_start()[0], plot.x.line.get_end()[0]
        back, ahead = (min(self.length / 2, abs(point[0] - x) / along[0]) for x in ends)
        self.line.put_start_and_end_on(
            point - along * (back + 1e-3), point + along * (ahead + 1e-3)
        )
        low, high = plot.x.at(self.at), np.array([point[0], DERIVATIVE_TOP, 0])
        self.ways[0].put_start_and_end_on(point, low - UP * 1e-3)
        self.ways[1].put_start_and_end_on(high, below - UP * 1e-3)
        self.dot.move_to(point)
        self.below.move_to(below)
        self.number.set_value(derivative)
        plot.draw_derivative(self.furthest)
        return self

    def go(self, z: float, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the tangent slides to another z."""
        begin, way = self.at, z - self.at
        return UpdateFromAlphaFunc(self, lambda _, t: self.set_at(begin + way * t), **kwargs)
