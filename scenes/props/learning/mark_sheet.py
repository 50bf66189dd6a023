"""Every image of a test as one mark: right or wrong."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme, rgb


class MarkSheet(Cells):
    """``right`` (n,) as marks in rows around ``middle``: squares where true, small discs else.

    ``marked`` (n,): which have been given; the others are empty boxes, and ``right`` is False.
    ``rows`` (n,) is each mark's row.
    """

    DATA = ("right",)

    def __init__(
        self,
        count: int,
        theme: Theme,
        middle: np.ndarray,
        width: float,
        height: float,
        **kwargs: Any,
    ) -> None:
        ideal = np.sqrt(count * width / height)
        columns = min(
            range(1, count + 1),
            key=lambda n: (count % n > 0 or not 0.7 * ideal < n < 1.4 * ideal, abs(n - ideal)),
        )
        rows = -(-count // columns)
        k = np.arange(count)
        self.rows = k // columns
        x = (k % columns - (columns - 1) / 2) * width / columns
        y = ((rows - 1) / 2 - self.rows) * height / rows
        self.half = min(width / columns, height / rows) / 2
        self.theme, self.right, self.marked = theme, np.zeros(count, bool), np.zeros(count, bool)
        super().__init__(
            np.stack([x, y, 0 * x], axis=1) + middle,
            self.half,
            stroke=rgb(theme.muted),
            stroke_width=1.5,
            **kwargs,
        )
        self.set_right(self.right, 0)

    def set_right(self, right: np.ndarray, count: int | None = None) -> Self:
        """Mark the first ``count`` images, or every one; the others keep their marks."""
        done = np.arange(len(self.right)) < (len(self.right) if count is None else count)
        kept = frozen(np.where(done, right, self.right), bool)
        self.right, self.marked = kept, frozen(self.marked | done, bool)
        theme, empty = self.theme, ~self.marked
        self.place(half=np.tile(self.half * np.where(kept | empty, 0.8, 0.62)[:, None], 2))
        fill = np.where(kept[:, None], rgb(theme.correct), rgb(theme.wrong))
        return self.set_arrays(
            corner=np.where(kept | empty, 0.2, 1.0),
            fill=np.where(empty[:, None], rgb(theme.panel), fill),
            stroke_alpha=np.where(empty, 0.8, 0.0),
        )
