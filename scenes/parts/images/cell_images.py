"""Images as cells: grey pixels and signed weights."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme, rgb, robust_scale


def grid(rows: int, columns: int, *, size: float) -> tuple[np.ndarray, float]:
    """Centres (rows*columns, 3), row by row from the top left, and the pitch of a grid.

    ``size`` is the longer side; the grid is centred on the origin.
    """
    pitch = size / max(rows, columns)
    j, i = np.meshgrid(np.arange(columns), np.arange(rows))
    x = (j - (columns - 1) / 2) * pitch
    y = ((rows - 1) / 2 - i) * pitch
    return np.stack([x.ravel(), y.ravel(), np.zeros(x.size)], axis=1), pitch


class _Grid(Cells):
    """Cells in rows and columns; ``values`` has the shape of the grid."""

    DATA: tuple[str, ...] = ("values",)

    def __init__(
        self, values: np.ndarray, theme: Theme, size: float, gap: float, **kwargs: Any
    ) -> None:
        values = np.asarray(values, float)
        if values.ndim != 2:
            raise ValueError(f"an image has rows and columns; found shape {values.shape}")
        centres, self.pitch = grid(*values.shape, size=size)
        super().__init__(centres, self.pitch * (1 - gap) / 2, **kwargs)
        self.theme = theme
        self.values = values

    def index(self, row: int, column: int) -> int:
        """Place of a cell in the flat order (row by row)."""
        return int(row * self.values.shape[1] + column)

    def _keep(self, values: np.ndarray) -> np.ndarray:
        self.values = frozen(values).reshape(self.values.shape)
        return self.values.ravel()


class PixelImage(_Grid):
    """Grey values 0..1 (rows, columns) as squares, 0 ``off`` and 1 ``on``."""

    def __init__(
        self, values: np.ndarray, theme: Theme, size: float = 3.0, gap: float = 0.08, **kwargs: Any
    ) -> None:
        super().__init__(values, theme, size, gap, stroke=rgb(theme.faint), **kwargs)
        self.set_values(values)

    def set_values(self, values: np.ndarray) -> Self:
        """Show other grey values 0..1 of the same shape."""
        return self.set_arrays(fill=self.theme.brightness(self._keep(values)))


class WeightImage(_Grid):
    """Signed values (rows, columns): blue squares above zero, smaller orange discs below.

    Full colour from ±``scale`` on (default: the values' 99th percentile). The second cue, the
    rounding, tells the signs apart without colour.
    """

    DATA = ("values", "value_scale")

    def __init__(
        self,
        values: np.ndarray,
        theme: Theme,
        size: float = 3.0,
        scale: float | None = None,
        gap: float = 0.08,
        **kwargs: Any,
    ) -> None:
        super().__init__(values, theme, size, gap, stroke=rgb(theme.faint), **kwargs)
        self.value_scale = robust_scale(values) if scale is None else scale
        self.set_values(values)

    def set_values(self, values: np.ndarray) -> Self:
        """Show other signed values of the same shape on the same scale."""
        flat = self._keep(values)
        return self.set_arrays(
            fill=self.theme.signed(flat, self.value_scale), corner=np.where(flat < 0, 0.85, 0.0)
        )
