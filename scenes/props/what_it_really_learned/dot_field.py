"""Thousands of answers at a glance: each a dot, as bright as the answer is confident."""

from __future__ import annotations

from typing import Any

import numpy as np

from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme, rgb


class DotField(Cells):
    """``values`` (n,) 0..1 as dots in rows around ``centre``; those above ``limit`` stand out.

    They are larger, too, and have the colour of attention.
    """

    DATA = ("values",)

    def __init__(
        self,
        values: np.ndarray,
        theme: Theme,
        centre: np.ndarray,
        width: float,
        height: float,
        limit: float,
        **kwargs: Any,
    ) -> None:
        self.values = np.array(values, float)
        n = np.arange(len(self.values))
        columns = int(np.ceil(np.sqrt(len(n) * width / height)))
        rows = -(-len(n) // columns)
        x = (n % columns - (columns - 1) / 2) * width / columns
        y = ((rows - 1) / 2 - n // columns) * height / rows
        above = self.values > limit
        bright = (0.25 + 0.75 * self.values)[:, None]  # none is lost on the ground
        shade = rgb(theme.panel) + (rgb(theme.muted) - rgb(theme.panel)) * bright
        half = min(width / columns, height / rows) * np.where(above, 0.62, 0.4)
        super().__init__(
            np.stack([x, y, 0 * x], axis=1) + centre,
            half,
            1.0,
            np.where(above[:, None], rgb(theme.attention), shade),
            **kwargs,
        )
        self.rows = n // columns

    def unlit(self) -> Cells:
        """The same dots, invisible as yet."""
        return self.copy().set_arrays(fill_alpha=0.0)

    def delays(self, stagger: float = 0.8) -> np.ndarray:
        """(n,) 0..``stagger``: one row of dots after the other."""
        delays: np.ndarray = stagger * self.rows / max(self.rows.max(), 1)
        return delays
