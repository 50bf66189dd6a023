"""Pixels × weights = products: three images side by side, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import Group

from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.motion.wave import Wave, reading_order
from netglow.scenes.stage.text import label
from netglow.scenes.stage.theme import Theme

TITLE_Y = 3.3
SIZE, TOP = 3.75, 2.95  # of the three images; upper side
LEFT_X, MIDDLE_X, RIGHT_X = -4.62, 0.0, 4.62


def slot(x: float, top: float = TOP) -> np.ndarray:
    """Centre of an image in the row whose upper side is at ``top``."""
    return np.array([x, top - SIZE / 2, 0])


class ProductRow(Group):
    """``pixels`` and ``weights``, which stand there already, and the still empty ``result``.

    The upper side of all three is at ``top``.

    ``flying`` is what :meth:`lay_over` moves; it can be removed in the end.
    """

    flying: PixelImage

    def __init__(
        self, pixels: PixelImage, weights: WeightImage, theme: Theme, top: float, **kwargs: Any
    ) -> None:
        self.top = top
        self.pixels, self.weights = pixels, weights
        self.result = WeightImage(np.zeros_like(weights.values), theme, SIZE, 1.0)
        self.result.move_to(slot(RIGHT_X, top))
        self.signs = Group(
            *[
                label(sign, theme.muted, 0.36).move_to((slot(a, top) + slot(b, top)) / 2)
                for sign, a, b in (("×", LEFT_X, MIDDLE_X), ("=", MIDDLE_X, RIGHT_X))
            ]
        )
        super().__init__(pixels, weights, self.result, self.signs, **kwargs)

    def lay_over(
        self, products: np.ndarray, scale: float, pace: float = 1.0
    ) -> Iterator[list[Any]]:
        """Steps: the ink moves on to the weights, is multiplied there, and becomes the result."""
        inked = (self.pixels.values != 0).ravel()
        # the weights show through the ink
        self.flying = self.pixels.copy().set_arrays(fill_alpha=0.65 * inked)
        flying: Any = self.flying
        weights: Any = self.weights
        yield [flying.animate(run_time=1.1 * pace).match_height(self.weights).move_to(self.weights)]
        target = _with_values(self.weights, products, scale).set_arrays(fill_alpha=inked)
        yield [
            Wave(flying, target, reading_order(*products.shape), run_time=1.6 * pace),
            weights.animate(run_time=1.6 * pace).set_opacity(0.2),
        ]
        yield [
            flying.animate(run_time=1.2 * pace).match_height(self.result).move_to(self.result),
            weights.animate(run_time=1.2 * pace)
            .set_opacity(1)
            .match_height(self.result)
            .move_to(slot(MIDDLE_X, self.top)),
        ]
        self.result.value_scale = scale
        self.result.set_values(products)


def _with_values(image: WeightImage, values: np.ndarray, scale: float) -> WeightImage:
    """A copy of an image with other values on another scale."""
    copy = image.copy()
    copy.value_scale = scale
    return copy.set_values(values)
