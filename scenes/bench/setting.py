"""What both versions of a shot share: the network, where things stand, how long moves take."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from netglow.netcore.network import Network
from netglow.scenes.parts.images.cell_images import grid
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.stage.story import Story

SECONDS = {"S1": 1.5, "S2": 1.5, "S3": 1.5}  # half a shot in each of two plays, or a layer each


class Setting:
    """Data and places of the shots, from the default model and a real digit."""

    def __init__(self, story: Story) -> None:
        self.story = story

    @cached_property
    def diagram(self) -> NetworkDiagram:
        """The network as Netglow draws it; the plain shots take their places from it."""
        made = NetworkDiagram(self.story.network, self.story.theme)
        made.pixels.set_values(self.story.image)
        return made

    @property
    def pixels(self) -> tuple[np.ndarray, np.ndarray]:
        """Values (784,) and centres (784, 3) of the image that fills the frame's middle."""
        height, width = self.story.image.shape
        centres, _ = grid(height, width, size=6.0)
        return self.story.image.ravel(), centres

    @property
    def column(self) -> np.ndarray:
        """Places (784, 3) of the input column: 98 rows of 8, so that every neuron is seen."""
        i = np.arange(self.story.image.size)
        return np.stack([-5 + 0.09 * (i % 8), 3.5 - 0.072 * (i // 8), 0.0 * i], axis=1)

    def moved(self, share: float) -> Network:
        """All parameters on their way from the first checkpoint to the last, share 0..1."""
        first, last = self.story.model.checkpoints[0].network, self.story.network
        w = [a + (b - a) * share for a, b in zip(first.w, last.w, strict=True)]
        b = [a + (b - a) * share for a, b in zip(first.b, last.b, strict=True)]
        return Network(tuple(w), tuple(b), last.activations)
