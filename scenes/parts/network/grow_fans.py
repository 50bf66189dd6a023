"""A layer's edges grow, neuron by neuron."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, linear

from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.neurons import staggered
from netglow.scenes.stage.theme import HEAD_ENDS, flow_spark


class GrowFans(Animation):
    """All edges into one neuron grow at once, one neuron after the other.

    Parameters
    ----------
    stagger
        0..1, the share of the run at which the last neuron's edges set off.
    rows
        The neurons whose edges grow, in this order; None: all.
    light
        (out * in,) how bright the edges are when they have grown; None: as they are.
    """

    mobject: Any  # LayerEdges

    def __init__(
        self,
        edges: LayerEdges,
        stagger: float = 0.75,
        rows: Sequence[int] | None = None,
        light: np.ndarray | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(edges, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        targets, self.sources = edges.weights.shape
        self.rows = list(range(targets) if rows is None else rows)
        self.mine = np.repeat(np.isin(np.arange(targets), self.rows), self.sources)
        self.delays = np.linspace(0, stagger, len(self.rows)) if len(self.rows) > 1 else np.zeros(1)
        self.light = light

    def begin(self) -> None:
        edges = self.mobject
        self.others, self.border = np.where(self.mine, 0.0, edges.light), edges.begin
        self.after = np.where(self.mine, edges.light if self.light is None else self.light, 0.0)
        super().begin()

    def grown(self, alpha: float) -> np.ndarray:
        """(rows,) 0..1 how far the edges into each of the neurons have come."""
        return staggered(self.rate_func(alpha), self.delays)

    def count(self, alpha: float) -> int:
        """How many edges there are."""
        return round(float(self.grown(alpha).sum() * self.sources))

    def interpolate_mobject(self, alpha: float) -> None:
        if alpha >= 1:
            self.mobject.set_arrays(
                light=self.others + self.after, glow=0.0, head=0.0, tail=0.0, spark=0.0
            )
            return
        share = np.zeros(self.mobject.weights.shape)
        share[self.rows] = self.grown(alpha)[:, None]
        share = share.ravel()
        head = self.border + (HEAD_ENDS - self.border) * share
        spark = flow_spark(head, brightest=1.5, fade=3 / 16)
        self.mobject.set_arrays(
            light=self.others,
            glow=self.after * (share > 0),
            head=head,
            tail=self.border,
            spark=spark,
        )
