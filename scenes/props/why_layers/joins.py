"""Lines that say "these belong together": symbols, not weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, Mobject

from netglow.scenes.engine.batches import Edges
from netglow.scenes.stage.theme import Theme

_AWAY = 0.12  # a line keeps off what it joins


def joins(
    pairs: Iterable[tuple[Mobject, Mobject]], theme: Theme, light: float = 0.35, **kwargs: Any
) -> Edges:
    """One line from the right side of the first to the left side of the second of each pair."""
    joined = list(pairs)
    starts = np.array([a.get_right() + _AWAY * RIGHT for a, _ in joined])
    ends = np.array([b.get_left() + _AWAY * LEFT for _, b in joined])
    return Edges(starts, ends, theme.light_of(theme.text), light, stroke_width=2.0, **kwargs)
