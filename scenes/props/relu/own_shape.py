"""Years along a curve: a story that has the shape of the function it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Dot, Line, UpdateFromAlphaFunc, VGroup, VMobject

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.relu.true_graph import GROUND, TrueGraph
from netglow.scenes.stage.text import BODY, HEADING, label
from netglow.scenes.stage.theme import Theme


class OwnShape(VGroup):
    """The curve of a ``graph``, whose left end is the first of two ``years``; zero is the other.

    It is drawn as far as ``now``, a year, where its ``dot`` is, on a faint ``ghost`` of it;
    ``end`` is the year where the curve ends. The height says nothing.
    """

    def __init__(self, graph: TrueGraph, years: tuple[int, int], theme: Theme) -> None:
        self.graph, self.years, self.theme = graph, years, theme
        left, right = float(graph.curve.x[0]), float(graph.curve.x[-1])
        first, then = years
        self.end = then + (then - first) * right / -left
        self.line = VMobject(stroke_color=graph.curve.get_color(), stroke_width=8)
        self.ghost = VMobject(stroke_color=theme.faint, stroke_width=3)
        self.ghost.set_points_as_corners(graph.on_curve(np.array([left, 0.0, right])))
        self.dot = Dot(radius=0.16, color=graph.curve.get_color())
        self.marks = VGroup()
        self.labelled: dict[int, VGroup] = {}
        super().__init__(self.ghost, self.line, self.dot, self.marks)
        self.set_now(float(first))

    def z_of(self, year: float) -> float:
        """Where a year is on the graph's level axis."""
        first, then = self.years
        return float(self.graph.curve.x[0]) * (then - year) / (then - first)

    def at(self, year: float) -> np.ndarray:
        """Place of a year on the curve."""
        return np.asarray(self.graph.on_curve([self.z_of(year)])[0])

    def mark(self, years: Sequence[int], texts: Sequence[str]) -> None:
        """Ticks with texts under the curve; the first two stand out, the others come with it."""
        for i, (year, text) in enumerate(zip(years, texts, strict=True)):
            x = self.at(year)[0]
            colour = self.theme.text if i < 2 else self.theme.muted
            tick = Line((x, GROUND - 0.15, 0), (x, GROUND - 0.32, 0), color=colour, stroke_width=3)
            size = HEADING if i < 2 else BODY
            word = stand(label(text, colour, size, bold=i < 2).move_to((x, 0, 0)), GROUND - 0.9)
            self.labelled[year] = VGroup(tick, word)
            self.marks.add(self.labelled[year])
        left = self.labelled[years[0]][1]
        left.shift((self.at(years[0])[0] - 0.1 - left.get_left()[0]) * np.array([1, 0, 0]))
        self.set_now(self.now)

    def set_now(self, year: float) -> Self:
        """Draw the story up to a year."""
        self.now = float(year)
        z = self.z_of(self.now)
        corners = [self.graph.curve.x[0], *([0.0] if z > 0 else []), z]
        self.line.set_points_as_corners(self.graph.on_curve(np.array(corners)))
        self.dot.move_to(self.at(self.now))
        for marked, mark in self.labelled.items():  # each comes within two years
            shown = float(np.clip((self.now - marked) / 2 + 1, 0, 1))
            mark.set_opacity(shown if marked > self.years[0] else 1.0)
        return self

    def go(self, year: float, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the story goes on to a year."""
        start: list[float] = []

        def step(_: Any, t: float) -> None:
            if not start:
                start.append(self.now)
            self.set_now(start[0] + (year - start[0]) * t)

        return UpdateFromAlphaFunc(self, step, **kwargs)
