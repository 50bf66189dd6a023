"""Frames and lines that point at pixels and stand out on ink and on paper alike."""

from __future__ import annotations

import numpy as np
from manim import Rectangle, VMobject

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.stage.theme import Theme


def cased(line: VMobject, theme: Theme, width: float) -> VMobject:
    """A line in the attention colour with a casing of the background's colour."""
    line.set_stroke(theme.background, width + 3, background=True)
    return line.set_stroke(theme.attention, width)


def pixel_frame(image: PixelImage, place: np.ndarray, columns: int = 1) -> VMobject:
    """A frame around so many pixels of a row, with ``place`` in its middle."""
    made = Rectangle(width=(columns + 0.2) * image.pitch, height=1.2 * image.pitch)
    return cased(made.move_to(place), image.theme, 3 if columns == 1 else 1.5)
