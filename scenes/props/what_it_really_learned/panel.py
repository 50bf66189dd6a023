"""An image that the network is asked about: large, a line below it, and the answer beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Group, LaggedStart, UpdateFromAlphaFunc, VMobject
from manim.animation.fading import FadeIn, FadeOut

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.what_it_really_learned.answer import Answer
from netglow.scenes.stage.text import HEADING, label
from netglow.scenes.stage.theme import Theme

_SIZE, _MIDDLE, _NOTE_Y = 5.4, np.array([-3.8, 0.6, 0]), -2.8
_ANSWER = {"x": -0.4, "y": 0.8, "height": 4.75, "length": 4.7}


def role_of(outputs: np.ndarray, digit: int | None) -> str:
    """The colour of an answer (classes,) to a digit; what your own image shows, nobody knows."""
    if digit is None:
        return "attention"
    return "correct" if int(np.argmax(outputs)) == digit else "wrong"


class Panel:
    """``pixels``, the image; ``note``, a ``text`` below it; ``answer``, all outputs, 0 at first.

    ``names`` are the classes; ``missing`` and ``nearly`` are words of the answer.
    """

    def __init__(
        self,
        image: np.ndarray,
        text: str,
        role: str,
        names: Sequence[str],
        theme: Theme,
        missing: str,
        nearly: str,
    ) -> None:
        self.theme = theme
        self.pixels: Any = PixelImage(image, theme, _SIZE).move_to(_MIDDLE)
        self.note = self._line(text, role)
        nothing = np.zeros(len(names))
        self.answer = Answer(nothing, names, theme, missing=missing, nearly=nearly, **_ANSWER)

    def all(self) -> Group:
        """Everything there is."""
        return Group(self.pixels, self.note, self.answer)

    def give(self, outputs: np.ndarray, digit: int | None, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the answer changes, in the colour it has as an answer to the digit."""
        return self.answer.change(outputs, role_of(outputs, digit), **kwargs)

    def write(self, text: str, role: str) -> LaggedStart:
        """Animation: another line takes the place of the one below the image."""
        before, self.note = self.note, self._line(text, role)
        return LaggedStart(FadeOut(before), FadeIn(self.note), lag_ratio=0.6)

    def _line(self, text: str, role: str) -> VMobject:
        line = label(text, getattr(self.theme, role), HEADING, bold=True)
        return stand(line.set_x(_MIDDLE[0]), _NOTE_Y)
