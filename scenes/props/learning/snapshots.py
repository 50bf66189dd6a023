"""A neuron's weight image at every checkpoint of its training, as a film strip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, Group, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.parts.images.weight_wall import hang
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb, robust_scale


def agreement(image: np.ndarray) -> float:
    """Correlation -1..1 of every weight (rows, columns) with its neighbours: 0 is static."""
    pairs = [(image[:, 1:], image[:, :-1]), (image[1:], image[:-1])]
    first, second = (np.concatenate([pair[k].ravel() for pair in pairs]) for k in (0, 1))
    if min(first.std(), second.std()) == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def most_structured(weights: np.ndarray, ink: np.ndarray) -> int:
    """Index of the weight image (n, rows, columns) whose neighbouring weights agree most.

    Weights where there is hardly ever ``ink`` (rows, columns) count less.
    """
    energy = weights**2
    share = (energy * (ink > 0.1 * ink.max())).sum(axis=(1, 2)) / energy.sum(axis=(1, 2))
    return int(np.argmax([agreement(image) for image in weights] * share))


class Snapshots(Group):
    """``values`` (n, rows, columns) as n small ``images`` with their ``names``, in a box.

    Every image has colours of its own scale, ``scales`` (n,). Before the images, ``plates`` show
    where they will be.
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
        self.plates = Cells(
            [image.get_center() for image in self.images], size / 2, 0.1, rgb(theme.panel)
        )
        self.names = VGroup(
            *[
                label(name, theme.muted, CAPTION).next_to(image, DOWN, buff=0.1)
                for name, image in zip(names, self.images, strict=True)
            ]
        )
        super().__init__(self.plates, self.images, self.names, **kwargs)

    def marks(self, places: np.ndarray, theme: Theme, radius: float = 0.085) -> Cells:
        """A dot for every image at ``places`` (n, 3), which can become its plate."""
        return Cells(places, radius, 1.0, rgb(theme.attention))
