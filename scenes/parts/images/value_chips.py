"""Some pixels of an image leave it, one below the other, and show their numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, UP, Dot, Group, Rectangle, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.matrix import readable_ink
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.text import CAPTION, Number
from netglow.scenes.stage.theme import rgb

_HALF = (0.45, 0.2)


class ValueChips(Group):
    """The pixels of a ``row`` in some ``columns``: ``cells``, still in the image.

    :meth:`leave` brings them below each other around ``middle``, where ``numbers`` are their
    values between dots that stand for all the others. ``frame`` marks the pixels.
    """

    def __init__(
        self, image: PixelImage, row: int, columns: range, middle: np.ndarray, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        theme = image.theme
        these = np.array([image.index(row, k) for k in columns])
        self.values, at = image.values.ravel()[these], image.centres()[these]
        self.cells = Cells(
            at,
            image.halves()[these],
            fill=image.fill[these],
            stroke=rgb(theme.faint),
            stroke_width=1.5,
        )
        self.frame = cased(
            Rectangle(width=(len(columns) + 0.3) * image.pitch, height=1.3 * image.pitch), theme, 2
        )
        self.frame.move_to(at.mean(axis=0))
        y = ((len(these) - 1) / 2 - np.arange(len(these))) * 2.2 * _HALF[1]
        self.places = np.asarray(middle, float) + y[:, None] * UP
        self.numbers = VGroup()
        for value, place, fill in zip(self.values, self.places, image.fill[these], strict=True):
            ink = readable_ink(fill, theme)
            self.numbers.add(Number(value, ink, CAPTION).move_to(place))
        self.dots = VGroup(
            *[
                Dot(end + side * (0.4 + 0.14 * k), 0.035, color=theme.muted)
                for end, side in ((self.places[0], UP), (self.places[-1], DOWN))
                for k in range(3)
            ]
        )
        self.add(self.frame, self.cells, self.numbers, self.dots)

    def leave(self, **kwargs: Any) -> Wave:
        """Animation: the pixels go to their places."""
        half = np.tile(_HALF, (len(self.cells), 1))
        target = self.cells.copy().place(self.places, half).set_arrays(stroke_alpha=1.0)
        return Wave(self.cells, target, np.linspace(0, 0.4, len(self.cells)), **kwargs)

    def enter(self, place: np.ndarray, **kwargs: Any) -> Wave:
        """Animation: copies of the pixels go into one ``place`` and are gone."""
        copies = self.cells.copy()
        gone = copies.copy().place(np.tile(place, (len(copies), 1)), 0.2 * copies.halves())
        gone.set_arrays(fill_alpha=0.0, stroke_alpha=0.0)
        return Wave(copies, gone, np.linspace(0, 0.5, len(copies)), **kwargs)
