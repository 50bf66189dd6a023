"""A network as columns: every layer upright, the first one under a lens, all edges between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Group

from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.lens_column import put
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.stage.theme import Theme

WIDEST = 0.5  # between neighbours in a column
LARGEST = 0.28  # height of an input in the lens: about as large as other neurons


def column_boxes(
    count: float, x: float, y: float, height: float, most: int
) -> tuple[np.ndarray, np.ndarray]:
    """Centres (most, 3) and halves (most, 2) of a column of ``count`` neurons around (x, y).

    ``count`` may lie between whole numbers: then the last neuron is only partly grown; those
    after it have no size.
    """
    spacing = min(height / max(count - 1, 1), WIDEST)
    ys = y + ((count - 1) / 2 - np.arange(most)) * spacing
    ys = np.maximum(ys, y - (count - 1) / 2 * spacing)  # the next one grows out of the last
    radius = min(0.17, 0.4 * spacing) * np.clip(count - np.arange(most), 0, 1)
    centres = np.stack([np.full(most, x), ys, np.zeros(most)], axis=1)
    return centres, np.repeat(radius[:, None], 2, axis=1)


class LayerColumns(Group):
    """The layers of a network between ``left`` and ``right``, the input layer's column first.

    ``weights`` are the (out, in) matrices, ``inputs`` (n,) the first layer's activations,
    ``focus`` the input neuron in the lens. ``columns[l]`` are the neurons of layer l, all dark
    but the inputs; ``edges[l]`` every weight between columns l and l + 1; ``xs`` where they are.
    """

    def __init__(
        self,
        weights: Sequence[np.ndarray],
        inputs: np.ndarray,
        focus: int,
        theme: Theme,
        left: float = -3.2,
        right: float = 4.2,
        y: float = 0.2,
        height: float = 4.5,
        first_gap: float = 1.3,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        steps = np.array([first_gap, *[1.0] * (len(weights) - 1)])
        self.xs = left + (right - left) * np.concatenate([[0], steps.cumsum()]) / steps.sum()
        self.middle, self.length = y, height  # `height` is Manim's own
        # where the neurons are before `put` is of no account
        first = Neurons(inputs, column(len(inputs), left, height / len(inputs), y), theme)
        put(first, focus, x=left, y=y, height=height, largest=LARGEST)
        self.columns = [first]
        for w, x in zip(weights, self.xs[1:], strict=True):
            self.columns.append(self.dark(len(w), float(x), len(w), theme))
        places = [neurons.centres() for neurons in self.columns]
        self.edges = [LayerEdges(w, places[i], places[i + 1], theme) for i, w in enumerate(weights)]
        self.add(*self.edges, *self.columns)

    def dark(self, count: float, x: float, most: int, theme: Theme) -> Neurons:
        """A column of ``count`` dark neurons, with room for ``most``."""
        centres, halves = column_boxes(count, x, self.middle, self.length - 0.25, most)
        return Neurons(np.zeros(most), centres, theme).place(centres, halves)


def dealt(target: Neurons, sources: Neurons, own: np.ndarray) -> Neurons:
    """The neurons of ``target`` while they still lie on the ``sources`` numbered ``own`` (n,)."""
    cards = target.copy().place(sources.centres()[own], sources.halves()[own])
    return cards.set_arrays(fill=sources.fill[own], halo=sources.halo[own])


class Recount(Animation):
    """A column made by :meth:`LayerColumns.dark` gets other numbers of neurons, one at a time."""

    mobject: Any  # Neurons

    def __init__(
        self, stack: LayerColumns, neurons: Neurons, before: float, after: float, **kwargs: Any
    ) -> None:
        super().__init__(neurons, **kwargs)
        self.stack, self.before, self.after = stack, before, after
        self.x = float(neurons.centres()[0, 0])

    def count(self, alpha: float) -> float:
        return self.before + (self.after - self.before) * self.rate_func(alpha)

    def interpolate_mobject(self, alpha: float) -> None:
        self.mobject.place(
            *column_boxes(
                self.count(alpha),
                self.x,
                self.stack.middle,
                self.stack.length - 0.25,
                len(self.mobject),
            )
        )
