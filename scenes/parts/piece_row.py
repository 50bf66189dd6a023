"""A digit and its pieces as an equation: the digit's own pixels, taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from manim import DOWN, AnimationGroup, FadeIn, Group, VGroup

from netcore.pieces import cut, ink_of
from scenes.parts.loose_ink import LooseInk
from scenes.parts.piece_panel import PiecePanel, square_around
from scenes.parts.wave import Wave
from scenes.stage.text import CAPTION, HEADING, label
from scenes.stage.theme import Theme


class PieceRow:
    """``image`` (rows, columns) = its loops + its strokes, from ``left`` on, ``pitch`` apart.

    ``digit`` is the image, ``panels`` are the pieces, ``pieces`` the masks they show, ``names``
    what each is; of ``box`` they all show the same part.
    """

    def __init__(self, image: np.ndarray, words: tuple[str, str], theme: Theme, left: np.ndarray,
                 size: float = 1.45, pitch: float = 2.55) -> None:  # fmt: skip
        self.image, found = image, cut(image)
        self.pieces = found.all
        self.box = square_around(ink_of(image))
        places = left + np.arange(len(self.pieces) + 1)[:, None] * np.array([pitch, 0, 0])
        self.digit = PiecePanel(image, np.ones(image.shape, bool), self.box, theme, size, places[0])
        self.panels = [PiecePanel(image, mask, self.box, theme, size, place)
                       for mask, place in zip(self.pieces, places[1:], strict=True)]  # fmt: skip
        self.empty = [panel.blank() for panel in self.panels]
        kinds = [words[0]] * len(found.loops) + [words[1]] * len(found.strokes)
        self.names = VGroup(*[label(word, theme.text, CAPTION).next_to(panel, DOWN, buff=0.13)
                              for word, panel in zip(kinds, self.panels, strict=True)])
        signs = "=" + "+" * (len(self.pieces) - 1)
        self.signs = VGroup(*[label(sign, theme.muted, HEADING).move_to((a + b) / 2)
                              for sign, a, b in zip(signs, places, places[1:], strict=False)])
        self.taken: list[LooseInk] = []

    def steps(self, run_time: float) -> Iterator[AnimationGroup]:
        """First the digit, then piece after piece leaves it."""
        yield AnimationGroup(FadeIn(self.digit, *self.empty), run_time=0.6)
        parts: Sequence = list(zip(self.panels, self.signs, self.names, strict=True))
        for panel, sign, name in parts:
            ink = LooseInk(self.digit, panel.mask)
            self.taken.append(ink)
            yield AnimationGroup(Wave(ink, ink.on(panel), np.zeros(len(ink))), FadeIn(sign),
                                 FadeIn(name), run_time=run_time)  # fmt: skip

    def enlarge(self, by: float, about: np.ndarray) -> None:
        """Before it is shown: be larger, seen from a point. Shrink ``shown`` from there again."""
        for part in (self.digit, *self.panels, *self.empty, self.names, self.signs):
            part.scale(by, about_point=about)

    @property
    def shown(self) -> Group:
        """All that is to be seen after the last step."""
        return Group(self.digit, *self.empty, *self.taken, self.names, self.signs)
