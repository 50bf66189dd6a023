"""A neuron's weight image at every checkpoint of its training, as a film strip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, Group, VGroup

from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.parts.images.weight_wall import hang
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, robust_scale


class Snapshots(Group):
    """``values`` (n, rows, columns) as n small ``images`` with their ``names``, in a box.

    Every image has colours of its own scale, ``scales`` (n,).
    """

    def __init__(
        self,
        values: np.ndarray,
        names: Sequence[str],
        theme: Theme,
        middle: np.ndarray,
        width: float,
        height: float,
        **kwargs: Any,
    ) -> None:
        places, size = hang(len(values), width, height, 1.12, 1.42)
        self.scales = np.array([robust_scale(image) for image in values])
        self.images = Group(
            *[
                WeightImage(image, theme, size, scale).move_to(
                    place + middle + 0.12 * size * np.array([0, 1.0, 0])
                )
                for image, scale, place in zip(values, self.scales, places, strict=True)
            ]
        )
        self.names = VGroup(
            *[
                label(name, theme.muted, CAPTION).next_to(image, DOWN, buff=0.1)
                for name, image in zip(names, self.images, strict=True)
            ]
        )
        super().__init__(self.images, self.names, **kwargs)
