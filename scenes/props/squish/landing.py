"""Neurons that rise from a number line to a function's graph and land beside its axis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RIGHT, AnimationGroup, VMobject

from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.plots import free_spot, stacked
from netglow.scenes.props.squish.function_graph import FunctionGraph
from netglow.scenes.props.squish.journeys import Trail, Travel
from netglow.scenes.props.squish.rays import Rays
from netglow.scenes.stage.theme import Theme

_ROOM = 3.95  # width of the pile
_EDGE = 6.5  # where notes end at the latest


class Landing:
    """``dots`` (n) with sums ``z`` become activations ``a`` (n,): their ``pile`` and ``rays``."""

    def __init__(
        self, dots: Neurons, z: np.ndarray, a: np.ndarray, graph: FunctionGraph, theme: Theme
    ) -> None:
        self.dots, self.z, self.a, self.graph = dots, np.asarray(z), np.asarray(a), graph
        self.rays = Rays(z, a, graph.x, graph.y, theme)
        self.pile, halves = stacked(graph.outside(a), 0.15, RIGHT, _ROOM)
        self.radius = float(halves[0, 0])

    def send(self, who: Sequence[int], run_time: float) -> AnimationGroup:
        """The neurons ``who``, one after the other, go up to the curve and across."""
        ways = np.stack([self.graph.on_curve(self.z), self.pile])
        stagger = 0.6 if len(who) > 1 else 0.0
        return AnimationGroup(
            Travel(self.dots, ways, self.a, np.array(who), self.radius, stagger, run_time=run_time),
            Trail(self.rays, np.array(who), stagger, run_time=run_time),
        )

    def place_note(self, note: VMobject, i: int, side: int, others: Sequence[VMobject]) -> VMobject:
        """The note on neuron i: above the pile (``side`` 1), below it (-1) or beside i (0)."""
        start = self.graph.outside(self.a[i])
        heights = self.pile[:, 1]
        start[1] = {1: heights.max() + 0.4, 0: start[1], -1: heights.min() - 0.4}[side]
        taken = [*self.pile, *(other.get_right() for other in others)]
        return note.move_to(free_spot(taken, start, note.width, _EDGE), aligned_edge=-RIGHT)

    def pile_on(self, graph: FunctionGraph) -> tuple[np.ndarray, np.ndarray]:
        """Centres and halves of the pile beside another graph."""
        return stacked(graph.outside(self.a), self.radius, RIGHT, _ROOM)
