"""An image, the light that runs from it to a layer of neurons, and each neuron's sum z."""

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

_LINE = 0.3  # height of a line of numbers
_SIZE, _HEIGHT = 4.6, 5.6  # of the image; of the column of neurons


class SummedLayer(Group):
    """``image`` (rows, columns), ``weights`` (n, pixels) and pre-activations ``z`` (n,) of neurons.

    The neurons stand in a column; where they are closer than a line of text their ``sums``, the
    numbers z, take turns in several columns. ``signs`` (n, 3) are the colours of their signs.
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
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.z = np.array(z, float)
        n = len(self.z)
        pitch = min(0.37, _HEIGHT / max(n - 1, 1))
        self.picture = PixelImage(image, theme, _SIZE).shift(LEFT * 3.3)
        self.neurons = Neurons(np.zeros(n), column(n, 2.9, pitch), theme, min(0.15, 0.43 * pitch))
        self.edges = LayerEdges(weights, self.picture.centres(), self.neurons.centres(), theme)
        roles = [theme.positive if v > 0 else theme.negative for v in self.z]
        self.signs = np.array([rgb(role) for role in roles])
        self.sums = self._numbers(roles, turns=int(np.ceil(_LINE / pitch)))
        self.source = label(source, theme.muted, CAPTION).next_to(self.picture, DOWN, buff=0.2)
        self.title = label(title, theme.muted, CAPTION).move_to((3.1, _HEIGHT / 2 + 0.55, 0))
        self.add(self.edges, self.picture, self.neurons, self.sums, self.source, self.title)

    def _numbers(self, colours: list[str], turns: int) -> VGroup:
        """z beside the neurons, in ``turns`` columns."""
        made = VGroup()
        for i, place in enumerate(self.neurons.centres()):
            number = label(shown(self.z[i], 1), colours[i], CAPTION)
            right = place + RIGHT * (1.05 + 0.95 * (i % turns))
            made.add(number.move_to(right, aligned_edge=RIGHT))
        return made
