"""The same cell of several images steps forward, with the number it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, Group, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import HEADING, label
from netglow.scenes.stage.theme import Theme, rgb


class CloseUp(Group):
    """``frames`` around cell ``index`` of every image, ``chips`` that look like those cells and
    stand on them, and their ``texts`` with ``signs`` between them.

    ``below`` (n, 3) is where :meth:`forward` brings the chips.
    """

    def __init__(
        self,
        images: Sequence[Cells],
        index: int,
        texts: Sequence[str],
        roles: Sequence[str],
        signs: Sequence[str],
        below: np.ndarray,
        theme: Theme,
        half: float = 0.4,
        **kwargs: Any,
    ) -> None:
        spots = np.array([image.centres()[index] for image in images])
        sizes = np.array([image.halves()[index] for image in images])
        look = {
            name: [getattr(image, name)[index] for image in images] for name in ("fill", "corner")
        }
        self.below, self.half = np.asarray(below, float), half
        self.frames = Cells(
            spots,
            sizes + 0.07,
            fill_alpha=0,
            stroke=rgb(theme.attention),
            stroke_alpha=1,
            stroke_width=3,
        )
        self.chips = Cells(spots, sizes, stroke=rgb(theme.faint), stroke_alpha=1, **look)
        self.texts = VGroup(
            *[
                label(text, getattr(theme, role), HEADING)
                for text, role in zip(texts, roles, strict=True)
            ]
        )
        for text, place in zip(self.texts, self.below, strict=True):
            stand(text.move_to(place), (place + DOWN * (half + 0.62))[1])
        between = (self.below[1:] + self.below[:-1]) / 2
        for sign, place in zip(signs, between, strict=True):
            made = label(sign, theme.muted, HEADING).move_to(place)
            self.texts.add(made.set_y(self.texts[0].get_y()))
        super().__init__(self.frames, self.chips, self.texts, **kwargs)

    def forward(self) -> Any:
        """Animation: the chips leave their images and grow."""
        return self.chips.animate.place(self.below, np.full((len(self.below), 2), self.half))


def frame_around(images: Sequence[Cells], mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre (n, 3) and half size (n, 2) of the box around the masked cells of every image."""
    these = np.flatnonzero(mask)
    sides = [image.sides()[these] for image in images]
    corners = np.array([[s.min(axis=(0, 1)), s.max(axis=(0, 1))] for s in sides])
    half = (corners[:, 1] - corners[:, 0])[:, :2] / 2
    return corners.mean(axis=1), half + 0.05
