"""Outputs as bars: one horizontal bar a class, 0 to 1."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from scenes.stage.batches import Cells
from scenes.stage.theme import Theme, rgb


class Bars(Cells):
    """Horizontal bars for ``values`` (n,) 0..1, each on a track of length ``length``.

    The first n cells are the tracks, the last n the bars. ``left`` (n, 3) is where the tracks
    begin. ``winner`` (None for none) is drawn in ``winner_role``.
    """

    def __init__(self, values: np.ndarray, left: np.ndarray, theme: Theme, length: float = 1.2,
                 height: float = 0.07, **kwargs: Any) -> None:  # fmt: skip
        self.left, self.length, self.bar_height = np.asarray(left, float), length, height
        self.theme = theme
        centre, half = self._boxes(np.zeros(len(left)))
        super().__init__(centre, half, corner=1.0, **kwargs)
        self.winner: int | None = None
        self.winner_role = "correct"
        self.set_values(values)

    def _boxes(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n = len(self.left)
        lengths = np.concatenate([np.ones(n), np.clip(values, 0, 1)]) * self.length
        centre = np.tile(self.left, (2, 1))
        centre[:, 0] += lengths / 2
        half = np.stack([lengths / 2, np.full(2 * n, self.bar_height / 2)], axis=1)
        return centre, half

    def set_values(self, values: np.ndarray) -> Self:
        """Show other values (n,) 0..1."""
        kept = np.array(values, float)
        kept.flags.writeable = False
        self.values = kept
        self.place(*self._boxes(kept))
        colours = np.tile(rgb(self.theme.text), (len(kept), 1))
        if self.winner is not None:
            colours[self.winner] = rgb(getattr(self.theme, self.winner_role))
        tracks = np.tile(rgb(self.theme.faint), (len(kept), 1))
        return self.set_arrays(fill=np.concatenate([tracks, colours]))

    def crown(self, winner: int | None, role: str = "correct") -> Self:
        """Draw one bar in the colour of a role."""
        self.winner, self.winner_role = winner, role
        return self.set_values(self.values)
