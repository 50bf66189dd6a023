"""Texts and numbers that stand on one line, whatever letters reach below it."""

from __future__ import annotations

import numpy as np
from manim import UP, Dot, VGroup


def baseline(text: VGroup) -> float:
    """Height of the line on which most of the glyphs stand."""
    return float(
        np.median(
            [
                glyph.get_bottom()[1]
                for glyph in text  # a space is a Dot
                if not isinstance(glyph, Dot)
            ]
        )
    )


def stand(text: VGroup, y: float) -> VGroup:
    """Move a text up or down until it stands at ``y``."""
    return text.shift(UP * (y - baseline(text)))
