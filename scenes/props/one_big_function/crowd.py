"""All test images in small, with frames around those that stand out."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Group

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.thumbnails import Thumbnails
from netglow.scenes.parts.images.weight_wall import hang
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.theme import Theme, rgb

DIM = 0.15


class Crowd(Group):
    """``images`` (n, rows, columns) 0..1 in a box ``width`` by ``height`` around ``centre``.

    ``beliefs`` (n,) are how many beliefs each has; ``thumbs`` are the images.
    """

    def __init__(
        self,
        images: np.ndarray,
        beliefs: np.ndarray,
        width: float,
        height: float,
        centre: np.ndarray,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        spots, size = hang(len(images), width, height, 1.12, 1.12)
        self.beliefs, self.theme = np.array(beliefs), theme
        self.thumbs = Thumbnails(images, spots + centre, size, theme)
        super().__init__(self.thumbs, **kwargs)

    def frames(self, which: np.ndarray, role: str) -> Cells:
        """Frames around the images at which ``which`` (n,) is true, in the colour of a role."""
        spots = self.thumbs.spots[which]
        return Cells(
            spots,
            1.12 * self.thumbs.sizes[which] / 2 + 0.03,
            0.25,
            fill_alpha=0.0,
            stroke=rgb(getattr(self.theme, role)),
            stroke_alpha=1.0,
            stroke_width=4.0,
        )

    def light(self, alpha: np.ndarray, **kwargs: Any) -> Wave:
        """Animation: so much of each image is seen then, (n,) 0..1; a wave from left to right."""
        target = self.thumbs.copy().set_alpha(alpha)
        x = self.thumbs.spots[:, 0]
        order = 0.7 * (x - x.min()) / max(float(np.ptp(x)), 1e-6)
        return Wave(self.thumbs, target, order[self.thumbs.owner], **kwargs)
