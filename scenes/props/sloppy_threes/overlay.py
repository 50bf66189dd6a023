"""Two images laid over each other: ink of the first, ink of the second, ink of both."""

from __future__ import annotations

from typing import Any

import numpy as np

from netglow.netcore.network import frozen
from netglow.netcore.study.overlaps import ink
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import grid
from netglow.scenes.stage.theme import Theme, rgb

FIRST, SECOND, BOTH = 1, 2, 3  # kinds of a pixel; 0 has no ink
ROLES = {FIRST: "positive", SECOND: "negative", BOTH: "text"}


class Overlay(Cells):
    """``first`` and ``second`` (rows, columns) 0..1 or bool on one grid; ``kinds`` is what is seen.

    Ink of the first alone is squares, of the second alone discs. None stands for no image.
    ``paper`` is how much of the ground is seen.
    """

    def __init__(
        self,
        first: np.ndarray | None,
        second: np.ndarray | None,
        theme: Theme,
        size: float = 3.0,
        paper: float = 1.0,
        **kwargs: Any,
    ) -> None:
        given = first if first is not None else second
        if given is None:
            raise ValueError("an overlay needs at least one image")
        rows, columns = given.shape
        kinds = np.zeros((rows, columns), int)
        for image, kind in ((first, FIRST), (second, SECOND)):
            kinds += 0 if image is None else kind * ink(image)
        self.theme, self.kinds = theme, frozen(kinds, int)
        centres, self.pitch = grid(rows, columns, size=size)
        flat = self.kinds.ravel()
        colours = np.array([rgb(theme.panel), *[rgb(getattr(theme, r)) for r in ROLES.values()]])
        super().__init__(
            centres,
            0.46 * self.pitch,
            np.where(flat == SECOND, 0.85, 0.0),
            fill=colours[flat],
            fill_alpha=np.where(flat == 0, paper, 1.0),
            **kwargs,
        )

    def count(self, kind: int) -> int:
        """How many pixels are of a kind."""
        return int((self.kinds == kind).sum())

    def lifted(self, kind: int) -> Cells:
        """Copies of the pixels of a kind, in reading order, where they are now."""
        these = np.flatnonzero(self.kinds == kind)
        return Cells(
            self.centres()[these], self.halves()[these], self.corner[these], fill=self.fill[these]
        )


def block(count: int, corner: np.ndarray, rows: int, pitch: float) -> np.ndarray:
    """Centres (count, 3), column after column of ``rows``, from the top left ``corner``."""
    k = np.arange(count)
    steps = np.stack([k // rows + 0.5, -(k % rows + 0.5), np.zeros(count)], axis=1)
    return np.asarray(corner, float) + pitch * steps
