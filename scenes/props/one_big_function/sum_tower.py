"""Values stacked to a tower beside a scale with a mark at 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Group, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.stage.text import CAPTION, HEADING, Number, label
from netglow.scenes.stage.theme import Theme, rgb

_WIDTH, _GAP = 0.42, 0.015


class SumTower(Group):
    """The bars' ``values`` (n,) 0..1 on one another from ``foot`` up, at most ``height`` high.

    ``pieces`` lie on the bars until :meth:`stack` is played; ``total`` is written above the tower
    with two decimals, after the ``word`` for it.
    """

    def __init__(
        self, bars: Bars, foot: ArrayLike, height: float, word: str, theme: Theme, **kwargs: Any
    ) -> None:
        self.values, base = bars.values, np.asarray(foot, float)
        n, total = len(self.values), float(self.values.sum())
        top = 1.0 + 0.5 * np.ceil(max(total - 1, 0.01) / 0.5)
        self.axis = Axis(0, top, base, base + UP * height, theme, 0.5, 2, LEFT)
        self.unit = height / top
        at_one = self.axis.at(1.0) + RIGHT * 0.37
        self.one = Cells(
            [at_one, at_one],
            [[0.37, 0.04], [0.37, 0.014]],
            fill=[rgb(theme.background), rgb(theme.text)],
        )
        self.pieces = Cells(bars.centres()[n:], bars.halves()[n:], 0.3, bars.fill[n:])
        ends = np.cumsum(self.values) * self.unit
        middle = ends - self.values * self.unit / 2
        self.stacked = Cells(
            base + RIGHT * 0.38 + middle[:, None] * UP,
            np.column_stack(
                [np.full(n, _WIDTH / 2), np.maximum(self.values * self.unit / 2 - _GAP, 0.004)]
            ),
            0.1,
            bars.fill[n:],
        )
        self.total = Number(total, theme.text, HEADING, 2, bold=True)
        self.total.move_to(base + RIGHT * 0.8 + UP * (height + 0.15), aligned_edge=DOWN + RIGHT)
        self.word = label(word, theme.muted, CAPTION)
        self.word.next_to(self.total, UP, buff=0.12, aligned_edge=RIGHT)
        super().__init__(self.axis, self.pieces, self.one, **kwargs)

    def names_of(self, which: Sequence[int], names: Sequence[str], theme: Theme) -> VGroup:
        """The names of the pieces numbered ``which``, on them where they have room.

        A piece that the mark at 1 crosses has its name in the larger part.
        """
        made, mark = VGroup(), self.axis.at(1.0)[1]
        for i in which:
            x, y = self.stacked.centres()[i, :2]
            low, high = y - self.stacked.halves()[i, 1], y + self.stacked.halves()[i, 1]
            if low < mark < high:
                low, high = max(((low, mark), (mark, high)), key=lambda ends: ends[1] - ends[0])
            if high - low > 1.8 * CAPTION:
                name = label(names[i], theme.background, CAPTION, bold=True)
                made.add(name.move_to((x, (low + high) / 2, 0)))
        return made

    def stack(self, **kwargs: Any) -> Wave:
        """Animation: bar after bar goes on top of the tower."""
        return Wave(self.pieces, self.stacked, np.linspace(0, 0.7, len(self.values)), **kwargs)
