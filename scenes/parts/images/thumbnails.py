"""Many small images as one mobject: a plate for each, and only the pixels that have some ink."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import grid
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.theme import Theme, rgb


class Thumbnails(Cells):
    """``values`` (n, rows, columns), 0..1, as n images of ``size`` around ``centres`` (n, 3).

    ``owner`` (cells,) says to which image a cell belongs; the plates come first. ``alpha`` (n,)
    is how much of each image is seen.
    """

    DATA = ("alpha",)

    def __init__(
        self, values: np.ndarray, centres: np.ndarray, size: float, theme: Theme, **kwargs: Any
    ) -> None:
        self.values = np.array(values, float)
        self.theme, count = theme, len(self.values)
        image, place = np.nonzero(self.values.reshape(count, -1) > 0)
        cells, pitch = grid(*self.values.shape[1:], size=1.0)
        self.owner = np.concatenate([np.arange(count), image])
        # places and halves for an image of size 1 around the origin
        self._places = np.concatenate([np.zeros((count, 3)), cells[place]])
        plate = np.array(self.values.shape[:0:-1]) * pitch / 2
        self._halves = np.concatenate(
            [np.tile(plate, (count, 1)), np.full((len(place), 2), pitch / 2)]
        )
        shades = theme.brightness(self.values.reshape(count, -1)[image, place])
        fill = np.concatenate([np.tile(rgb(theme.off), (count, 1)), shades])
        super().__init__(self._places, self._halves, fill=fill, **kwargs)
        self.set_alpha(1.0).hang(centres, size)

    def set_alpha(self, alpha: np.ndarray | float) -> Self:
        """Show so much of each image: (n,) or one number, 0..1."""
        self.alpha = np.broadcast_to(np.asarray(alpha, float), len(self.values)).copy()
        return self.set_arrays(fill_alpha=self.alpha[self.owner])

    def hang(self, centres: np.ndarray, sizes: np.ndarray | float) -> Self:
        """Every image to its centre (n, 3) and size (n,)."""
        self.spots = np.array(centres, float)
        self.sizes = np.broadcast_to(np.asarray(sizes, float), len(self.values)).copy()
        scale = self.sizes[self.owner][:, None]
        return self.place(self.spots[self.owner] + self._places * scale, self._halves * scale)


class Grow(Wave):
    """Thumbnails grow where they will hang, image after image, at ``delays`` (n,) 0..1."""

    def __init__(self, thumbs: Thumbnails, delays: np.ndarray, **kwargs: Any) -> None:
        whole = thumbs.copy()
        thumbs.hang(whole.spots, 0.5 * whole.sizes).set_alpha(0.0)
        super().__init__(thumbs, whole, np.asarray(delays, float)[thumbs.owner], **kwargs)
