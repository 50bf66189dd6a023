"""Every test image as one small cell: read rightly, or not."""

from __future__ import annotations

from typing import Any

import numpy as np

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import grid
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.theme import Theme, rgb


class Tally(Cells):
    """``values`` (n,) of 1 (right) and 0 (wrong) in rows, within a square of ``size``.

    Right ones are squares, wrong ones larger discs: their kind is told without colour, too.
    """

    DATA = ("values",)

    def __init__(self, values: np.ndarray, theme: Theme, size: float, centre: np.ndarray) -> None:
        self.values = kept = np.asarray(values, float)
        side = int(np.ceil(np.sqrt(len(kept))))
        places, pitch = grid(side, side, size=size)
        right = kept > 0.5
        colours = np.where(right[:, None], rgb(theme.correct), rgb(theme.wrong))
        super().__init__(
            places[: len(kept)] + centre,
            np.where(right, 0.34, 0.5)[:, None] * pitch * np.ones(2),
            corner=np.where(right, 0.2, 1.0),
            fill=colours,
            fill_alpha=np.where(right, 0.75, 1.0),
        )

    def appear(self, **kwargs: Any) -> Wave:
        """Animation: one image after the other is judged."""
        whole = self.copy()
        self.place(half=1e-4 * np.ones((len(self), 2)))
        return Wave(self, whole, np.linspace(0, 0.8, len(self)), **kwargs)
