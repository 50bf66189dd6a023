"""Neurons on a curve, and the number line of their sums, which a bias slides below it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import RIGHT, Group, Line
from numpy.typing import ArrayLike

from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.function_graph import HALF_WIDE, FunctionGraph
from netglow.scenes.stage.theme import Theme

_RADIUS = 0.15  # of a neuron
_BEYOND = 1.2  # times the graph's reach: so far the line has numbers, seen or not
_FADES = 0.3  # what is so far beyond the graph is not seen
_WAITS = HALF_WIDE + 0.15  # x where neurons wait unseen


class SlidSums(Group):
    """``beads`` at ``sums`` (n,) plus ``bias`` on the curve of ``graph``, and their ``line``.

    The line has the same scale as the graph, with ticks every ``step``, and reaches ``extra`` sums
    farther to the right. Zero of the graph is where sum + bias is zero. Of the line only what is
    below the graph is seen: the ``piece``, ticks and numbers there.
    """

    def __init__(
        self, sums: ArrayLike, graph: FunctionGraph, step: float, extra: float, theme: Theme
    ) -> None:
        self.sums, self.graph, self.bias = np.array(sums, float), graph, 0.0
        reach = _BEYOND * graph.x.high
        low, high = -reach, reach + extra
        self.line = Axis(low, high, graph.x.at(low), graph.x.at(high), theme, step, role="text")
        self.line.line.set_stroke(opacity=0.0)
        self.piece = Line(graph.x.line.get_start(), graph.x.line.get_end(), buff=0)
        self.piece.set_stroke(theme.text, 2.5)
        places = graph.on_curve(self.sums)
        self.beads = Neurons(graph.f(self.sums), places, theme, _RADIUS)
        self.passed = np.ones(len(self.sums))
        super().__init__(self.line, self.piece, self.beads)
        self.set_bias(0.0)

    def set_bias(self, bias: float) -> Self:
        """Slide the line; the neurons go along the curve, and light up or darken."""
        unit = self.graph.x.at(1.0)[0] - self.graph.x.at(0.0)[0]
        self.line.shift(RIGHT * unit * (bias - self.bias))
        self.bias = float(bias)
        ends = np.array([-1, 1]) * _WAITS / unit
        places = self.graph.on_curve(np.clip(self.sums + self.bias, *ends))
        self.beads.place(places, self.beads.halves())
        self.beads.set_activations(self.graph.f(self.sums + self.bias))
        for number, tick in zip(self.line.numbers, self.line.ticks, strict=True):
            seen = float(_seen(tick.get_x()))
            number.set_fill(opacity=seen)
            tick.set_stroke(opacity=seen)
        return self.set_passed(self.passed)

    def set_passed(self, shares: ArrayLike) -> Self:
        """Show a share (n,) 0..1 of each neuron; those beyond the graph stay unseen."""
        self.passed = np.broadcast_to(np.asarray(shares, float), self.sums.shape)
        seen = self.passed * _seen(self.graph.x.at(self.sums + self.bias)[:, 0])
        halo = self.beads.theme.halo(self.beads.activations) * seen
        self.beads.set_arrays(fill_alpha=seen, stroke_alpha=seen, halo=halo)
        return self


def _seen(x: ArrayLike) -> np.ndarray:
    """How much is seen (n,) 0..1 of what stands at ``x`` (n,)."""
    return np.asarray(np.clip((HALF_WIDE + _FADES - np.abs(np.asarray(x, float))) / _FADES, 0, 1))
