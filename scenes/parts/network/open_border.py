"""The paper of an image fades towards the side on which light leaves it: there is no seam."""

from __future__ import annotations

import numpy as np

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.neurons import ease

_FROM = 0.5  # share of the columns from which on paper fades


def open_border(pixels: PixelImage, share: float = 1.0) -> PixelImage:
    """Let paper fade to the right, by ``share`` 0..1 of the way; ink stays as it is."""
    columns = pixels.values.shape[1]
    right = np.clip((np.arange(columns) / (columns - 1) - _FROM) / (1 - _FROM), 0, 1)
    paper = np.tile(1 - share * ease(right), len(pixels.values))
    return pixels.set_arrays(fill_alpha=paper + (1 - paper) * pixels.values.ravel())
