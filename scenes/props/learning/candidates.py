"""Pictures side by side, each with its name; one after the other is selected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, Create, Group, SurroundingRectangle, VGroup

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, label
from netglow.scenes.stage.theme import Theme

_DIM = 0.35  # what is left to see of a picture that is not selected


class Candidates(Group):
    """``pictures`` (cells on screen) with ``names``, and where they go: from ``corner`` on.

    ``corner`` is the upper left one; they become ``size`` wide and stand ``pitch`` apart.
    """

    def __init__(
        self,
        pictures: Sequence[Any],
        names: Sequence[str],
        theme: Theme,
        corner: np.ndarray,
        size: float = 1.6,
        pitch: float = 2.6,
        **kwargs: Any,
    ) -> None:
        self.pictures, self.theme, self.size = list(pictures), theme, size
        corners = [np.asarray(corner, float) + k * pitch * RIGHT for k in range(len(names))]
        self.places = [c + 0.5 * size * (RIGHT + DOWN) for c in corners]
        self.names = VGroup(
            *[
                stand(label(name, theme.text, BODY).move_to(c, LEFT), c[1] - size - 0.45)
                for name, c in zip(names, corners, strict=True)
            ]
        )
        self.frame: SurroundingRectangle | None = None
        super().__init__(*self.pictures, self.names, **kwargs)

    def gather(self) -> list[Any]:
        """Animations: the pictures go to their places."""
        return [
            picture.animate.scale(self.size / picture.width).move_to(place)
            for picture, place in zip(self.pictures, self.places, strict=True)
        ]

    def select(self, k: int) -> list[Any]:
        """Animations: a frame comes or goes to number k (-1 is the last), the others step back."""
        frame = SurroundingRectangle(
            self.pictures[k], buff=0.07, color=self.theme.attention, stroke_width=4
        )
        k %= len(self.pictures)
        steps = [
            step
            for j, (picture, name) in enumerate(zip(self.pictures, self.names, strict=True))
            for step in (
                picture.animate.set_opacity(1.0 if j == k else _DIM),
                name.animate.set_color(self.theme.text if j == k else self.theme.muted),
            )
        ]
        if self.frame is None:
            self.frame = frame
            return [Create(frame), *steps]
        return [self.frame.animate.move_to(frame), *steps]
