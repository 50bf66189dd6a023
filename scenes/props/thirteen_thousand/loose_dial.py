"""One dial leaves the wall, grows, cannot make up its mind, and goes back."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import UP, Group, Transform, UpdateFromAlphaFunc

from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.stage.text import TITLE, label
from netglow.scenes.stage.theme import Theme

_CENTRE, _RADIUS = np.array([0.0, -0.75, 0.0]), 1.7


class LooseDial(Group):
    """A copy ``small`` of one dial of the wall; ``question`` is what stands above it when large."""

    def __init__(self, small: Dials, question: str, theme: Theme, **kwargs: Any) -> None:
        self.home, self.value = small.copy(), small.values
        self.dial = small
        self.end = small.value_scale
        self.large = Dials(small.values, _CENTRE[None], _RADIUS, self.end, theme, 0.8, 9, ring=3)
        self.question = label(question, theme.attention, 2 * TITLE, bold=True)
        self.question.move_to(_CENTRE + UP * (_RADIUS + 0.75))
        super().__init__(self.dial, **kwargs)

    def leave(self) -> Transform:
        """Animation: it grows to the middle."""
        return Transform(self.dial, self.large)

    def come_back(self) -> Transform:
        """Animation: it goes to where it was."""
        return Transform(self.dial, self.home)

    def dither(self, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: it turns to one side, to the other, a little less, and back to its value."""

        def turn(_: Any, alpha: float) -> None:
            swing = np.sin(3 * 2 * np.pi * alpha) * (1 - alpha) ** 0.5
            self.dial.set_values(self.value + 0.8 * self.end * swing)

        return UpdateFromAlphaFunc(self.dial, turn, rate_func=lambda t: t, **kwargs)
