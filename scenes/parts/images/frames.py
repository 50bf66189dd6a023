"""Frames that say: look here."""

from __future__ import annotations

from numpy.typing import ArrayLike

from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme, rgb


def frames(centres: ArrayLike, halves: ArrayLike, theme: Theme) -> Cells:
    """Frames at ``centres`` (n, 3), ``halves`` wide and high: a number, (n,) or (n, 2)."""
    return Cells(
        centres, halves, fill_alpha=0, stroke=rgb(theme.attention), stroke_alpha=1, stroke_width=3
    )
