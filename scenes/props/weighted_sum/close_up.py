"""The same cell of several images steps forward, with the number it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, Group, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.frames import frames
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import HEADING, label
from netglow.scenes.stage.theme import Theme, rgb

_HALF = 0.4  # half a side of a chip that has come forward


class CloseUp(Group):
    """Cell ``index`` of n images: ``frames`` around it, and ``chips`` that look like it.

    ``below`` (n, 3) is where :meth:`forward` brings the chips; there stand the ``texts``, each in
    its role, with n - 1 ``signs`` between them.
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
        **kwargs: Any,
    ) -> None:
        self.theme, self.below = theme, np.asarray(below, float)
        spots = np.array([image.centres()[index] for image in images])
        sizes = np.array([image.halves()[index] for image in images])
        look = {
            name: [getattr(image, name)[index] for image in images] for name in ("fill", "corner")
        }
        self.frames = frames(spots, sizes + 0.07, theme)
        self.chips = Cells(spots, sizes, stroke=rgb(theme.faint), stroke_alpha=1, **look)
        self.texts = self._texts(texts, roles, signs)
        super().__init__(self.frames, self.chips, self.texts, **kwargs)

    def _texts(self, texts: Sequence[str], roles: Sequence[str], signs: Sequence[str]) -> VGroup:
        """The texts below the chips, and the signs between them at the height of the first."""
        made = VGroup()
        for text, role, place in zip(texts, roles, self.below, strict=True):
            below = label(text, getattr(self.theme, role), HEADING).move_to(place)
            made.add(stand(below, (place + DOWN * (_HALF + 0.62))[1]))
        between = (self.below[1:] + self.below[:-1]) / 2
        for sign, place in zip(signs, between, strict=True):
            beside = label(sign, self.theme.muted, HEADING).move_to(place)
            made.add(beside.set_y(made[0].get_y()))
        return made

    def forward(self) -> Any:
        """Animation: the chips come out of their images and grow."""
        return self.chips.animate.place(self.below, np.full((len(self.below), 2), _HALF))
