"""Texts that nobody has measured beforehand, brought into the room there is."""

from __future__ import annotations

from manim import VMobject


def fit(text: VMobject, width: float) -> VMobject:
    """The text, made smaller only if it is wider than ``width``."""
    return text.scale(min(1.0, width / max(text.width, 1e-6)))
