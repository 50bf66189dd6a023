"""Pieces of a digit, each in a picture of its own, all cut out alike."""

from __future__ import annotations

import numpy as np

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.stage.theme import Theme


def square_around(mask: np.ndarray, border: int = 1, least: int = 1) -> tuple[slice, slice]:
    """Rows and columns of a square with the mask in its middle, inside the image.

    It leaves a ``border`` around the mask and is at least ``least`` pixels wide.
    """
    ends = [(int(k.min()), int(k.max()) + 1) for k in np.nonzero(mask)]
    largest = max(stop - start for start, stop in ends) + 2 * border
    side = min(max(largest, least), *mask.shape)
    starts = [
        min(max((start + stop - side) // 2, 0), size - side)
        for (start, stop), size in zip(ends, mask.shape, strict=True)
    ]
    return slice(starts[0], starts[0] + side), slice(starts[1], starts[1] + side)


class PiecePanel(PixelImage):
    """The pixels of ``image`` (rows, columns) in ``mask``, all else 0; of the part in ``box``."""

    def __init__(
        self,
        image: np.ndarray,
        mask: np.ndarray,
        box: tuple[slice, slice],
        theme: Theme,
        size: float,
        centre: np.ndarray,
    ) -> None:
        super().__init__(np.where(mask, image, 0.0)[box], theme, size)
        self.move_to(centre)
        self.mask = np.asarray(mask, bool)[box]

    def blank(self) -> PixelImage:
        """The same picture without ink."""
        return self.copy().set_values(np.zeros_like(self.values))
