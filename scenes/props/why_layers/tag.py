"""A small sign that says what kind of thing a picture is: not data, but a hope or an analogy."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, RoundedRectangle, VGroup

from netglow.scenes.stage.text import BODY, label
from netglow.scenes.stage.theme import Theme


class Tag(VGroup):
    """``text`` in a rounded frame; ``corner`` is its upper right corner."""

    def __init__(self, text: str, theme: Theme, corner: np.ndarray) -> None:
        super().__init__()
        self.text = label(text, theme.attention, BODY, bold=True)
        self.frame = RoundedRectangle(corner_radius=0.14, width=self.text.width + 0.5, height=0.56)
        self.frame.set_stroke(theme.attention, 2.5).set_fill(opacity=0)
        self.add(self.frame.move_to(self.text), self.text)
        self.move_to(corner, UP + RIGHT)
