"""A digit's skeleton on top of it, and the straight lines that small bits of ink follow."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Line

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.theme import rgb

_SHARE = 0.7  # of a pixel's width


class Bones(Cells):
    """The pixels of ``image`` in ``mask`` (rows, columns) as small squares on it.

    ``places`` (n,) are their places in the image's flat order.
    """

    DATA = ("places",)

    def __init__(self, image: PixelImage, mask: np.ndarray, **kwargs: Any) -> None:
        self.places, theme = np.flatnonzero(mask), image.theme
        colour = theme.on if theme.is_light else theme.attention  # what stands out on grey ink
        super().__init__(
            image.centres()[self.places],
            _SHARE * image.halves()[self.places],
            fill=rgb(colour),
            **kwargs,
        )

    def thin(self, **kwargs: Any) -> Wave:
        """Animation: the ink shrinks to its skeleton, from the top down."""
        height = self.centres()[:, 1]
        late = (height.max() - height) / max(float(np.ptp(height)), 1e-9)
        whole = self.copy()
        self.place(half=self.halves() / _SHARE).set_arrays(fill_alpha=0.0)
        return Wave(self, whole, 0.6 * late, **kwargs)


def direction(cells: Cells, over: float = 1.25) -> Line:
    """A line along the main direction of some cells, ``over`` times as long as they reach."""
    places = cells.centres()
    middle = places.mean(axis=0)
    main = np.linalg.eigh((places - middle).T @ (places - middle))[1][:, -1]
    reach = over * max(float(np.ptp((places - middle) @ main)) / 2, 1e-3)
    return Line(middle - reach * main, middle + reach * main)
