"""What arrives at one neuron: a bar for all that is added, one for all that is taken away."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import UpdateFromAlphaFunc

from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme, rgb

_HIGH, _GAP = 0.2, 0.06


class Balance(Cells):
    """Two bars from ``left`` (3,) to the right, ``values`` (2,) >= 0 long: added, taken away.

    ``unit`` is the length of a bar that stands for 1. Bars are as long as nothing at first.
    """

    DATA = ("values",)

    def __init__(self, values: np.ndarray, left: np.ndarray, unit: float, theme: Theme) -> None:
        self.values, self.left, self.unit = np.asarray(values, float), np.asarray(left), unit
        colours = np.stack([rgb(theme.positive), rgb(theme.negative)])
        super().__init__(np.zeros((2, 3)), 0.1, corner=0.5, fill=colours)
        self.reach(0.0)

    def reach(self, share: float) -> Self:
        """Let both bars be ``share`` 0..1 of their lengths."""
        long = np.maximum(share * self.values * self.unit, 1e-4)
        up = (_HIGH + _GAP) / 2 * np.array([1, -1])
        middles = self.left + np.stack([long / 2, up, np.zeros(2)], axis=1)
        return self.place(middles, np.stack([long / 2, np.full(2, _HIGH / 2)], axis=1))

    def lengths(self) -> np.ndarray:
        """(2,) as they are now."""
        return 2 * self.halves()[:, 0]

    def grow(self, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the bars reach their lengths."""
        return UpdateFromAlphaFunc(self, lambda bars, alpha: bars.reach(alpha), **kwargs)
