"""The lit pixels of an image as cells of their own, which can leave it."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.stage.theme import rgb


class LooseInk(Cells):
    """Pixels of ``image``, in place: all that are lit, or those of them in ``mask``.

    ``places`` (n,) are their places in the image's flat order.
    """

    DATA = ("places",)

    def __init__(self, image: PixelImage, mask: np.ndarray | None = None, **kwargs: Any) -> None:
        lit, paper = image.values > 0, image.theme.is_light  # white ink needs an outline there
        self.places = np.flatnonzero(lit if mask is None else lit & mask)
        super().__init__(
            image.centres()[self.places],
            image.halves()[self.places],
            fill=image.fill[self.places],
            stroke=rgb(image.theme.off),
            stroke_alpha=float(paper),
            stroke_width=0.6,
            **kwargs,
        )

    def on(self, grid: PixelImage, places: np.ndarray | None = None) -> Self:
        """A copy that lies on another image's cells: on the same places, or on others."""
        these = self.places if places is None else places
        return self.copy().place(grid.centres()[these], grid.halves()[these])
