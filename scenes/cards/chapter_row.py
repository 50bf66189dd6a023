"""The chapters of a film as a row of neurons on one line; those done are lit."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import AnimationGroup, Group, UpdateFromAlphaFunc, linear, smooth

from netglow.scenes.engine.batches import Edges
from netglow.scenes.engine.constants import SOLID
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.theme import HEAD_ENDS, Theme, flow_head, flow_spark

WIDTH, WIDEST = 11.0, 0.95  # of the row, and between neighbours
SEEN = 0.5  # brightness of a neuron whose chapter has been done
_REST, _LIT = 0.12, 0.45  # light of the thread ahead, and where light has passed
_SPARK = 3.0  # light at the head of the thread to the next chapter
_ARRIVED = 0.6  # share of the move after which the light is there


def lit(count: int, done: int) -> np.ndarray:
    """Activations (count,) of the chapters' neurons when so many have been done."""
    place = np.arange(count)
    return np.where(place < done - 1, SEEN, np.where(place == done - 1, 1.0, 0.0))


class ChapterRow(Group):
    """``count`` neurons around (0, y), the first ``done`` of them lit, the last of these brightest.

    ``neurons`` and ``edges``: one edge before each neuron, the first comes from outside.
    """

    def __init__(self, count: int, done: int, theme: Theme, y: float) -> None:
        super().__init__()
        self.done = done
        pitch = min(WIDEST, WIDTH / max(count - 1, 1))
        x = (np.arange(count) - (count - 1) / 2) * pitch
        centres = np.stack([x, np.full(count, y), np.zeros(count)], axis=1)
        radius = min(0.19, 0.3 * pitch)
        self.neurons = Neurons(lit(count, done), centres, theme, radius)
        rim = np.array([radius, 0, 0])
        step = np.array([pitch, 0, 0])
        self.edges = Edges(
            centres - step + rim, centres - rim, theme.light_of(theme.positive), _REST, _LIT, 3.0
        )
        self.edges.set_arrays(head=np.where(np.arange(count) < done, SOLID, 0.0))
        self.add(self.edges, self.neurons)

    def hand_on(self, **kwargs: Any) -> AnimationGroup:
        """Animation: the light goes on to the next neuron."""
        before, heads = self.neurons.activations, self.edges.head
        after = lit(len(heads), self.done + 1)
        run = np.arange(len(heads)) == self.done

        def go(edges: Any, alpha: float) -> None:
            way = smooth(min(alpha / _ARRIVED, 1.0))
            head, spark = flow_head(way), flow_spark(HEAD_ENDS * way, _SPARK)
            edges.set_arrays(head=np.where(run, head, heads), spark=np.where(run, spark, 0.0))

        def glow(neurons: Any, alpha: float) -> None:
            up = smooth(max(0.0, (alpha - 0.75 * _ARRIVED) / (1 - 0.75 * _ARRIVED)))
            down = smooth(min(1.0, alpha / _ARRIVED))
            share = np.where(after > before, up, down)
            neurons.set_activations(before + (after - before) * share)

        return AnimationGroup(
            UpdateFromAlphaFunc(self.edges, go, rate_func=linear),
            UpdateFromAlphaFunc(self.neurons, glow, rate_func=linear),
            **kwargs,
        )
