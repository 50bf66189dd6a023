"""Every pixel's line to one neuron, and one bead on every line for its weight."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Group

from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.theme import Theme, rgb


class FanIn(Group):
    """``edges`` from all ``pixels`` to a dark ``neuron`` at a point, in one grey.

    ``weights`` (rows, columns) are the edges'. ``beads`` is a grey image of zeros whose cells lie
    on the edges, half way.
    """

    def __init__(
        self,
        pixels: PixelImage,
        weights: np.ndarray,
        neuron: np.ndarray,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.neuron = Neurons(np.zeros(1), np.asarray(neuron, float)[None], theme, 0.46)
        self.edges = LayerEdges(
            weights.reshape(1, -1), pixels.centres(), self.neuron.centres(), theme
        )
        border = self.edges.share_at(pixels.get_right()[0])
        self.edges.set_arrays(begin=border, rgb=theme.light_of(theme.muted), light=0.03)
        self.beads = WeightImage(np.zeros(pixels.values.shape), theme, pixels.height / 2, 1.0, 0.35)
        self.beads.set_arrays(fill=rgb(theme.muted), corner=1.0)
        self.beads.move_to((pixels.get_center() + self.neuron.get_center()) / 2)
        super().__init__(self.edges, self.neuron, **kwargs)
