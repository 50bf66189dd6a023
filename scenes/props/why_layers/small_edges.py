"""A loop and a line come apart into small edges, each with the direction it runs in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import AnimationGroup, LaggedStart, Transform, VGroup

from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.images.piece_panel import PiecePanel, square_around
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.props.why_layers.bones import direction
from netglow.scenes.props.why_layers.piece_row import PieceRow
from netglow.scenes.stage.theme import Theme

_APART = 0.5  # how far a bit moves away from its neighbours
_ROOM = 7  # pixels around the larger piece
_SIZE, _PLACES = 4.3, np.array([[-3.3, 0.25, 0], [3.3, 0.25, 0]])


class SmallEdges:
    """The two pieces of a ``row``, large, and their bits ``masks[k]`` (rows, columns).

    ``bits[k]`` is the ink of the bits of piece k, ``lines[k]`` a line along each when the bits
    have come apart; ``grounds`` are the pictures they lie on.
    """

    def __init__(self, row: PieceRow, masks: Sequence[Sequence[np.ndarray]], theme: Theme) -> None:
        self.masks = masks
        side = max(int(np.ptp(np.nonzero(mask), axis=1).max()) for mask in row.pieces) + _ROOM
        self.boxes = [square_around(mask, least=side) for mask in row.pieces]
        self.panels = [
            PiecePanel(row.image, mask, box, theme, _SIZE, place)
            for mask, box, place in zip(row.pieces, self.boxes, _PLACES, strict=True)
        ]
        self.grounds = [panel.blank() for panel in self.panels]
        self.bits = [
            [LooseInk(panel, mask[box]) for mask in bits]
            for panel, bits, box in zip(self.panels, masks, self.boxes, strict=True)
        ]
        self.lines = [
            VGroup(*[cased(direction(bit).shift(self.way(k, bit)), theme, 4) for bit in bits])
            for k, bits in enumerate(self.bits)
        ]

    @property
    def all(self) -> list[LooseInk]:
        return [bit for bits in self.bits for bit in bits]

    def way(self, piece: int, bit: LooseInk) -> np.ndarray:
        """Where a bit goes when its piece comes apart: away from the middle of all."""
        middle = np.mean([other.centres().mean(axis=0) for other in self.bits[piece]], axis=0)
        way = bit.centres().mean(axis=0) - middle
        return np.asarray(_APART * way / max(float(np.linalg.norm(way)), 1.0))

    def grow(self, row: PieceRow) -> AnimationGroup:
        """The ink of the row's pieces becomes the large ink."""
        return AnimationGroup(
            *[
                Transform(ink, LooseInk(panel))
                for ink, panel in zip(row.taken, self.panels, strict=True)
            ]
        )

    def burst(self, piece: int) -> LaggedStart:
        """The bits of a piece move apart, one after the other."""
        moves: list[Any] = [bit.animate.shift(self.way(piece, bit)) for bit in self.bits[piece]]
        return LaggedStart(*moves, lag_ratio=0.15)
