"""The network as a forward pass of an image leaves it: large, all of it lit, its middle framed."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import RoundedRectangle

from netglow.netcore.network import Network, Trace
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.network.open_border import open_border
from netglow.scenes.stage.theme import Theme

# Where it stands when light runs through all of it.
LARGE: Any = {"height": 6.3, "image_size": 3.6, "left": -6.5, "right": 3.58}
LEFT_ON = 0.6  # of their light, for edges that are not looked at any more


def looked_through(network: Network, trace: Trace, theme: Theme) -> NetworkDiagram:
    """A drawing of the network with a trace whose light fades but for the last layer's."""
    made = NetworkDiagram(network, theme, **LARGE).set_trace(trace)
    inked = np.tile(np.ravel(trace.image) > 0, len(network.w[0]))
    made.edges[0].set_arrays(light=made.edges[0].light * inked, begin=0.0)
    for edges in made.edges:
        share = LEFT_ON if edges is made.edges[-1] else LEFT_ON**2
        edges.set_arrays(glow=share * edges.glow)
    open_border(made.pixels)
    return made


def frame_around(layer: Neurons, theme: Theme) -> RoundedRectangle:
    """A frame around the neurons of a layer."""
    return RoundedRectangle(
        corner_radius=0.2,
        width=0.75,
        height=layer.height + 0.24,
        stroke_width=3,
        color=theme.attention,
    ).move_to(layer)
