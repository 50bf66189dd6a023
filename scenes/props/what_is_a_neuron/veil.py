"""A curtain of background colour that closes from one side: what passes under it fades away."""

from __future__ import annotations

import numpy as np

from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme, rgb

STEPS = 32


def veil(clear: float, hidden: float, end: float, y: float, height: float, theme: Theme) -> Cells:
    """Nothing is hidden left of ``clear``, everything from ``hidden`` to ``end`` (x)."""
    left = np.linspace(clear, hidden, STEPS)
    t = np.linspace(0, 1, STEPS + 1)
    seen = np.clip(1 - t * t * (3 - 2 * t), 1e-3, 1)
    # every sheet reaches to the end, so that no seams show; each takes its part of the light
    alpha = 1 - seen[1:] / seen[:-1]
    centre = np.stack([(left + end) / 2, np.full(STEPS, y), np.zeros(STEPS)], axis=1)
    half = np.stack([(end - left) / 2, np.full(STEPS, height / 2)], axis=1)
    return Cells(centre, half, fill=rgb(theme.background), fill_alpha=alpha)
