"""A frame around a few cells, and rays to where they are seen enlarged."""

from __future__ import annotations

import numpy as np
from manim import DOWN, RIGHT, UP, Line, Rectangle, VGroup

from netglow.scenes.stage.theme import Theme


def frame_around(points: np.ndarray, theme: Theme) -> Rectangle:
    """A frame around points (n, 3) that says: look here."""
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = (high - low)[:2] + 0.04
    made = Rectangle(width=width, height=height, stroke_width=3.5)
    return made.set_stroke(theme.attention).move_to((low + high) / 2)


class Magnifier(VGroup):
    """``lens`` around cells with ``sides`` (n, 4, 3), ``rays`` to the same cells enlarged.

    The enlarged cells, ``large`` (n, 4, 3), stand to the right.
    """

    def __init__(self, sides: np.ndarray, large: np.ndarray, theme: Theme) -> None:
        self.lens = frame_around(sides.reshape(-1, 3), theme)
        left, bottom = large.min(axis=(0, 1))[:2]
        top = large[..., 1].max()
        self.rays = VGroup(
            Line(self.lens.get_corner(UP + RIGHT), (left - 0.12, top, 0)),
            Line(self.lens.get_corner(DOWN + RIGHT), (left - 0.12, bottom, 0)),
        )
        self.rays.set_stroke(theme.attention, 2, 0.7)
        super().__init__(self.lens, self.rays)
