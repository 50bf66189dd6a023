"""One image, one neuron, and the light that runs from the ink to the neuron."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, Create, Group, smooth

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import Flow, LayerEdges
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme


class OneSum(Group):
    """``image`` (rows, columns) and a dark ``neuron`` with its ``weights`` (rows, columns).

    ``source`` is written below the image, ``title`` below the neuron.
    """

    def __init__(
        self,
        image: np.ndarray,
        weights: np.ndarray,
        neuron: Neurons,
        theme: Theme,
        source: str,
        title: str,
        size: float = 4.4,
        **kwargs: Any,
    ) -> None:
        self.picture = PixelImage(image, theme, size).move_to((-3.7, -0.1, 0))
        self.neuron = neuron.move_to((3.3, -0.1, 0))
        self.source = label(source, theme.muted, CAPTION).next_to(self.picture, DOWN, buff=0.2)
        self.title = label(title, theme.muted, CAPTION).next_to(neuron, DOWN, buff=0.3)
        self.edges = LayerEdges(
            np.reshape(weights, (1, -1)), self.picture.centres(), neuron.centres(), theme, 1.4
        )
        super().__init__(self.edges, self.picture, neuron, self.source, self.title, **kwargs)

    def appear(self) -> Create:
        """Animation: the edges grow."""
        edges: Any = self.edges
        return Create(edges, lag_ratio=0, rate_func=smooth, run_time=0.8)

    def flow(self) -> Flow:
        """Animation: light runs along the edges by contribution, from the top of the ink."""
        ink = self.picture.values.ravel()
        return Flow(
            self.edges, self.edges.weights * ink, np.linspace(0, 0.4, ink.size), run_time=2.2
        )
