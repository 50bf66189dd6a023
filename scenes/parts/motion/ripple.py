"""Cells breathe: a ripple of size runs through them."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, linear
from numpy.typing import ArrayLike

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.network.neurons import staggered


class Ripple(Animation):
    """Every cell swells by ``by`` (share of its size, also one a cell) and shrinks back.

    ``delays`` (n,) 0..1 say when.
    """

    mobject: Any  # Cells

    def __init__(
        self, cells: Cells, delays: np.ndarray, by: ArrayLike = 0.13, **kwargs: Any
    ) -> None:
        super().__init__(cells, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.delays, self.by, self.half = (
            np.asarray(delays, float),
            np.asarray(by, float),
            cells.halves(),
        )

    def interpolate_mobject(self, alpha: float) -> None:
        swell = np.sin(np.pi * staggered(self.rate_func(alpha), self.delays, eased=False)) ** 2
        self.mobject.place(half=self.half * (1 + self.by * swell[:, None]))
