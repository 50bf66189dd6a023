"""Mistakes side by side, as large as they can be, with what they are and what was said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RIGHT, UP, Group, VGroup

from netglow.scenes.parts.images.thumbnails import Thumbnails
from netglow.scenes.parts.images.weight_wall import hang, in_rows
from netglow.scenes.stage.text import CAPTION, TITLE, label
from netglow.scenes.stage.theme import Theme

_WIDE, _HIGH = 1.45, 1.1  # room for an image and what stands beside it, in images


class Mistakes(Group):
    """``images`` (n, rows, columns) row by row in a ``box`` (width, height) around ``middle``.

    ``thumbs`` are the images; right of each stands what it is (``truths``) over what the network
    said (``said``), both in the colours of their roles. These ``labels`` are not a part of the
    group.
    """

    def __init__(
        self,
        images: np.ndarray,
        truths: Sequence[str],
        said: Sequence[str],
        theme: Theme,
        box: tuple[float, float],
        middle: np.ndarray,
    ) -> None:
        spots, size = hang(len(images), *box, wide=_WIDE, high=_HIGH)
        spots = in_rows(spots) + middle
        self.spots, self.size = spots + (1 - _WIDE) / 2 * 0.8 * size * RIGHT, size
        self.thumbs = Thumbnails(images, self.spots, size, theme)
        self.truths, self.said = VGroup(), VGroup()
        high = min(max(CAPTION, 0.24 * size), TITLE)
        for truth, answer, spot in zip(truths, said, self.spots, strict=True):
            at = spot + (size / 2 + 0.2 * size) * RIGHT
            self.truths.add(label(truth, theme.correct, high, bold=True).move_to(at + high * UP))
            self.said.add(label(answer, theme.wrong, high, bold=True).move_to(at - high * UP))
        self.labels = VGroup(self.truths, self.said)
        super().__init__(self.thumbs)
