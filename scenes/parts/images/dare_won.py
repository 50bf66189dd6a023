"""The dare, won: an example, and the page of the program with a neuron's weights on it."""

from __future__ import annotations

import numpy as np
from manim import UP, Group

from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.text.code import Listing, dare_page
from netglow.scenes.stage.theme import Theme, robust_scale

PICTURE, PICTURE_AT = 4.2, np.array([-4.3, 0.2, 0])


class DareWon(Group):
    """``picture`` (rows, columns) 0..1 at the left; at the right ``page``, and on it ``weights``.

    Learning ends with it and ReLU begins with it.
    """

    def __init__(self, picture: np.ndarray, weights: np.ndarray, theme: Theme) -> None:
        self.picture = PixelImage(picture, theme, PICTURE).move_to(PICTURE_AT)
        self.page = Listing(dare_page(5), theme, np.array([0.9, 2.35, 0]), 0.3, 0.78)
        self.weights = WeightImage(weights, theme, 2.7, robust_scale(weights))
        self.weights.move_to(self.page.panel.get_center() + 0.05 * UP)
        super().__init__(self.picture, self.page, self.weights)
