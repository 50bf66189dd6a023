"""A neuron far out on a curve, and the dial of one of its weights: what turning it changes."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Group, Line

from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.parts.plots.function_graph import FunctionGraph
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme

_DIAL, _DIAL_AT = 0.85, (3.6, 0.1)  # its radius; its place, on the neuron's side of the axis
_RADIUS = 0.24  # of the neuron


class FlatNeuron(Group):
    """The neuron whose sum is ``total``, on the curve of ``graph``, tied to a dial named ``name``.

    ``turned`` (-1..1) is how far the dial is turned, which moves the sum by ``swing`` times that.
    """

    def __init__(
        self, total: float, swing: float, graph: FunctionGraph, name: str, theme: Theme
    ) -> None:
        self.total, self.swing, self.graph = total, swing, graph
        self.neuron = Neurons(np.zeros(1), graph.on_curve([total]), theme, _RADIUS)
        self.middle = np.array([np.copysign(_DIAL_AT[0], total), _DIAL_AT[1], 0])
        self.dial = Dials(np.zeros(1), self.middle[None], _DIAL, 1.0, theme, 0.8, 9, ring=3)
        self.rim = UP if self.neuron.get_center()[1] > self.middle[1] else DOWN
        self.label = label(name, theme.muted, CAPTION).next_to(self.dial, -self.rim, buff=0.25)
        self.string = Line(LEFT, RIGHT, color=theme.muted, stroke_width=2)
        super().__init__(self.dial, self.string, self.neuron, self.label)
        self.turn(0.0)

    def turn(self, turned: float) -> FlatNeuron:
        """Turn the dial to ``turned`` -1..1; the neuron follows."""
        self.turned = turned
        self.dial.set_values(np.array([turned]))
        sums = np.array([self.total + turned * self.swing])
        place = self.graph.on_curve(sums)
        self.neuron.place(place, self.neuron.halves())
        self.neuron.set_activations(self.graph.f(sums))
        start, end = self.middle + (_DIAL + 0.02) * self.rim, place[0] - _RADIUS * self.rim
        self.string.put_start_and_end_on(start, end)
        return self
