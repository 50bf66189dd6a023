"""The whole network: the image as its input plane, every layer, every weight, the outputs."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import RIGHT, UP, Group, VGroup

from netglow.netcore.network import Network, Trace
from netglow.netcore.study import facts
from netglow.scenes.engine.constants import FEATHER, SOLID
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.stage.text import BODY, label
from netglow.scenes.stage.theme import Theme

# Where it stands when one neuron is looked at, and lines of counts above it.
UNDER_COUNTS: Any = {"height": 5.4, "image_size": 3.5, "left": -6.5, "right": 5.6, "y": -0.3}


class NetworkDiagram(Group):
    """A drawing of ``network``, from the image to the outputs.

    ``layers[l]`` shows ``a[l]``: first the image, ``pixels``, then the ``neurons`` layer by layer.
    ``edges[l]`` leads from there to ``layers[l + 1]``, one edge for each of the weights ``w[l]``.
    ``names`` are the classes beside the outputs, ``bars`` their activations.
    All neurons start dark; :meth:`set_trace` shows a trace without an animation.
    """

    def __init__(
        self,
        network: Network,
        theme: Theme,
        height: float = 5.5,
        image_size: float = 3.4,
        left: float = -6.4,
        right: float = 3.75,
        y: float = 0.12,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.network, self.theme = network, theme
        blank = np.zeros(network.image_shape)
        self.pixels = PixelImage(blank, theme, image_size)
        self.pixels.shift(RIGHT * (left + image_size / 2) + UP * (y + 0.11))
        xs = np.linspace(left + image_size + 2.4, right, len(network.sizes) - 1)
        self.neurons: list[Neurons] = []
        for count, x in zip(network.sizes[1:], xs, strict=True):
            spacing = min(height / max(count - 1, 1), 0.56)
            centres = column(count, x, spacing, y)
            self.neurons.append(Neurons(np.zeros(count), centres, theme, min(0.19, 0.4 * spacing)))
        self.layers: list[Any] = [self.pixels, *self.neurons]
        self.edges = self._make_edges()
        outputs = self.layers[-1].centres()
        self.names = VGroup(
            *[
                label(name, theme.muted, BODY).move_to(place + RIGHT * 0.5)
                for name, place in zip(network.class_names, outputs, strict=True)
            ]
        )
        self.bars = Bars(np.zeros(len(outputs)), outputs + RIGHT * 0.85, theme, 0.95)
        # light shines over the image it leaves; on paper it would cover the image
        below = [*self.edges, self.pixels] if theme.is_light else [self.pixels, *self.edges]
        self.add(*below, *self.neurons, self.names, self.bars)

    def _make_edges(self) -> list[LayerEdges]:
        places = [layer.centres() for layer in self.layers]
        edges = [
            LayerEdges(w, places[i], places[i + 1], self.theme)
            for i, w in enumerate(self.network.w)
        ]
        # at rest the first edges begin at the image's right border, so that it stays clear
        share = edges[0].share_at(self.pixels.get_right()[0])
        edges[0].set_arrays(begin=share + FEATHER)  # the soft front reaches back by FEATHER
        return edges

    def set_trace(self, trace: Trace, flow: float = 1.0) -> NetworkDiagram:
        """Show a trace whole: pixels, activations, bars, and lit edges at ``flow`` strength."""
        self.pixels.set_values(trace.image)
        for i, edges in enumerate(self.edges):
            edges.set_contributions(facts.contributions(self.network, trace, i), flow)
            edges.set_arrays(head=SOLID)
            self.layers[i + 1].set_activations(trace.a[i + 1])
        self.bars.set_values(trace.output)
        return self
