"""A few lines of text below each other, at even distances whatever their letters are."""

from __future__ import annotations

import numpy as np
from manim import LEFT, VGroup

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, label


def paragraph(text: str, colour: str, size: float = CAPTION, side: np.ndarray = LEFT) -> VGroup:
    """The lines of ``text``, flush on a ``side`` (ORIGIN: centred)."""
    made = VGroup(*[label(line, colour, size) for line in text.split("\n")])
    for i, line in enumerate(made):
        stand(line.move_to(np.zeros(3), aligned_edge=side), -1.85 * size * i)
    return made
