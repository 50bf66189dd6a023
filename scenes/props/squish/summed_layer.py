"""An image, the light that runs from it to a layer of neurons, and each neuron's sum."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, Group, VGroup

from netglow.netcore.study.arithmetic import shown
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb

_LINE = 0.3  # height of a line of sums


class SummedLayer(Group):
    """``image`` (rows, columns), ``weights`` (n, pixels) and the sums ``z`` (n,) of n neurons.

    The neurons stand in a column ``height`` high; where they are closer than a line of text
    their sums take turns in several columns. The sums have a sign and the colour of their sign.
    ``source`` is written below the image, ``title`` above the neurons.
    """

    def __init__(
        self,
        image: np.ndarray,
        weights: np.ndarray,
        z: np.ndarray,
        theme: Theme,
        source: str,
        title: str,
        size: float = 4.6,
        height: float = 5.6,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.z = np.array(z, float)
        n = len(self.z)
        pitch = min(0.37, height / max(n - 1, 1))
        self.picture = PixelImage(image, theme, size).shift(LEFT * 3.3)
        self.neurons = Neurons(np.zeros(n), column(n, 2.9, pitch), theme, min(0.15, 0.43 * pitch))
        self.threads = LayerEdges(weights, self.picture.centres(), self.neurons.centres(), theme)
        turns = int(np.ceil(_LINE / pitch))
        roles = [theme.positive if v > 0 else theme.negative for v in self.z]
        self.signs = np.array([rgb(role) for role in roles])
        self.sums = VGroup(
            *[
                label(shown(v, 1), role, CAPTION).move_to(
                    place + RIGHT * (1.05 + 0.95 * (i % turns)), aligned_edge=RIGHT
                )
                for i, (v, role, place) in enumerate(
                    zip(self.z, roles, self.neurons.centres(), strict=True)
                )
            ]
        )
        self.source = label(source, theme.muted, CAPTION).next_to(self.picture, DOWN, buff=0.2)
        self.title = label(title, theme.muted, CAPTION).move_to([3.1, height / 2 + 0.55, 0])
        self.add(self.threads, self.picture, self.neurons, self.sums, self.source, self.title)
