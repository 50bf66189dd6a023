"""The numbers of some pixels, written on them."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import ORIGIN, VGroup

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.matrix import readable_ink
from netglow.scenes.stage.text import CAPTION, Number


class PixelNumbers(VGroup):
    """The ``values`` of an image's pixels ``places`` (flat), two decimals, on these pixels.

    ``size`` is their cap height. They keep to the theme's ink that is best read on their pixel.
    """

    def __init__(
        self, image: PixelImage, places: np.ndarray, size: float = CAPTION, **kwargs: Any
    ) -> None:
        self.image, self.places = image, np.asarray(places, int)
        self.values = image.values.ravel()[self.places]
        centres = image.centres()[self.places]
        self.numbers = [
            Number(value, image.theme.ink_off, size, anchor=ORIGIN).move_to(centre)
            for value, centre in zip(self.values, centres, strict=True)
        ]
        super().__init__(*self.numbers, **kwargs)
        self.inks = [""] * len(self)
        self.follow()

    def follow(self) -> Self:
        """Take the ink that suits the pixels as they look now."""
        for k, number in enumerate(self.numbers):
            fill = self.image.fill[self.places[k]]
            ink = readable_ink(np.clip(fill, 0, 1), self.image.theme)
            if ink != self.inks[k]:
                self.inks[k] = ink
                number.colour = ink
                number.set_fill(ink)
        return self
