"""All parameters of a network as one wall of dials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Group, UpdateFromAlphaFunc, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import grid
from netglow.scenes.parts.images.weight_wall import hang
from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, robust_scale

_FILL = 0.92  # a dial's diameter as a share of the pitch
_FULL = 0.95  # share of a layer that is not yet at full turn
_WITHIN = 0.85  # of the scale: a needle that is clearly not at its end


class DialWall(Group):
    """Weights ``w`` and biases ``b``, one array a layer, in a box at the origin.

    A block of the wall is the image of one first-layer neuron, ``image_shape``; then every
    further layer is a block, a row a neuron, and the last block holds the biases, a column a
    layer. ``size`` is a block's. ``layers`` are the dials of ``w``, ``biases`` those of all ``b``.
    """

    def __init__(
        self,
        w: Sequence[np.ndarray],
        b: Sequence[np.ndarray],
        image_shape: tuple[int, int],
        theme: Theme,
        width: float,
        height: float,
        **kwargs: Any,
    ) -> None:
        self.theme, self._units = theme, [len(x) for x in b]
        blocks, self.size = hang(len(w[0]) + len(w), width, height, 1.07, 1.07)
        images, pitch = blocks[: len(w[0]), None], self.size / max(image_shape)
        places = (images + grid(*image_shape, size=self.size)[0]).reshape(-1, 3)
        self.layers = [self._dials(w[0], places, pitch)]
        for matrix, block in zip(w[1:], blocks[len(w[0]) : -1], strict=True):
            rows, columns = matrix.shape
            closer = min(pitch, self.size / max(rows, columns))
            places = block + grid(rows, columns, size=closer * max(rows, columns))[0]
            self.layers.append(self._dials(matrix, places, closer))
        closer = min(pitch, self.size / max(self._units))
        places = blocks[-1] + np.concatenate(_columns(self._units, closer))
        self.biases = self._dials(np.concatenate(list(b)), places, closer)
        super().__init__(*self.layers, self.biases, **kwargs)

    def _dials(self, values: np.ndarray, places: np.ndarray, pitch: float) -> Dials:
        """Values (any shape) as dials at places (n, 3) that are ``pitch`` apart."""
        scale = robust_scale(values, _FULL)
        return Dials(values.ravel(), places, _FILL * pitch / 2, scale, self.theme)

    @property
    def dials(self) -> list[Dials]:
        """All batches of dials, in the order in which their parameters are counted."""
        return [*self.layers, self.biases]

    @property
    def values(self) -> np.ndarray:
        """(parameters,) what the dials show: all weights layer by layer, then all biases."""
        return np.concatenate([dials.values for dials in self.dials])

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

    def turn_one_by_one(self, after: np.ndarray, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: one dial after the other turns, (parameters,), in the order of counting."""
        before, order = self.values, np.arange(len(after))
        return UpdateFromAlphaFunc(
            self,
            lambda _, alpha: self.set_values(
                before + (after - before) * np.clip(alpha * len(after) - order, 0, 1)
            ),
            **kwargs,
        )

    def telling_weight(self, w: np.ndarray, carried: np.ndarray) -> tuple[int, int]:
        """Neuron and pixel of the first-layer weight that carries most and is not at full turn.

        ``w`` and ``carried``, what every weight contributes, are (units, pixels).
        """
        within = np.abs(w) <= _WITHIN * self.layers[0].value_scale
        j, i = np.unravel_index(np.where(within, np.abs(carried), -1).argmax(), w.shape)
        return int(j), int(i)

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

    def notes(self, texts: Sequence[str]) -> VGroup:
        """Texts above all blocks but the images; none where there is no room for them."""
        blocks = self.dials[1:]
        top = max(dials.faces.get_top()[1] for dials in blocks) + 0.14
        made = VGroup(
            *[
                stand(label(text, self.theme.muted, CAPTION).set_x(dials.faces.get_x()), top)
                for text, dials in zip(texts, blocks, strict=True)
            ]
        )
        room = self.size - max(dials.faces.height for dials in blocks)
        fits = room > 0.7 and max(note.width for note in made) < 1.05 * self.size
        return made if fits else VGroup()


def parameters(w: Sequence[np.ndarray], b: Sequence[np.ndarray]) -> np.ndarray:
    """(parameters,) all weights layer by layer, then all biases."""
    return np.concatenate([array.ravel() for array in (*w, *b)])


def _columns(counts: Sequence[int], pitch: float) -> list[np.ndarray]:
    """Places (count, 3) of every column, their heads on one line, around the origin."""
    x = (np.arange(len(counts)) - (len(counts) - 1) / 2) * 3 * pitch
    y = ((max(counts) - 1) / 2 - np.arange(max(counts))) * pitch
    return [
        np.stack([np.full(n, at), y[:n], np.zeros(n)], axis=1)
        for n, at in zip(counts, x, strict=True)
    ]
