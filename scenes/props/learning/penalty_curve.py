"""What it costs an output to be off, as a curve, and the outputs as dots on it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import DOWN, LEFT, UP, Dot, Group, VGroup

from netglow.netcore.study.output_costs import from_difference
from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, label
from netglow.scenes.stage.theme import Theme

_HIGHEST = 4.0  # of the cost axis; the curve goes on beyond


class PenaltyCurve(Group):
    """The cost of being off by 0 to 1, by the function ``cost``; ``corner`` is where both are 0.

    ``dots`` are outputs, each ``differences`` (n,) off, on the curve once they were placed.
    ``words`` are what stands above, below the level axis and beside the upright one.
    """

    def __init__(
        self,
        cost: str,
        words: tuple[str, str, str],
        corner: np.ndarray,
        size: tuple[float, float],
        theme: Theme,
        count: int,
        wanted: int,
    ) -> None:
        x, y = corner[:2]
        self.cost, self.theme = cost, theme
        self.top = _HIGHEST if cost == "cross-entropy" else 1.0
        self.x = Axis(0, 1, [x, y, 0], [x + size[0], y, 0], theme, 0.25, every=4)
        up = [x, y + size[1], 0]
        self.y = Axis(0, self.top, [x, y, 0], up, theme, self.top / 4, every=4, side=LEFT)
        off = np.linspace(0, 1, 400)[:-1]
        off = off[from_difference(cost, off) <= self.top * 1.04]
        heights = from_difference(cost, off)
        self.curve = Curve(off, heights, self.x, self.y, theme.wrong, 6)
        above, below, beside = words
        head = label(above, theme.text, BODY, bold=True).move_to((x, 0, 0), LEFT)
        foot = label(below, theme.muted, CAPTION).next_to(self.x.line, DOWN, buff=0.45)
        side = label(beside, theme.muted, CAPTION).next_to(self.y.line, UP, buff=0.15)
        self.axes = VGroup(self.x, self.y, stand(head, y + size[1] + 0.62), foot, side)
        self.differences = np.zeros(count)
        self.dots = VGroup(
            *[
                Dot(radius=0.11, color=theme.correct if k == wanted else theme.attention)
                for k in range(count)
            ]
        )
        self.set_differences(np.zeros(count))
        super().__init__(self.axes, self.curve, self.dots)

    def set_differences(self, differences: np.ndarray) -> Self:
        """Place the dots (n,) where outputs that are so far off stand on the curve."""
        self.differences = np.array(differences, float)
        heights = np.minimum(from_difference(self.cost, self.differences), self.top * 1.04)
        for dot, place in zip(
            self.dots, across(self.x, self.y, self.differences, heights), strict=True
        ):
            dot.move_to(place)
        return self

    def slide(self, differences: np.ndarray, share: float) -> Self:
        """The dots on their way from nothing to ``differences``, along the curve."""
        return self.set_differences(share * np.asarray(differences, float))
