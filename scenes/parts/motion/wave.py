"""Many cells change one after the other, each from what it is to what it becomes."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, linear

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.network.neurons import staggered


class Wave(Animation):
    """Every cell goes to the place, size and look of the same cell of ``target``.

    Parameters
    ----------
    delays
        (n,) 0..1, the share of the run at which each cell leaves.
    paint
        The stretch of a cell's own way, 0..1, on which it takes the new colour.
    fall
        Cells gather speed downwards, as if poured.
    shows
        What the animation draws anew, where that is more than the cells.
    """

    def __init__(
        self,
        cells: Cells,
        target: Cells,
        delays: np.ndarray,
        paint: tuple[float, float] = (0.0, 1.0),
        fall: bool = False,
        shows: Mobject | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(shows or cells, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.cells, self.target, self.delays = cells, target, np.asarray(delays, float)
        self.paint, self.fall = paint, fall

    def begin(self) -> None:
        self.before = self.cells.copy()
        super().begin()

    def shares(self, alpha: float) -> np.ndarray:
        """(n,) how far each cell has come, 0..1."""
        return staggered(self.rate_func(alpha), self.delays)

    def interpolate_mobject(self, alpha: float) -> None:
        moved = self.shares(alpha)
        first, last = self.paint
        painted = np.clip((moved - first) / (last - first), 0, 1)
        arrays = {}
        for name in Cells.ARRAYS:
            a, b = getattr(self.before, name), getattr(self.target, name)
            arrays[name] = a + (b - a) * (painted[:, None] if a.ndim == 2 else painted)
        self.cells.set_arrays(**arrays)
        along = np.repeat(moved, Cells.POINTS_PER_ITEM)
        down = along**2 if self.fall else along
        way = self.target.points - self.before.points
        self.cells.points = self.before.points + way * np.stack([along, down, along], axis=1)


def reading_order(rows: int, columns: int, *, stagger: float = 0.6) -> np.ndarray:
    """Delays (rows*columns,) 0..``stagger`` of a wave from the top left to the bottom right."""
    i, j = np.mgrid[0:rows, 0:columns]
    return np.asarray(stagger * ((i + 0.35 * j) / (rows - 1 + 0.35 * (columns - 1))).ravel())
