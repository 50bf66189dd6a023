"""Texts and numbers that stand on one line, whatever letters reach below it."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from manim import UP, Dot, Mobject, VMobject

_Text = TypeVar("_Text", bound=VMobject)


def baseline(text: Mobject) -> float:
    """Height of the line on which most of the glyphs stand."""
    glyphs = [glyph for glyph in text if not isinstance(glyph, Dot)]  # a space is a Dot
    return float(np.median([glyph.get_bottom()[1] for glyph in glyphs]))


def stand(text: _Text, y: float) -> _Text:
    """Move a text up or down until it stands at ``y``."""
    text.shift(UP * (y - baseline(text)))
    return text
