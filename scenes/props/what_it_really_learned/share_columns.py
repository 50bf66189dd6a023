"""Shares of a whole as columns over counted steps, each with its percentage."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn, Group, LaggedStart, Succession, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.histogram import Histogram
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme


class ShareColumns(Group):
    """``shares`` (n,) 0..1 at the steps 0, 1, …; the columns stand on an axis around ``foot``.

    They start flat; :meth:`rise` lets them grow and then shows the percentages.
    """

    def __init__(
        self,
        shares: ArrayLike,
        theme: Theme,
        foot: np.ndarray,
        width: float,
        height: float,
        name: str,
    ) -> None:
        self.shares, n = np.array(shares, float), len(np.array(shares))
        half = width / 2 * RIGHT
        self.axis = Axis(-0.6, n - 0.4, foot - half, foot + half, theme, 1, role="text")
        steps = np.arange(n)
        self.columns = Histogram(
            np.zeros(n), steps - 0.5, steps + 0.5, self.axis, theme, height / 100, gap=0.3
        )
        self.caption = label(name, theme.muted, CAPTION).next_to(self.axis, DOWN, buff=0.2)
        self.percents = VGroup(
            *[
                label(f"{100 * share:.1f}%", theme.text, CAPTION, bold=True).move_to(
                    self.axis.at(i) + UP * (height * share + 0.25)
                )
                for i, share in enumerate(self.shares)
            ]
        )
        super().__init__(self.axis, self.caption, self.columns)

    def rise(self, run_time: float = 2.4) -> Any:
        """Animation: the columns grow, then their percentages appear one after the other."""
        columns: Any = self.columns  # what `animate` returns can be called
        return Succession(
            columns.animate(run_time=0.6 * run_time).set_counts(100 * self.shares),
            LaggedStart(*map(FadeIn, self.percents), lag_ratio=0.2, run_time=0.4 * run_time),
        )
