"""Cells breathe: a ripple of size runs through them."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, linear

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.network.neurons import staggered


class Ripple(Animation):
    """Every cell swells by ``by`` (share of its size) and shrinks back, at ``delays`` 0..1."""

    mobject: Any  # Cells

    def __init__(self, cells: Cells, delays: np.ndarray, by: float = 0.13, **kwargs: Any) -> None:
        super().__init__(cells, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.delays, self.by, self.half = np.asarray(delays, float), by, cells.halves()

    def interpolate_mobject(self, alpha: float) -> None:
        swell = np.sin(np.pi * staggered(self.rate_func(alpha), self.delays, eased=False)) ** 2
        self.mobject.place(half=self.half * (1 + self.by * swell[:, None]))
