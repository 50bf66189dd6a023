"""One neuron, large, and every pixel of the image wired to it."""

from __future__ import annotations

import numpy as np
from manim import Group

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.input_column import IMAGE_AT, IMAGE_SIZE, on_image
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.theme import Theme

LISTENER, RADIUS = np.array([4.1, -0.1, 0]), 0.75
_BRIGHT = 3.0  # one neuron's edges alone may be brighter than among all others
AMONG_OTHERS = 5.0  # and in the small picture of all neurons, until the others have theirs


class Listener(Group):
    """``weights`` (pixels,) of one neuron as a ``fan`` from the ``image`` (rows, columns) to it.

    ``circles`` are the pixels as neurons, ``neuron`` is the one that listens, dark; ``rest`` how
    bright the fan is.
    """

    def __init__(self, weights: np.ndarray, image: np.ndarray, theme: Theme) -> None:
        self.theme, self.image = theme, image
        self.large = PixelImage(image, theme, IMAGE_SIZE).move_to(IMAGE_AT)
        self.circles = on_image(self.large, theme)
        self.neuron = Neurons(np.zeros(1), LISTENER[None], theme, RADIUS)
        self.fan = LayerEdges(weights[None], self.large.centres(), LISTENER[None], theme)
        self.rest = _BRIGHT * self.fan.light
        # light shines over the image it leaves; on paper it would cover the image
        below = [self.fan, self.circles] if theme.is_light else [self.circles, self.fan]
        super().__init__(*below, self.neuron)

    def on_top(self, speaks_for: bool) -> np.ndarray:
        """Light (pixels,) of the fan with those brighter that speak for the neuron, or against."""
        mine = (self.fan.weights.ravel() > 0) == speaks_for
        return np.where(mine, 1.2, 0.17) * self.rest

    def before(self, column: Neurons, focus: int) -> Neurons:
        """The neuron while it still stands in its column."""
        made = self.neuron.copy()
        return made.place(column.centres()[[focus]], column.halves()[[focus]])

    def within(self, diagram: NetworkDiagram, focus: int) -> list[Neurons | LayerEdges]:
        """What circles, neuron and fan become in a drawing of the whole network."""
        image = diagram.pixels.copy().set_values(self.image)
        column = diagram.neurons[0]
        home = Neurons(np.zeros(1), column.centres()[[focus]], self.theme)
        home.place(half=column.halves()[[focus]])
        fan = LayerEdges(self.fan.weights, image.centres(), column.centres()[[focus]], self.theme)
        n = self.image.size
        mine, all_edges = slice(focus * n, (focus + 1) * n), diagram.edges[0]
        fan.set_arrays(begin=all_edges.begin[mine], light=AMONG_OTHERS * all_edges.light[mine])
        return [on_image(image, self.theme), home, fan]
