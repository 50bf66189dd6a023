"""The hope in one line: a digit, its loop, one small edge of it, and a neuron that looks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import FadeIn

from netglow.netcore.study.edge_search import best_edges
from netglow.netcore.study.pieces import arcs, cut, ink_of
from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.images.piece_panel import PiecePanel, square_around
from netglow.scenes.parts.images.weight_wall import WeightWall
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.theme import Theme, robust_scale

_BITS = 6  # of a loop


class Hope:
    """Four ``panels`` of a ``size`` around height ``y``, cut from a digit (rows, columns).

    The last one is ``edge``: the weights (rows, columns) of the small edge that fits the bit
    best. ``centre`` and ``whole_size`` are those of the whole image the panel is a part of.
    """

    def __init__(self, digit: np.ndarray, theme: Theme, size: float, y: float) -> None:
        everything, loop = np.ones(digit.shape, bool), cut(digit).loops[0]
        bit = max(arcs(loop, _BITS), key=np.sum)
        self.box = square_around(ink_of(digit))
        places = np.array([[x, y, 0] for x in np.linspace(-4.85, 4.85, 4)])
        self.edge = best_edges(np.where(bit, digit, 0.0)[None]).fitted[0]
        last = WeightImage(self.edge[self.box], theme, size, float(np.abs(self.edge).max()))
        self.panels: list[Any] = [
            *[
                PiecePanel(digit, mask, self.box, theme, size, place)
                for mask, place in zip((everything, loop, bit), places[:3], strict=True)
            ],
            last.move_to(places[3]),
        ]
        rows, columns = self.box
        middle = np.array(
            [
                (columns.start + columns.stop - digit.shape[1]) / 2,
                (digit.shape[0] - rows.start - rows.stop) / 2,
                0,
            ]
        )
        self.centre = places[3] - middle * last.pitch
        self.whole_size = last.pitch * max(digit.shape)
        self.empty = [
            panel.copy().set_values(np.zeros_like(panel.values)) for panel in self.panels[1:]
        ]
        self.taken: list[Any] = []

    def steps(self) -> Iterator[Any]:
        """Each piece leaves the panel before and lands in its own; the neuron is seen last."""
        for source, panel in zip(self.panels, self.panels[1:3], strict=False):
            self.taken.append(LooseInk(source, panel.mask))
            yield Wave(self.taken[-1], self.taken[-1].on(panel), np.zeros(len(self.taken[-1])))
        yield FadeIn(self.panels[3])

    def walls(
        self, weights: np.ndarray, centres: np.ndarray, size: float, theme: Theme
    ) -> tuple[WeightWall, WeightWall, WeightWall]:
        """Three walls for neurons with ``weights`` (n, rows, columns), one to become the next.

        The hoped-for edge n times, all in the last panel; then at the ``centres`` (n, 3); then
        the real weights there.
        """
        n, strongest = len(weights), float(np.abs(self.edge).max())
        hoped, at = np.tile(self.edge, (n, 1, 1)), np.tile(self.centre, (n, 1))
        return (
            WeightWall(hoped, theme, at, self.whole_size, strongest),
            WeightWall(hoped, theme, centres, size, strongest),
            WeightWall(weights, theme, centres, size, robust_scale(weights, 0.97)),
        )
