"""A neuron's weights, large, and the small edge that they were hoped to be."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Square, VMobject

from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.stage.theme import Theme


class HopedEdge(WeightImage):
    """``weights`` (rows, columns) at ``middle``; they can turn into ``edge``, of the same shape.

    ``box`` is the row and column of the edge's upper left pixel, and its pixels across; the
    ``frame`` around it is not a part of the image. The edge is as strong as it fits best.
    """

    def __init__(
        self,
        weights: np.ndarray,
        edge: np.ndarray,
        box: np.ndarray,
        theme: Theme,
        size: float,
        scale: float,
        middle: np.ndarray,
    ) -> None:
        super().__init__(weights, theme, size, scale)
        self.move_to(middle)
        self.weights_alone, self.edge_alone = np.array(weights), np.array(edge)
        row, column, across = (int(k) for k in box)
        corner = self.centres()[self.index(row, column)] + self.pitch / 2 * (UP + LEFT)
        square = Square(across * self.pitch + 0.08)
        square.move_to(corner + across * self.pitch / 2 * (DOWN + RIGHT))
        self.frame: VMobject = cased(square, theme, 4)

    def hope(self) -> Any:
        """Animation: only the edge is left."""
        return self.animate.set_values(self.edge_alone)

    def truth(self) -> Any:
        """Animation: the weights come back."""
        return self.animate.set_values(self.weights_alone)
