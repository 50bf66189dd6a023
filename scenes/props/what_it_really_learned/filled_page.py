"""All the numbers of a network, which pour into a page and fill it."""

from __future__ import annotations

from typing import Any

import numpy as np

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.theme import Theme, robust_scale


class FilledPage(Cells):
    """``values`` (n,) as n tiny signed cells, row by row, in a box (width, height) at ``middle``.

    Blue squares above zero, orange discs below, as in a weight image.
    """

    DATA = ("values",)

    def __init__(
        self, values: np.ndarray, theme: Theme, box: tuple[float, float], middle: np.ndarray
    ) -> None:
        self.values, (width, height) = np.array(values, float), box
        k = np.arange(len(self.values))
        columns = int(np.ceil(np.sqrt(len(k) * width / height)))
        rows = -(-len(k) // columns)
        across, down = width / columns, height / rows
        x = (k % columns - (columns - 1) / 2) * across
        y = ((rows - 1) / 2 - k // columns) * down
        super().__init__(
            np.stack([x, y, 0 * x], axis=1) + middle,
            0.46 * min(across, down),
            np.where(self.values < 0, 0.85, 0.0),
            theme.signed(self.values, robust_scale(self.values, 0.97)),
        )

    def pour(self, mouth: np.ndarray, **kwargs: Any) -> Wave:
        """Animation: the numbers come in through a ``mouth`` and go to their places."""
        whole = self.copy()
        start = np.tile(mouth, (len(self), 1))
        start[:, 1] += np.random.default_rng(0).uniform(-0.25, 0.25, len(self))
        self.place(start, self.halves()).set_arrays(fill_alpha=0.0)
        return Wave(self, whole, np.linspace(0, 0.75, len(self)), paint=(0, 0.3), **kwargs)
