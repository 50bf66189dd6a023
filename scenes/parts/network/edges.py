"""All edges between two layers, drawn by weight and lit by contribution."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, linear

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Edges
from netglow.scenes.parts.network.neurons import staggered
from netglow.scenes.stage.theme import HEAD_ENDS, Theme, flow_glow, flow_head, flow_spark, rest_glow

_SPARK = 2.0  # light at the head of a flow


class LayerEdges(Edges):
    """Every weight of a layer as a line of light.

    ``weights`` (out, in) is kept; edge ``j * in + i`` runs from source i to target j.
    ``contributions`` (out, in), w·a, is what the flow shows; None before there is one.
    """

    DATA = ("weights", "contributions")

    def __init__(
        self,
        weights: np.ndarray,
        sources: np.ndarray,
        targets: np.ndarray,
        theme: Theme,
        width: float = 1.0,
        **kwargs: Any,
    ) -> None:
        self.theme = theme
        start = np.tile(sources, (len(targets), 1))
        end = np.repeat(targets, len(sources), axis=0)
        super().__init__(start, end, 1.0, 0.0, 0.0, width, **kwargs)
        self.contributions: np.ndarray | None = None
        self.set_weights(weights)

    def share_at(self, x: float) -> np.ndarray:
        """Share (out * in,) of each edge that lies before it passes ``x``."""
        ends = self.points.reshape(-1, 2, 3)[..., 0]
        return (x - ends[:, 0]) / (ends[:, 1] - ends[:, 0])

    def set_weights(self, weights: np.ndarray) -> Self:
        """Show other weights (out, in) on the same edges."""
        self.weights = frozen(weights)
        flat = self.weights.ravel()
        return self.set_arrays(rgb=self.theme.signed_light(flat), light=rest_glow(flat))

    def set_contributions(self, contributions: np.ndarray, shown: float = 1.0) -> Self:
        """Light the edges by w·a (out, in); ``shown`` dims the whole flow."""
        self.contributions = frozen(contributions)
        return self.set_arrays(glow=flow_glow(self.contributions.ravel(), shown))


class Flow(Animation):
    """Light runs along the edges, by contribution, and stays where it has passed.

    ``delays`` (in,) 0..1: the share of the run at which the light leaves each source.
    """

    mobject: Any  # LayerEdges

    def __init__(
        self,
        edges: LayerEdges,
        contributions: np.ndarray,
        delays: np.ndarray | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(edges, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        targets, sources = edges.weights.shape
        delays = np.zeros(sources) if delays is None else np.asarray(delays, float)
        self.delays, self.targets, self.contributions = delays, targets, contributions

    def begin(self) -> None:
        self.mobject.set_contributions(self.contributions)
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        alpha = self.rate_func(alpha)
        share = staggered(alpha, self.delays)
        head, spark = flow_head(share), flow_spark(HEAD_ENDS * share, _SPARK)
        self.mobject.set_arrays(
            head=np.tile(head, self.targets), spark=np.tile(spark, self.targets)
        )


class Dim(Animation):
    """The lit flow of a layer fades to ``share`` of its light (0: only what is seen at rest).

    ``share`` is one number or one an edge (out * in,).
    """

    mobject: Any  # LayerEdges

    def __init__(self, edges: LayerEdges, share: float | np.ndarray, **kwargs: Any) -> None:
        super().__init__(edges, **kwargs)
        self.share = share

    def begin(self) -> None:
        self.before = self.mobject.glow
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        left = 1 + (self.share - 1) * self.rate_func(alpha)
        self.mobject.set_arrays(glow=self.before * left)
