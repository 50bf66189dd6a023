"""The threads of an image: those of its ink reach back to it, those of dark pixels go out."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation

from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.stage.theme import rest_glow


class OnlyInk(Animation):
    """First-layer edges at rest become those of the ink, and begin where it is.

    ``image`` (rows, columns) holds the pixels; a thread is lit if its pixel is above 0.
    """

    mobject: Any  # LayerEdges

    def __init__(self, edges: LayerEdges, image: np.ndarray, **kwargs: Any) -> None:
        super().__init__(edges, **kwargs)
        inked = np.tile(np.ravel(image) > 0, len(edges.weights))
        self.after = rest_glow(edges.weights.ravel()) * inked

    def begin(self) -> None:
        self.light, self.start = self.mobject.light, self.mobject.begin
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        self.mobject.set_arrays(
            light=self.light + (self.after - self.light) * share, begin=self.start * (1 - share)
        )
