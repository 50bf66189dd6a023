"""Counting: value after value goes into its bar, and the counters run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, UP, Group, VGroup

from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.histogram import Histogram
from netglow.scenes.stage.text import BODY, CAPTION, Number, label
from netglow.scenes.stage.theme import Theme, rgb

_LONGEST = 3.2  # bar, in the end


def running_counts(values: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Counts (m + 1, bars) after the first 0, 1, … m rows of ``values`` (m, n).

    A bar holds what is at least its ``left`` (bars,), which ascend, and below the next one's.
    """
    bar = np.clip(np.searchsorted(left, values, side="right") - 1, 0, len(left) - 1)
    single = np.zeros((len(values) + 1, len(left)), int)
    np.add.at(single, (np.arange(len(values))[:, None] + 1, bar), 1)
    return single.cumsum(axis=0)


class Tally(Group):
    """How often ``values`` (m, n) fall into bars beside an upright axis, row after row.

    ``ends`` are the left and the right end of every bar (bars,), values of the axis; their feet
    stand ``away`` from it. The counters at ``corner`` show how many rows and how many values have
    been counted, ``words`` say what they are.
    """

    def __init__(
        self,
        values: np.ndarray,
        ends: tuple[np.ndarray, np.ndarray],
        axis: Axis,
        theme: Theme,
        words: Sequence[str],
        corner: np.ndarray,
        away: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.theme, self.row_length = theme, np.shape(values)[1]
        left, right = ends
        self.counts = running_counts(values, np.array(left, float))
        unit = _LONGEST / max(self.counts[-1].max(), 1)
        self.bars = Histogram(self.counts[0], left, right, axis, theme, unit, RIGHT, away)
        self.counters, self.names = VGroup(), VGroup()
        for k, word in enumerate(words):
            self._add_counter(word, np.asarray(corner, float) + np.array([1.3, -0.5 * k, 0]))
        self.add(self.bars, self.counters, self.names)
        self.set_rows(0)

    def _add_counter(self, word: str, middle: np.ndarray) -> None:
        """A number that ends at ``middle``, and what it counts on the same line of writing."""
        number = Number(0, self.theme.text, BODY, 0).move_to(middle, aligned_edge=RIGHT)
        name = label(word, self.theme.muted, BODY)
        name.move_to(middle + RIGHT * 0.2, aligned_edge=LEFT)
        letter, digit = name[0].get_bottom()[1], number.get_bottom()[1]
        self.counters.add(number)
        self.names.add(name.shift(UP * (digit - letter)))

    def set_rows(self, rows: int) -> Self:
        """Show the counts of the first ``rows`` rows."""
        self.bars.set_counts(self.counts[rows])
        for number, value in zip(self.counters, (rows, rows * self.row_length), strict=True):
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
