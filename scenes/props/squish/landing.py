"""Neurons that rise from a number line to a function's graph and land beside its axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from manim import RIGHT, AnimationGroup, VMobject
from numpy.typing import ArrayLike

from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.dots import stacked
from netglow.scenes.props.squish.function_graph import FunctionGraph
from netglow.scenes.props.squish.journeys import Trail, Travel
from netglow.scenes.props.squish.rays import Rays
from netglow.scenes.stage.theme import Theme

_ROOM = 3.95  # width of the pile
_EDGE = 6.5  # where notes end at the latest


class Landing:
    """``dots`` (n) with pre-activations ``z`` become activations ``a`` (n,) beside a ``graph``.

    ``rays`` are their ways, ``pile`` (n, 3) is where they land.
    """

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

    def place_note(self, note: VMobject, i: int, side: int, others: Iterable[VMobject]) -> VMobject:
        """The note on neuron i: above the pile (``side`` 1), below it (-1) or beside i (0)."""
        start = self.graph.outside(self.a[i])
        heights = self.pile[:, 1]
        start[1] = {1: heights.max() + 0.4, 0: start[1], -1: heights.min() - 0.4}[side]
        taken = [*self.pile, *(other.get_right() for other in others)]
        return note.move_to(free_spot(taken, start, note.width, _EDGE), aligned_edge=-RIGHT)

    def pile_on(self, graph: FunctionGraph) -> tuple[np.ndarray, np.ndarray]:
        """Centres and halves of the pile beside another graph."""
        return stacked(graph.outside(self.a), self.radius, RIGHT, _ROOM)


def free_spot(
    taken: ArrayLike, start: ArrayLike, width: float, right: float, clear: float = 0.35
) -> np.ndarray:
    """Left end (3,) of a text right of ``taken`` (n, 3) at the height nearest to ``start``'s.

    The text is ``width`` wide, ends before ``right``, and begins at ``start`` or, where points
    are nearer than ``clear`` to its height, right of them.
    """
    taken, start = np.reshape(np.asarray(taken, float), (-1, 3)), np.array(start, float)
    for k in range(200):
        y = start[1] + 0.05 * ((k + 1) // 2) * (1 if k % 2 else -1)
        near = taken[np.abs(taken[:, 1] - y) < clear, 0]
        x = max(start[0], float(near.max(initial=-np.inf)) + 0.3)
        if x + width <= right:
            return np.array([x, y, 0.0])
    return start
