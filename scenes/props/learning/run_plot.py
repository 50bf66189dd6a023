"""The mean cost from checkpoint to checkpoint of a run."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import DOWN, LEFT, Dot, Group, Line, UpdateFromAlphaFunc, VGroup, VMobject, linear

from netglow.scenes.parts.plots.axis import Axis, nice_step
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, Number, label
from netglow.scenes.stage.theme import Theme

_GAP = 0.3  # between two ticks


def with_room(numbers: Sequence[VMobject]) -> list[VMobject]:
    """The first of ``numbers``, the last, and from there back every n-th that collides with none.

    n is the smallest with which no two of them do.
    """
    for n in range(1, len(numbers)):
        kept = [numbers[0], *list(numbers[:0:-n])[::-1]]
        if len(kept) > 2 and not _is_free(kept[0], kept[1]):
            del kept[1]
        if all(_is_free(one, other) for one, other in pairwise(kept)):
            return kept
    return [*numbers[:1], *numbers[1:][-1:]]


def _is_free(left: VMobject, right: VMobject) -> bool:
    return bool(right.get_left()[0] - left.get_right()[0] >= _GAP)


class RunPlot(Group):
    """``costs`` (k,) after ``epochs`` (k,), the checkpoints at even distances.

    So the early ones, where most changes, can be told apart; ``names`` (k,) below say which epoch
    each is: of the first, the last, and as many in between as have room. ``words`` are what stands
    above and below; ``share`` is how far the curve is drawn.
    """

    def __init__(
        self,
        epochs: np.ndarray,
        costs: np.ndarray,
        names: Sequence[str],
        words: tuple[str, str],
        theme: Theme,
        corner: tuple[float, float],
        size: tuple[float, float],
    ) -> None:
        self.epochs, self.costs = np.array(epochs, float), np.array(costs, float)
        (x, y), (width, height) = corner, size
        top = float(self.costs.max()) * 1.05
        self.y = Axis(0, top, [x, y, 0], [x, y + height, 0], theme, nice_step(top, 4), side=LEFT)
        self.places = np.linspace(x + 0.3, x + width, len(self.epochs))
        base = Line(np.array([x, y, 0]), np.array([x + width, y, 0]), buff=0).set_stroke(
            theme.muted, 2.5
        )
        numbers = [
            label(name, theme.muted, CAPTION).next_to(np.array([at, y, 0]), DOWN, buff=0.15)
            for at, name in zip(self.places, names, strict=True)
        ]
        self.ticks = VGroup(*with_room(numbers))
        above = label(words[0], theme.text, BODY, bold=True).move_to((x, 0, 0), LEFT)
        below = label(words[1], theme.muted, CAPTION)
        below.next_to(self.ticks, DOWN, buff=0.15).align_to(self.ticks, LEFT)
        self.axes = VGroup(self.y, base, self.ticks, stand(above, y + height + 0.35), below)
        self.line = VMobject(stroke_color=theme.wrong, stroke_width=6)
        self.dot = Dot(radius=0.1, color=theme.wrong)
        self.number = Number(self.costs[0], theme.text, BODY, 2, bold=True)
        super().__init__(self.axes, self.line, self.dot, self.number)
        self.set_share(0.0)

    def at(self, share: float) -> tuple[float, float]:
        """Place along the axis, and the cost on the straight line between two checkpoints."""
        along = np.clip(share, 0, 1) * (len(self.costs) - 1)
        steps = np.arange(len(self.costs))
        return (
            float(np.interp(along, steps, self.places)),
            float(np.interp(along, steps, self.costs)),
        )

    def set_share(self, share: float) -> None:
        """Draw the curve up to a share 0..1 of its way."""
        self.share = float(share)
        whole = np.arange(int(self.share * (len(self.costs) - 1) + 1e-9) + 1)
        x, cost = self.at(self.share)
        points = np.zeros((len(whole) + 1, 3))
        points[:-1, 0], points[:-1, 1] = self.places[whole], self.y.at(self.costs[whole])[:, 1]
        points[-1, :2] = x, self.y.at([cost])[0, 1]
        self.line.set_points_as_corners(points)
        self.dot.move_to(points[-1])
        self.number.set_value(cost)
        right = self.places[-1] - self.number.width / 2  # it stays over the field
        self.number.move_to((min(x + 0.25, right), points[-1, 1] + 0.32, 0))

    def draw(self, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the curve from its first checkpoint to its last."""
        return UpdateFromAlphaFunc(
            self, lambda _, share: self.set_share(share), rate_func=linear, **kwargs
        )
