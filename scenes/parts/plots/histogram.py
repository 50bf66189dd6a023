"""Counts as bars that stand on an axis."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import UP
from numpy.typing import ArrayLike

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.stage.theme import Theme, rgb


class Histogram(Cells):
    """Bars of ``counts`` (n,) from ``left`` (n,) to ``right`` (n,), values of a straight axis.

    They grow towards ``side``; their feet stand ``away`` from the axis. ``unit`` is the length
    of one count.
    """

    DATA = ("counts",)

    def __init__(
        self,
        counts: ArrayLike,
        left: ArrayLike,
        right: ArrayLike,
        axis: Axis,
        theme: Theme,
        unit: float,
        side: np.ndarray = UP,
        away: float = 0.0,
        gap: float = 0.12,
        **kwargs: Any,
    ) -> None:
        ends = axis.at(np.stack([np.asarray(left, float), np.asarray(right, float)]))
        self.side, self.unit = np.asarray(side, float), unit
        self.feet = ends.mean(axis=0) + away * self.side
        self.across = np.abs(ends[1] - ends[0])[:, :2] / 2 * (1 - gap)  # half a bar, (n, 2)
        super().__init__(self.feet, self.across, fill=rgb(theme.text), **kwargs)
        self.set_counts(counts)

    def set_counts(self, counts: ArrayLike) -> Self:
        """Show other counts (n,) at the same length a count."""
        self.counts = np.array(counts, float)
        way = self.counts[:, None] * self.unit / 2 * self.side
        return self.place(self.feet + way, self.across + np.abs(way)[:, :2])

    def ends(self) -> np.ndarray:
        """(n, 3) where the bars end."""
        ends: np.ndarray = self.feet + self.counts[:, None] * self.unit * self.side
        return ends
