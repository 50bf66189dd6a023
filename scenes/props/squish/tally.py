"""Counting: value after value goes into its bar, and the counters run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, UP, Group, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.histogram import Histogram
from netglow.scenes.stage.text import BODY, CAPTION, Number, label
from netglow.scenes.stage.theme import Theme, rgb


def running_counts(values: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Counts (m + 1, bars) after the first 0, 1, … m rows of ``values`` (m, n).

    A bar holds what is at least its ``left`` (bars,), which ascend, and below the next one's.
    """
    bar = np.clip(np.searchsorted(left, values, side="right") - 1, 0, len(left) - 1)
    single = np.zeros((len(values) + 1, len(left)), int)
    np.add.at(single, (np.arange(len(values))[:, None] + 1, bar), 1)
    return single.cumsum(axis=0)


class Tally(Group):
    """How often ``values`` (m, n) fall into bars ``left`` to ``right`` (bars,) beside an axis.

    ``seen`` rows have been counted; the counters at ``corner`` say how many rows and how many
    values that is, ``words`` what they are.
    """

    def __init__(
        self,
        values: np.ndarray,
        left: ArrayLike,
        right: ArrayLike,
        axis: Axis,
        theme: Theme,
        words: Sequence[str],
        corner: np.ndarray,
        longest: float = 3.2,
        away: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.theme, self.each = theme, np.shape(values)[1]
        self.left, self.right = np.array(left, float), np.array(right, float)
        self.counts = running_counts(values, self.left)
        self.bars = Histogram(
            self.counts[0],
            left,
            right,
            axis,
            theme,
            longest / max(self.counts[-1].max(), 1),
            RIGHT,
            away,
        )
        self.counters, self.names = VGroup(), VGroup()
        for k, word in enumerate(words):
            middle = np.asarray(corner, float) + np.array([1.3, -0.5 * k, 0])
            self.counters.add(Number(0, theme.text, BODY, 0).move_to(middle, aligned_edge=RIGHT))
            name = label(word, theme.muted, BODY)
            name.move_to(middle + RIGHT * 0.2, aligned_edge=LEFT)
            letter, digit = name[0].get_bottom()[1], self.counters[-1].get_bottom()[1]
            self.names.add(name.shift(UP * (digit - letter)))  # on one line of writing
        self.add(self.bars, self.counters, self.names)
        self.set_seen(0)

    def set_seen(self, rows: int) -> Self:
        """Show the counts of the first ``rows`` rows."""
        self.seen = rows
        self.bars.set_counts(self.counts[rows])
        for number, value in zip(self.counters, (rows, rows * self.each), strict=True):
            number.set_value(value)
        return self

    def paint(self, which: np.ndarray, role: str = "attention") -> np.ndarray:
        """Colours (bars, 3) that single out the bars ``which`` (bars,)."""
        theme = self.theme
        return np.where(which[:, None], rgb(getattr(theme, role)), rgb(theme.faint))

    def lengths(self, which: Sequence[int]) -> VGroup:
        """The counts of the bars numbered ``which``, written at their ends."""
        counts, ends = self.bars.counts, self.bars.ends()
        return VGroup(
            *[
                label(f"{counts[i]:,.0f}", self.theme.text, CAPTION).next_to(
                    ends[i], RIGHT, buff=0.12
                )
                for i in which
            ]
        )
