"""Every image of a test as one mark: right or wrong."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import RIGHT, Group

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb


class MarkSheet(Cells):
    """``right`` (n,) as marks in rows around ``middle``: squares where true, small discs else.

    Before :meth:`set_right` the marks have not been given. ``rows`` (n,) is each mark's row.
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
        self.theme, self.right = theme, np.zeros(count, bool)
        super().__init__(
            np.stack([x, y, 0 * x], axis=1) + middle,
            0.8 * self.half,
            0.2,
            rgb(theme.panel),
            **kwargs,
        )

    def set_right(self, right: np.ndarray) -> Self:
        """Mark every image."""
        kept, theme = frozen(right, bool), self.theme
        self.right = kept
        self.place(half=np.tile(self.half * np.where(kept, 0.8, 0.62)[:, None], 2))
        return self.set_arrays(
            corner=np.where(kept, 0.2, 1.0),
            fill=np.where(kept[:, None], rgb(theme.correct), rgb(theme.wrong)),
        )


def mark_key(
    right: str, wrong: str, corner: np.ndarray, theme: Theme, pitch: float = 0.45
) -> Group:
    """What the two marks mean, below each other from ``corner`` on."""
    key = Group()
    for k, (word, colour) in enumerate(((right, theme.correct), (wrong, theme.wrong))):
        place = np.asarray(corner, float) + np.array([0.12, -pitch * k, 0])
        mark = MarkSheet(1, theme, place, 0.24, 0.24).set_right(np.array([k == 0]))
        name = label(word, colour, CAPTION).next_to(mark, RIGHT, buff=0.15)
        key.add(mark, stand(name, place[1] - CAPTION / 2))
    return key
