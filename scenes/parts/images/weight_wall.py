"""All weight images of a layer side by side, as one mobject."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, ORIGIN, Group

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage, grid
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.text import CAPTION, Number
from netglow.scenes.stage.theme import Theme

_NUMBERED = 20  # a larger layer has no room for a number at every neuron


def hang(
    count: int, width: float, height: float, wide: float = 1.8, high: float = 1.12
) -> tuple[np.ndarray, float]:
    """Centres (count, 3), row by row, and the size of equal images in a box at the origin.

    Every image of size s gets s·``wide`` by s·``high``; the columns are chosen for the largest s.
    """

    def size(columns: int) -> float:
        rows = -(-count // columns)
        return min(width / columns / wide, height / rows / high)

    columns = max(range(1, count + 1), key=size)
    rows, s = -(-count // columns), size(columns)
    place = np.arange(count)
    x = (place % columns - (columns - 1) / 2) * width / columns
    y = ((rows - 1) / 2 - place // columns) * height / rows
    return np.stack([x, y, np.zeros(count)], axis=1), s


class WeightWall(Cells):
    """``values`` (n, rows, columns) as n images of ``size`` around ``centres`` (n, 3).

    Blue squares above zero, orange discs below, full colour from ±``scale`` on.
    """

    def __init__(
        self,
        values: np.ndarray,
        theme: Theme,
        centres: np.ndarray,
        size: float,
        scale: float,
        gap: float = 0.08,
        **kwargs: Any,
    ) -> None:
        cells, pitch = grid(*values.shape[1:], size=size)
        places = np.asarray(centres, float)[:, None] + cells
        super().__init__(places.reshape(-1, 3), pitch * (1 - gap) / 2, **kwargs)
        self.theme, self.value_scale, self.size = theme, scale, size
        self.set_values(values)

    def set_values(self, values: np.ndarray) -> Self:
        """Show other values of the same shape on the same scale."""
        self.values = frozen(values)
        flat = self.values.ravel()
        return self.set_arrays(
            fill=self.theme.signed(flat, self.value_scale), corner=np.where(flat < 0, 0.85, 0.0)
        )

    def cells_where(self, mask: np.ndarray) -> Cells:
        """The cells of every image at which ``mask`` (rows, columns) is true, image by image."""
        these = np.tile(np.asarray(mask, bool).ravel(), len(self.values))
        return Cells(
            self.centres()[these], self.halves()[these], self.corner[these], self.fill[these]
        )


class LayerWall(Group):
    """A layer as its weight ``images``, with every neuron beside its image, in a box at ``middle``.

    Only neuron ``first`` is lit as yet; ``numbers`` shows the activations (n,) with at most
    ``places`` decimals; a layer that is too large has none. ``places_of``
    (n, 3) are the images' centres, ``size`` is theirs.
    """

    def __init__(
        self,
        weights: np.ndarray,
        activations: np.ndarray,
        first: int,
        places: int,
        scale: float,
        theme: Theme,
        middle: np.ndarray,
        width: float,
        height: float,
        **kwargs: Any,
    ) -> None:
        count = len(weights)
        cells, self.size = hang(count, width, height)
        cells = cells + middle
        self.places_of = cells + LEFT * 0.34 * self.size
        self.images = WeightWall(weights, theme, self.places_of, self.size, scale)
        roomy = count <= _NUMBERED
        discs = cells + self.size * np.array([0.54, 0.12 if roomy else 0.0, 0])
        lit = np.where(np.arange(count) == first, activations, 0.0)
        self.neurons = Neurons(lit, discs, theme, 0.21 * self.size)
        places = max(0, min(places, 4 - len(f"{activations.max():.0f}")))
        self.numbers = {
            i: Number(activations[i], theme.text, CAPTION, places, anchor=ORIGIN).move_to(
                discs[i] + DOWN * 0.42 * self.size
            )
            for i in range(count if roomy else 0)
        }
        super().__init__(self.images, self.neurons, **kwargs)

    def neuron(self, i: int) -> Cells:
        """The place of one neuron, as a cell of its own."""
        return Cells(self.neurons.centres()[[i]], self.neurons.halves()[[i]])


class Spread(Wave):
    """The lit pixels of an image fly to every image of a wall and become ``products`` there.

    ``products`` (n, rows, columns) are on the wall's scale; ``mobject`` is what flew.
    """

    def __init__(
        self,
        pixels: PixelImage,
        wall: WeightWall,
        products: np.ndarray,
        stagger: float = 0.45,
        **kwargs: Any,
    ) -> None:
        lit, count = np.flatnonzero(pixels.values), len(products)
        target = wall.copy().set_values(products).cells_where(pixels.values != 0)
        centres, halves = (np.tile(a[lit], (count, 1)) for a in (pixels.centres(), pixels.halves()))
        flying = Cells(centres, halves, fill=np.tile(pixels.fill[lit], (count, 1)))
        delays = np.repeat(np.linspace(0, stagger, count), len(lit))
        super().__init__(flying, target, delays, paint=(0.75, 1.0), **kwargs)
