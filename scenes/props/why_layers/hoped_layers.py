"""The hope as a network: an image, its small edges, its loops and lines, the outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import RIGHT, Animation, AnimationGroup, Group, Mobject, Transform, VGroup

from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.images.piece_panel import PiecePanel, square_around
from netglow.scenes.parts.network.neurons import LightUp, Neurons, column
from netglow.scenes.props.why_layers.joins import joins
from netglow.scenes.props.why_layers.piece_row import PieceRow
from netglow.scenes.props.why_layers.small_edges import SmallEdges
from netglow.scenes.stage.text import BODY, HEADING, label
from netglow.scenes.stage.theme import Theme

_EDGE, _EDGE_PITCH, _PIECE, _PIECE_PITCH, _IMAGE = 0.6, 0.67, 1.8, 2.5, 2.5


class HopedLayers:
    """Four columns at ``xs``: symbols, not the network's neurons.

    ``image``; a picture of every small edge, ``edges``; the ``pieces`` they make; ``outputs``
    with their ``names``, of which ``answer_index`` lights up. ``joins`` are the lines between.
    """

    xs = (-5.15, -1.85, 1.5, 5.15)

    def __init__(
        self,
        row: PieceRow,
        small: SmallEdges,
        names: Sequence[str],
        answer: int,
        theme: Theme,
        y: float,
    ) -> None:
        self.row, self.small, self.theme = row, small, theme
        masks = [mask for bits in small.masks for mask in bits]
        side = max(int(np.ptp(np.nonzero(mask), axis=1).max()) + 3 for mask in masks)
        self.edges = [
            PiecePanel(row.image, mask, square_around(mask, least=side), theme, _EDGE, place)
            for mask, place in zip(
                masks, column(len(masks), self.xs[1], _EDGE_PITCH, y), strict=True
            )
        ]
        self.grounds = [panel.blank() for panel in self.edges]
        self.image = PiecePanel(
            row.image,
            np.ones_like(row.pieces[0]),
            row.box,
            theme,
            _IMAGE,
            np.array([self.xs[0], y, 0]),
        )
        self.pieces = [
            PiecePanel(row.image, mask, row.box, theme, _PIECE, place)
            for mask, place in zip(row.pieces, column(2, self.xs[2], _PIECE_PITCH, y), strict=True)
        ]
        self.empty_pieces = [panel.blank() for panel in self.pieces]
        self.flown = [LooseInk(edge) for edge in self.edges]
        self._add_outputs(names, answer, y)
        self.owner = [
            piece for piece, bits in zip(self.pieces, small.masks, strict=True) for _ in bits
        ]
        self.joins: list[Any] = [
            joins([(self.image, edge) for edge in self.edges], theme),
            joins(zip(self.edges, self.owner, strict=True), theme),
            joins([(piece, self.lit) for piece in self.pieces], theme),
        ]

    def _add_outputs(self, names: Sequence[str], answer: int, y: float) -> None:
        places = column(len(names), self.xs[3], 0.5, y)
        self.lit = Neurons(np.zeros(1), places[answer : answer + 1], self.theme, 0.19)
        others = np.delete(places, answer, axis=0)
        self.outputs = Group(Neurons(np.zeros(len(others)), others, self.theme, 0.19), self.lit)
        self.names = VGroup(
            *[
                label(name, self.theme.muted, BODY).move_to(place + RIGHT * 0.5)
                for name, place in zip(names, places, strict=True)
            ]
        )
        self.said = label(names[answer], self.theme.text, HEADING, bold=True)
        self.said.move_to(self.names[answer])
        self.answer_index = answer

    def sort_edges(self) -> AnimationGroup:
        """Every small edge flies to a picture of its own."""
        return AnimationGroup(
            *[
                Transform(bit, LooseInk(panel))
                for bit, panel in zip(self.small.all, self.edges, strict=True)
            ]
        )

    def put_together(self) -> AnimationGroup:
        """The small edges, once more (``flown``), fly to the pieces they make."""
        masks = [mask[self.row.box] for bits in self.small.masks for mask in bits]
        return AnimationGroup(
            *[
                Transform(ink, LooseInk(piece, mask))
                for ink, piece, mask in zip(self.flown, self.owner, masks, strict=True)
            ]
        )

    def answer(self) -> list[Animation]:
        """The output that the pieces belong to lights up."""
        return [LightUp(self.lit, [1.0]), Transform(self.names[self.answer_index], self.said)]

    @property
    def shown(self) -> list[Mobject]:
        """All that is to be seen in the end."""
        return [
            self.image,
            *self.grounds,
            *self.small.all,
            *self.joins,
            *self.empty_pieces,
            *self.flown,
            self.outputs,
            self.names,
        ]
