"""Images in order of what they have in common with one, and a stranger among them."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, VGroup

from netglow.scenes.parts.images.thumbnails import Grow, Thumbnails
from netglow.scenes.parts.images.weight_wall import hang
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme


def in_rows(spots: np.ndarray, left: float | None = None) -> np.ndarray:
    """Places (n, 3) row by row, the last row brought to the middle or to begin at ``left``."""
    last = spots[:, 1] == spots[-1, 1]
    move = -spots[last, 0].mean() if left is None else left - spots[last, 0].min()
    return spots + np.where(last, move, 0)[:, None] * RIGHT


class RankedWall:
    """``images`` (n, rows, columns) from the least ``shares`` (n,) to the most, in ``box``.

    One place is left free, for the ``stranger`` with a share of its own: ``stranger_spot``. All
    are of ``size``; ``pile`` are the images, in the order given, ``place`` (n,) where each hangs;
    ``marks`` are the shares, in percent, with which the rows begin.
    """

    def __init__(
        self,
        images: np.ndarray,
        shares: np.ndarray,
        stranger: float,
        theme: Theme,
        box: tuple[float, float],
        middle: np.ndarray,
    ) -> None:
        spots, size = hang(len(images) + 1, *box, wide=1.05, high=1.05)
        self.spots, self.size = in_rows(spots, spots[0, 0]) + middle, 0.95 * size
        self.nearer = shares >= stranger
        self.place = shares.argsort(kind="stable").argsort(kind="stable") + self.nearer
        self.pile = Thumbnails(images, self.spots[self.place], self.size, theme)
        self.stranger_spot = self.spots[(~self.nearer).sum()]
        ranked, rows = np.sort(np.append(shares, stranger)), self.spots[:, 1]
        self.marks = VGroup(
            *[
                label(f"{100 * ranked[i]:.0f}%", theme.muted, CAPTION).move_to(
                    (self.spots[0, 0] - 0.55, rows[i], 0), aligned_edge=RIGHT
                )
                for i in np.flatnonzero(np.diff(rows, prepend=np.inf))
            ]
        )

    def spot_of(self, i: int) -> np.ndarray:
        """Where image i hangs."""
        return np.asarray(self.spots[self.place[i]])

    def grow(self, run_time: float) -> Grow:
        """The images come one after the other, the least alike first."""
        return Grow(self.pile, 0.75 * self.place / len(self.place), run_time=run_time)

    def fade_nearer(self) -> Thumbnails:
        """The pile with those dimmed that have more in common than the stranger."""
        return self.pile.copy().set_alpha(np.where(self.nearer, 0.3, 1.0))
