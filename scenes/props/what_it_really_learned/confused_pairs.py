"""The most frequent confusions, framed in their table, each with a digit it happened to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, Group, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.props.what_it_really_learned.dot_table import DotTable
from netglow.scenes.stage.text import BODY, CAPTION, label
from netglow.scenes.stage.theme import Theme


class ConfusedPairs(Group):
    """``pairs`` of (truth, answer, count) below each other from ``top`` on.

    ``images`` (n, rows, columns) are those of the ``table``; ``words_for(truth, answer, count)``
    returns the two lines beside an example. Each of ``rows`` is a frame, an image and its words.
    """

    def __init__(
        self,
        pairs: Sequence[tuple[int, int, int]],
        table: DotTable,
        images: np.ndarray,
        words_for: Callable[[int, int, int], tuple[str, str]],
        theme: Theme,
        top: np.ndarray,
        size: float = 1.15,
        pitch: float = 1.3,
    ) -> None:
        self.pairs = list(pairs)
        self.rows: list[tuple[Cells, PixelImage, VGroup]] = []
        for place, (truth, answer, count) in enumerate(self.pairs):
            fits = (table.truth == truth) & (table.answer == answer)
            image = PixelImage(images[np.flatnonzero(fits)[0]], theme, size)
            image.move_to(top + pitch * place * DOWN)
            large, small = words_for(truth, answer, count)
            words = VGroup(label(large, theme.text, BODY), label(small, theme.muted, CAPTION))
            words.arrange(DOWN, buff=0.16, aligned_edge=LEFT).next_to(image, RIGHT, buff=0.35)
            self.rows.append((table.around(truth, answer, theme), image, words))
        super().__init__(*[part for row in self.rows for part in row])

    def left_out(self, table: Any) -> int:
        """How many more pairs are as frequent as the last that is shown."""
        off = np.array(table)
        np.fill_diagonal(off, 0)
        last = self.pairs[-1][2]
        return int((off == last).sum()) - sum(count == last for *_, count in self.pairs)
