"""Outputs as bars: one horizontal bar a class, 0 to 1."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme, rgb


class Bars(Cells):
    """Horizontal bars for ``values`` (n,) 0..1, each on a track of length ``length``.

    The first n cells are the tracks, the last n the bars. ``left`` (n, 3) is where the tracks
    begin, also after a move. ``winner`` (None for none) is drawn in ``winner_role``.
    """

    DATA = ("values", "winner", "winner_role")

    def __init__(
        self,
        values: np.ndarray,
        left: np.ndarray,
        theme: Theme,
        length: float = 1.2,
        height: float = 0.07,
        **kwargs: Any,
    ) -> None:
        self.theme = theme
        tracks = np.asarray(left, float) + np.array([length / 2, 0, 0])
        half = np.tile([length / 2, height / 2], (2 * len(tracks), 1))
        super().__init__(np.tile(tracks, (2, 1)), half, corner=1.0, **kwargs)
        self.winner: int | None = None
        self.winner_role = "correct"
        self.set_values(values)

    @property
    def left(self) -> np.ndarray:
        return self.sides()[: len(self) // 2, 1]

    def _reach(self, values: np.ndarray) -> None:
        """Let every bar reach its value (n,) on its track, wherever the track is now."""
        tracks = self.sides()[: len(self) // 2]
        right, left, top, bottom = tracks.transpose(1, 0, 2)
        tip = left + (right - left) * np.clip(values, 0, 1)[:, None]
        middle, up = (left + tip) / 2, (top - bottom) / 2
        bars = np.stack([tip, left, middle + up, middle - up], axis=1)
        self.points = np.concatenate([tracks, bars]).reshape(-1, 3)

    def set_values(self, values: np.ndarray) -> Self:
        """Show other values (n,) 0..1."""
        self.values = kept = frozen(values)
        self._reach(kept)
        colours = np.tile(rgb(self.theme.text), (len(kept), 1))
        if self.winner is not None:
            colours[self.winner] = rgb(getattr(self.theme, self.winner_role))
        tracks = np.tile(rgb(self.theme.faint), (len(kept), 1))
        return self.set_arrays(fill=np.concatenate([tracks, colours]))

    def crown(self, winner: int | None, role: str = "correct") -> Self:
        """Draw one bar in the colour of a role."""
        self.winner, self.winner_role = winner, role
        return self.set_values(self.values)
