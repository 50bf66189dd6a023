"""A column of all pixels of an image as neurons: row under row, each too flat to be a circle."""

from __future__ import annotations

import numpy as np

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.theme import Theme

_GAP = 0.16  # between two rows, as a share of what a row takes
HALF = 0.22  # half the column's width
# Where it stands, and the image beside it, when it has just been made.
COLUMN_AT, COLUMN_HEIGHT = np.array([1.2, -0.1, 0]), 6.6
IMAGE_AT, IMAGE_SIZE = np.array([-3.4, -0.1, 0]), 6.2


def column_places(
    shape: tuple[int, int], centre: np.ndarray, height: float
) -> tuple[np.ndarray, np.ndarray]:
    """Centres (n, 3) and halves (n, 2) of an image's pixels, row under row from the top."""
    rows, columns = shape
    each = height / rows  # what a row takes
    flat = each * (1 - _GAP) / columns
    i, k = np.divmod(np.arange(rows * columns), columns)
    y = height / 2 - each * (i + _GAP / 2) - flat * (k + 0.5)
    centres = np.array(centre, float) + np.stack([0 * y, y, 0 * y], axis=1)
    return centres, np.tile([HALF, flat / 2], (rows * columns, 1))


def lay_in_column(
    neurons: Neurons, shape: tuple[int, int], centre: np.ndarray, height: float
) -> Neurons:
    """Bring the neurons of an image into such a column; they have no outlines there."""
    neurons.place(*column_places(shape, centre, height))
    return neurons.set_arrays(corner=0.0, stroke_alpha=0.0, halo=0.0)


def on_image(pixels: PixelImage, theme: Theme) -> Neurons:
    """A circle on every pixel of an image that holds the pixel's number."""
    made = Neurons(pixels.values.ravel(), pixels.centres(), theme, 0.42 * pixels.pitch)
    return made.set_arrays(stroke_width=1.2, stroke_alpha=0.7, halo=0.4 * made.halo)
