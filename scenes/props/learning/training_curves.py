"""A training run in two curves side by side: the cost falls, the accuracy rises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from manim import FadeIn, Succession, UpdateFromAlphaFunc, VGroup, linear

from netglow.scenes.props.learning.history_plot import HistoryPlot
from netglow.scenes.stage.theme import Theme

LEFTS, FOOT, SIZE = (-5.75, 1.15), -1.95, (5.1, 3.9)  # of the two fields


class TrainingCurves(VGroup):
    """``cost`` (epochs,) and ``accuracy`` (epochs,), 0..1, as plots; nothing is drawn yet.

    ``words`` are the texts "cost_title", "right_title", "epochs", "cost_end" and "right_end".
    """

    def __init__(
        self,
        cost: np.ndarray,
        accuracy: np.ndarray,
        words: Mapping[str, str],
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.epochs = len(cost)
        self.cost, self.accuracy = (
            HistoryPlot(
                [(values, role, 5)], words[title], words["epochs"], (left, FOOT), SIZE, theme, top
            )
            for values, role, title, left, top in (
                (np.asarray(cost), "wrong", "cost_title", LEFTS[0], None),
                (100 * np.asarray(accuracy), "correct", "right_title", LEFTS[1], 100.0),
            )
        )
        self.ends = VGroup(
            self.cost.end_note(words["cost_end"]), self.accuracy.end_note(words["right_end"])
        )
        super().__init__(self.cost, self.accuracy, self.ends, **kwargs)

    @property
    def axes(self) -> VGroup:
        return VGroup(self.cost.axes, self.accuracy.axes)

    def draw(self, k: int, run_time: float = 4.0) -> Succession:
        """Animation: curve k, 0 or 1, epoch by epoch, slowly at first, and what it has reached."""
        plot = (self.cost, self.accuracy)[k]

        def go_on(_: Any, share: float) -> None:
            plot.set_epoch(1 + (self.epochs - 1) * share**2.5)

        drawn = VGroup(plot.lines, plot.dots)
        return Succession(
            FadeIn(plot.dots, run_time=0.3),
            UpdateFromAlphaFunc(drawn, go_on, rate_func=linear, run_time=run_time - 0.8),
            FadeIn(self.ends[k], run_time=0.5),
        )
