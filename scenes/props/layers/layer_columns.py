"""A network as columns: the image row under row, then every layer upright, still without edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Group

from netglow.scenes.parts.network.input_column import lay_in_column
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.theme import Theme

WIDEST = 0.56  # between neighbours in a column
RADIUS = 0.19
LEFT, RIGHT, Y, HEIGHT = -3.5, 4.55, -0.3, 5.9


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
    radius = min(RADIUS, 0.4 * spacing) * np.clip(count - np.arange(most), 0, 1)
    centres = np.stack([np.full(most, x), ys, np.zeros(most)], axis=1)
    return centres, np.repeat(radius[:, None], 2, axis=1)


class LayerColumns(Group):
    """The layers of a network of ``sizes`` for an ``image`` (rows, columns), which is the first.

    ``columns[l]`` are the neurons of layer l, all dark but the image's; ``xs`` where they are.
    """

    def __init__(
        self, sizes: Sequence[int], image: np.ndarray, theme: Theme, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.theme = theme
        self.xs = np.linspace(LEFT, RIGHT, len(sizes))
        self.columns = [self.first(image)]
        for size, x in zip(sizes[1:], self.xs[1:], strict=True):
            self.columns.append(self.dark(size, float(x), size))
        self.add(*self.columns)

    def first(self, image: np.ndarray) -> Neurons:
        """An image as the first column."""
        neurons = Neurons(image.ravel(), np.zeros((image.size, 3)), self.theme)
        rows, columns = image.shape
        return lay_in_column(neurons, (rows, columns), np.array([LEFT, Y, 0]), HEIGHT)

    def dark(self, count: float, x: float, most: int) -> Neurons:
        """A column of ``count`` dark neurons, with room for ``most``."""
        centres, halves = column_boxes(count, x, Y, HEIGHT - 0.35, most)
        return Neurons(np.zeros(most), centres, self.theme).place(centres, halves)


def dealt(target: Neurons, sources: Neurons, own: np.ndarray) -> Neurons:
    """The neurons of ``target`` while they still lie on the ``sources`` numbered ``own`` (n,)."""
    cards = target.copy().place(sources.centres()[own], sources.halves()[own])
    return cards.set_arrays(
        fill=sources.fill[own], halo=sources.halo[own], stroke_alpha=sources.stroke_alpha[own]
    )


class Recount(Animation):
    """A column made by :meth:`LayerColumns.dark` gets other numbers of neurons, one at a time."""

    mobject: Any  # Neurons

    def __init__(self, neurons: Neurons, before: float, after: float, **kwargs: Any) -> None:
        super().__init__(neurons, **kwargs)
        self.before, self.after = before, after
        self.x = float(neurons.centres()[0, 0])

    def count(self, alpha: float) -> float:
        return self.before + (self.after - self.before) * self.rate_func(alpha)

    def interpolate_mobject(self, alpha: float) -> None:
        boxes = column_boxes(self.count(alpha), self.x, Y, HEIGHT - 0.35, len(self.mobject))
        self.mobject.place(*boxes)
