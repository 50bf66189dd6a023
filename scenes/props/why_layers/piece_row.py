"""A digit and its pieces as an equation: the digit's own pixels, taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import DOWN, Animation, AnimationGroup, FadeIn, Group, VGroup

from netglow.netcore.study.pieces import cut, ink_of
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.images.piece_panel import PiecePanel, square_around
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.props.why_layers.bones import Bones
from netglow.scenes.stage.text import CAPTION, HEADING, label
from netglow.scenes.stage.theme import Theme

_DIM = 0.4  # of its brightness: so much is left of the ink around the skeleton


class PieceRow:
    """``image`` (rows, columns) = its loops + its strokes, from ``left`` on, ``pitch`` apart.

    ``digit`` is the image and ``bones`` its skeleton, ``panels`` are the pieces, ``pieces`` the
    masks they show, ``names`` what each is; of ``box`` they all show the same part.
    """

    def __init__(
        self,
        image: np.ndarray,
        words: tuple[str, str],
        theme: Theme,
        left: np.ndarray,
        size: float = 1.5,
        pitch: float = 3.0,
    ) -> None:
        self.image, self.theme, found = image, theme, cut(image)
        self.pieces = found.all
        self.box = square_around(ink_of(image))
        places = left + np.arange(len(self.pieces) + 1)[:, None] * np.array([pitch, 0, 0])
        self.digit = PiecePanel(image, np.ones(image.shape, bool), self.box, theme, size, places[0])
        self.bones = Bones(self.digit, np.any(found.bones, axis=0)[self.box])
        self.panels = [
            PiecePanel(image, mask, self.box, theme, size, place)
            for mask, place in zip(self.pieces, places[1:], strict=True)
        ]
        self.empty = [panel.blank() for panel in self.panels]
        kinds = [words[0]] * len(found.loops) + [words[1]] * len(found.strokes)
        self.names = VGroup(
            *[
                label(word, theme.text, CAPTION).next_to(panel, DOWN, buff=0.13)
                for word, panel in zip(kinds, self.panels, strict=True)
            ]
        )
        signs = "=" + "+" * (len(self.pieces) - 1)
        self.signs = VGroup(
            *[
                label(sign, theme.muted, HEADING).move_to((a + b) / 2)
                for sign, a, b in zip(signs, places, places[1:], strict=False)
            ]
        )
        self.taken: list[LooseInk] = []

    def arrive(self, run_time: float) -> Iterator[Animation]:
        """The digit, and then its skeleton."""
        yield FadeIn(self.digit, run_time=0.6 * run_time)
        dim = self.theme.brightness(_DIM * self.digit.values.ravel())
        darken: Any = self.digit.animate.set_arrays(fill=dim)
        yield AnimationGroup(darken, self.bones.thin(), run_time=run_time)

    def come_apart(self, run_time: float) -> Iterator[Animation]:
        """All pieces leave the digit, each for a picture of its own; then they get names."""
        for panel in self.panels:
            ink = LooseInk(self.digit, panel.mask)
            self.taken.append(ink.set_arrays(fill=panel.fill[ink.places]))  # as bright as it was
        yield FadeIn(*self.empty, *self.taken, run_time=0.2 * run_time)
        yield AnimationGroup(
            *[
                Wave(ink, ink.on(panel), np.zeros(len(ink)))
                for ink, panel in zip(self.taken, self.panels, strict=True)
            ],
            run_time=0.6 * run_time,
        )
        yield FadeIn(self.signs, self.names, run_time=0.2 * run_time)

    def enlarge(self, by: float, about: np.ndarray) -> None:
        """Before it is shown: be larger, seen from a point. Shrink ``shown`` from there again."""
        for part in (self.digit, self.bones, *self.panels, *self.empty, self.names, self.signs):
            part.scale(by, about_point=about)

    @property
    def shown(self) -> Group:
        """All that is to be seen after the last step."""
        return Group(self.digit, self.bones, *self.empty, *self.taken, self.names, self.signs)
