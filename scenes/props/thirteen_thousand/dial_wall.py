"""All parameters of a network as one wall of dials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Group, UpdateFromAlphaFunc

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import grid
from netglow.scenes.parts.images.weight_wall import hang
from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.stage.theme import Theme

_FILL = 0.92  # a dial's diameter as a share of the pitch
_GLINT = 1.6  # half the width of the light that goes over the wall


class DialWall(Group):
    """Weights ``w`` and biases ``b``, one array a layer, in a box at the origin.

    A block of the wall is the image of one first-layer neuron, ``image_shape``; then every
    further layer is a block, a row a neuron, and the last block holds the biases, a column a
    layer. ``size`` is a block's. ``layers`` are the dials of ``w``, ``biases`` those of all ``b``;
    ``ends`` are the sizes at which the dials of each of them are fully turned.
    """

    def __init__(
        self,
        w: Sequence[np.ndarray],
        b: Sequence[np.ndarray],
        ends: Sequence[float],
        image_shape: tuple[int, int],
        theme: Theme,
        width: float,
        height: float,
        **kwargs: Any,
    ) -> None:
        self.theme, self._units = theme, [len(x) for x in b]
        blocks, self.size = hang(len(w[0]) + len(w), width, height, 1.07, 1.07)
        last = blocks[:, 1] == blocks[-1, 1]  # that row is brought to the middle
        blocks[last, 0] -= blocks[last, 0].mean()
        images, pitch = blocks[: len(w[0]), None], self.size / max(image_shape)
        places = (images + grid(*image_shape, size=self.size)[0]).reshape(-1, 3)
        self.layers = [self._dials(w[0], places, pitch, ends[0])]
        for matrix, block, end in zip(w[1:], blocks[len(w[0]) : -1], ends[1:-1], strict=True):
            rows, columns = matrix.shape
            apart = self.size / max(rows, columns)
            places = block + grid(rows, columns, size=self.size)[0]
            self.layers.append(self._dials(matrix, places, apart, end))
        apart = self.size / max(*self._units, 3 * len(self._units))
        places = blocks[-1] + np.concatenate(_columns(self._units, apart))
        self.biases = self._dials(np.concatenate(list(b)), places, apart, ends[-1])
        super().__init__(*self.layers, self.biases, **kwargs)

    def _dials(self, values: np.ndarray, places: np.ndarray, pitch: float, end: float) -> Dials:
        """Values (any shape) as dials at places (n, 3) that are ``pitch`` apart."""
        return Dials(values.ravel(), places, _FILL * pitch / 2, end, self.theme)

    @property
    def dials(self) -> list[Dials]:
        """All batches of dials, in the order in which their parameters are counted."""
        return [*self.layers, self.biases]

    @property
    def values(self) -> np.ndarray:
        """(parameters,) what the dials show: all weights layer by layer, then all biases."""
        return np.concatenate([dials.values for dials in self.dials])

    def set_width(self, width: float) -> Self:
        """Draw all needles with another stroke, in Manim's unit."""
        for dials in self.dials:
            dials.needles.set_arrays(stroke_width=width)
        return self

    def set_values(self, values: np.ndarray) -> Self:
        """Turn all dials, (parameters,)."""
        start = 0
        for dials in self.dials:
            dials.set_values(values[start : start + len(dials.values)])
            start += len(dials.values)
        return self

    def turn(self, after: np.ndarray, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: all dials turn at once, (parameters,)."""
        before = self.values
        return UpdateFromAlphaFunc(
            self, lambda _, alpha: self.set_values(before + (after - before) * alpha), **kwargs
        )

    def turn_one_by_one(
        self, after: np.ndarray, first: int = 0, last: int | None = None, **kwargs: Any
    ) -> UpdateFromAlphaFunc:
        """Animation: dial after dial turns, (parameters,), from the first one up to the last."""
        before, order = self.values, np.arange(len(after))
        last = len(after) if last is None else last

        def turn(_: Any, alpha: float) -> None:
            share = np.clip(first + alpha * (last - first) - order, 0, 1)
            share[:first] = 0
            self.set_values(before + (after - before) * share)

        return UpdateFromAlphaFunc(self, turn, **kwargs)

    def glint(self, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: a light goes over all needles, from the left to the right and away."""
        needles = [dials.needles for dials in self.dials]
        light = [each.light for each in needles]
        x = [each.points.reshape(-1, 2, 3)[:, 0, 0] for each in needles]
        first, last = min(each.min() for each in x) - _GLINT, max(each.max() for each in x) + _GLINT

        def shine(_: Any, alpha: float) -> None:
            at = first + alpha * (last - first)
            for each, before, place in zip(needles, light, x, strict=True):
                near = np.clip(1 - np.abs(place - at) / _GLINT, 0, 1)
                each.set_arrays(light=before * (1 + 1.6 * near))

        return UpdateFromAlphaFunc(self, shine, **kwargs)

    def follow(self, steps: np.ndarray, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: through all ``steps`` (n, parameters), straight from one to the next.

        Every step takes as long as every other.
        """

        def go(_: Any, alpha: float) -> None:
            i, rest = step_at(alpha, len(steps))
            self.set_values(steps[i] if not rest else steps[i] + rest * (steps[i + 1] - steps[i]))

        return UpdateFromAlphaFunc(self, go, **kwargs)

    def one_of_first(self, index: int) -> Dials:
        """A copy of one dial of the first layer."""
        layer = self.layers[0]
        return Dials(
            layer.values[[index]],
            layer.faces.centres()[[index]],
            layer.radius,
            layer.value_scale,
            self.theme,
        )

    def faces_of(self, layer: int) -> Cells:
        """A copy of the faces of the biases of b[layer]."""
        start = sum(self._units[:layer])
        these, faces = slice(start, start + self._units[layer]), self.biases.faces
        return Cells(faces.centres()[these], faces.halves()[these], 1.0, faces.fill[these])


def step_at(share: float, count: int) -> tuple[int, float]:
    """At a share 0..1 of a way of ``count`` steps: the last one reached, and how far beyond it."""
    along = min(max(share, 0.0), 1.0) * (count - 1)
    i = int(along + 1e-9)
    return i, max(along - i, 0.0) if i < count - 1 else 0.0


def _columns(counts: Sequence[int], pitch: float) -> list[np.ndarray]:
    """Places (count, 3) of every column, their heads on one line, around the origin."""
    x = (np.arange(len(counts)) - (len(counts) - 1) / 2) * 3 * pitch
    y = ((max(counts) - 1) / 2 - np.arange(max(counts))) * pitch
    return [
        np.stack([np.full(n, at), y[:n], np.zeros(n)], axis=1)
        for n, at in zip(counts, x, strict=True)
    ]
