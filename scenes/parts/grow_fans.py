"""A layer's threads grow, neuron by neuron."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, linear, smooth

from scenes.parts.edges import LayerEdges
from scenes.parts.neurons import staggered


class GrowFans(Animation):
    """All threads into one neuron grow at once, one neuron after the other."""

    def __init__(self, edges: LayerEdges, stagger: float = 0.75, **kwargs: Any) -> None:
        super().__init__(edges, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.targets, self.sources = edges.weights.shape
        self.delays = np.linspace(0, stagger, self.targets) if self.targets > 1 else np.zeros(1)

    def begin(self) -> None:
        self.light, self.border = self.mobject.light, self.mobject.begin
        super().begin()

    def grown(self, alpha: float) -> np.ndarray:
        """(targets,) 0..1 how far the threads into each neuron have come."""
        return staggered(self.rate_func(alpha), self.delays, smooth)

    def count(self, alpha: float) -> int:
        """How many threads there are."""
        return round(float(self.grown(alpha).sum()) * self.sources)

    def interpolate_mobject(self, alpha: float) -> None:
        if alpha >= 1:
            self.mobject.set_arrays(light=self.light, glow=0.0, head=0.0, tail=0.0, spark=0.0)
            return
        grown = np.repeat(self.grown(alpha), self.sources)
        head = self.border + (1.15 - self.border) * grown
        spark = np.clip(8 * (1.13 - head), 0, 1.5)
        self.mobject.set_arrays(light=0.0, glow=self.light * (grown > 0), head=head,
                                tail=self.border, spark=spark)  # fmt: skip
