"""A digit's ink that moves over its image pixel by pixel; a shadow stays where it was."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, RIGHT
from numpy.typing import ArrayLike

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk


class MovedDigit:
    """The ``ink`` of ``pixels`` moves along ``way`` (rows down, columns right), step by step."""

    def __init__(self, pixels: PixelImage, way: ArrayLike) -> None:
        self.pixels, self.way, self.image = pixels, np.asarray(way), pixels.values
        self.ink, self.steps = LooseInk(pixels), 0
        self.rows_columns = np.stack(np.unravel_index(self.ink.places, self.image.shape), axis=1)

    def leave_shadow(self) -> Any:
        """Animation: the image fades to a quarter; the ink stays."""
        return self.pixels.animate.set_values(0.25 * self.image)

    def on(self) -> Any:
        """Animation: one pixel further; what leaves the image is gone."""
        self.steps += 1
        there = self.rows_columns + self.steps * self.way
        inside = ((there >= 0) & (there < self.image.shape)).all(axis=1)
        down, right = self.way * self.pixels.pitch
        return self.ink.animate.shift(down * DOWN + right * RIGHT).set_arrays(
            fill_alpha=inside.astype(float)
        )
