"""One forward pass in a drawing of the network: light along the edges, neurons, bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from manim import Animation, UpdateFromAlphaFunc, linear

from netglow.netcore.network import Network, Trace
from netglow.netcore.study import facts
from netglow.scenes.parts.network.edges import Dim, Flow, LayerEdges
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.neurons import LightUp, staggered
from netglow.scenes.parts.plots.bars import Bars


def raise_bars(bars: Bars, values: np.ndarray, run_time: float) -> UpdateFromAlphaFunc:
    """Animation: the bars go to ``values`` (n,) 0..1, one after the other."""
    before, delays = bars.values, np.linspace(0, 0.4, len(values))
    return UpdateFromAlphaFunc(
        bars,
        lambda bars, alpha: bars.set_values(before + (values - before) * staggered(alpha, delays)),
        rate_func=linear,
        run_time=run_time,
    )


class NetworkPass:
    """The animations that lead a ``trace`` through a drawing of its ``network``.

    ``layers[l]`` shows ``trace.a[l]`` (the first may be the image) and ``edges[l]`` leads from it
    to the next; ``bars`` are the outputs. :meth:`through` takes them from a diagram.
    """

    def __init__(
        self,
        network: Network,
        trace: Trace,
        edges: Sequence[LayerEdges],
        layers: Sequence[Any],
        bars: Bars,
    ) -> None:
        self.network, self.trace = network, trace
        self.edges, self.layers, self.bars = edges, layers, bars
        self.last = len(layers) - 1

    @classmethod
    def through(cls, diagram: NetworkDiagram, trace: Trace) -> NetworkPass:
        """A pass through a diagram of the whole network."""
        return cls(diagram.network, trace, diagram.edges, diagram.layers, diagram.bars)

    def flow(self, layer: int, run_time: float) -> Flow:
        """Light leaves a layer along its edges; the ink is read from top to bottom."""
        delays = np.linspace(0, 0.4, self.trace.a[layer].size)
        sent = facts.contributions(self.network, self.trace, layer)
        return Flow(self.edges[layer], sent, delays, run_time=run_time)

    def light(self, layer: int, run_time: float) -> list[Animation]:
        """The neurons of a layer light up; with the outputs rise the bars."""
        lit: list[Animation] = [LightUp(self.layers[layer], self.trace.a[layer], run_time=run_time)]
        if layer == self.last:
            lit.append(raise_bars(self.bars, self.trace.output, run_time))
        return lit

    def single_out(self, layer: int, neuron: int) -> Dim:
        """Of the light into a layer, only what reaches one of its neurons is left."""
        edges = self.edges[layer - 1]
        mine = np.full(edges.weights.shape, 0.04)
        mine[neuron] = 1.0
        return Dim(edges, mine.ravel())

    def quick(self, run_time: float) -> Iterator[list[Animation]]:
        """The whole pass, what to play at a time: each layer is lit while the next one flows."""
        yield [self.flow(0, 1.2 * run_time)]
        for layer in range(1, self.last):
            yield [
                *self.light(layer, run_time),
                self.flow(layer, run_time),
                Dim(self.edges[layer - 1], 0.6, run_time=run_time),
            ]
        yield self.light(self.last, 0.8 * run_time)

    def rest(self, run_time: float) -> list[Animation]:
        """Every light goes out."""
        return [
            *[Dim(edges, 0.0, run_time=run_time) for edges in self.edges],
            *[
                LightUp(layer, np.zeros(len(layer)), 0.0, run_time=run_time)
                for layer in self.layers[1:]
            ],
            raise_bars(self.bars, np.zeros(len(self.bars.values)), run_time),
        ]
