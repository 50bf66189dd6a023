"""A drawn network goes through its training, and one image through all the networks on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, linear

from netglow.netcore.network import forward
from netglow.netcore.study.training_path import TrainingPath
from netglow.scenes.parts.network.network_diagram import NetworkDiagram

_RISE = 0.1  # share of the run in which the light comes up


class Train(Animation):
    """``diagram`` shows ``image`` at every share of ``path``; ``glow`` is the light it sends."""

    def __init__(
        self,
        diagram: NetworkDiagram,
        path: TrainingPath,
        image: np.ndarray,
        glow: float,
        **kwargs: Any,
    ) -> None:
        super().__init__(diagram, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.diagram, self.path, self.image, self.glow = diagram, path, image, glow

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        diagram = self.diagram
        network = diagram.network = self.path.network(share)
        for edges, w in zip(diagram.edges, network.w, strict=True):
            edges.set_weights(w)
        diagram.set_trace(forward(network, self.image), self.glow * min(share / _RISE, 1))
