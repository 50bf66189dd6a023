"""All weight images of a layer side by side, as one mobject."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import RIGHT

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import grid
from netglow.scenes.stage.theme import Theme


def hang(
    count: int, width: float, height: float, wide: float = 1.8, high: float = 1.12
) -> tuple[np.ndarray, float]:
    """Centres (count, 3), row by row, and the size of equal images in a box at the origin.

    Every image of size s gets s·``wide`` by s·``high``; the columns are chosen for the largest s.
    """

    def size(columns: int) -> float:
        rows = -(-count // columns)
        return min(width / columns / wide, height / rows / high)

    columns = max(range(1, count + 1), key=size)
    rows, s = -(-count // columns), size(columns)
    place = np.arange(count)
    x = (place % columns - (columns - 1) / 2) * width / columns
    y = ((rows - 1) / 2 - place // columns) * height / rows
    return np.stack([x, y, np.zeros(count)], axis=1), s


def in_rows(spots: np.ndarray) -> np.ndarray:
    """Places (n, 3) row by row, the last row brought to the middle."""
    last = spots[:, 1] == spots[-1, 1]
    return spots - np.where(last, spots[last, 0].mean(), 0)[:, None] * RIGHT


class WeightWall(Cells):
    """``values`` (n, rows, columns) as n images of ``size`` around ``centres`` (n, 3).

    Blue squares above zero, orange discs below, full colour from ±``scale`` on.
    """

    def __init__(
        self,
        values: np.ndarray,
        theme: Theme,
        centres: np.ndarray,
        size: float,
        scale: float,
        gap: float = 0.08,
        **kwargs: Any,
    ) -> None:
        cells, pitch = grid(*values.shape[1:], size=size)
        places = np.asarray(centres, float)[:, None] + cells
        super().__init__(places.reshape(-1, 3), pitch * (1 - gap) / 2, **kwargs)
        self.theme, self.value_scale, self.size = theme, scale, size
        self.set_values(values)

    def set_values(self, values: np.ndarray) -> Self:
        """Show other values of the same shape on the same scale."""
        self.values = frozen(values)
        flat = self.values.ravel()
        return self.set_arrays(
            fill=self.theme.signed(flat, self.value_scale), corner=np.where(flat < 0, 0.85, 0.0)
        )
