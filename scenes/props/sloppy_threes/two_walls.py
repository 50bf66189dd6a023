"""All images of one digit beside all of another, and what they have in common as two bars."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import RIGHT, UP, Group, UpdateFromAlphaFunc, VGroup

from netglow.scenes.parts.images.thumbnails import Thumbnails
from netglow.scenes.parts.images.weight_wall import hang, in_rows
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

_BOX, _X, _Y = (6.0, 4.05), 3.45, 1.2  # of a wall, and where its middle is
_BAR_Y = (-1.75, -2.5)
_BAR_LEFT, _BAR_LONG, _BAR_HIGH = -1.6, 6.2, 0.34


class TwoWalls(Group):
    """Two stacks of images (n, rows, columns), side by side, and a bar for each of two ``shares``.

    ``walls`` are the thumbnails, ``names`` what the bars are of, ``numbers`` their shares in
    percent; all bars begin at the same place, and a whole one stands for 100%.
    """

    def __init__(
        self,
        images: tuple[np.ndarray, np.ndarray],
        shares: tuple[float, float],
        names: tuple[str, str],
        theme: Theme,
    ) -> None:
        self.shares = shares
        self.walls, self.sizes = [], []
        for stack, x in zip(images, (-_X, _X), strict=True):
            spots, size = hang(len(stack), *_BOX, wide=1.04, high=1.04)
            spots = in_rows(spots) + np.array([x, _Y, 0])
            self.walls.append(Thumbnails(stack, spots, 0.95 * size, theme))
            self.sizes.append(0.95 * size)
        left = np.array([[_BAR_LEFT, y, 0] for y in _BAR_Y])
        self.bars = [
            Bars(np.zeros(1), left[i : i + 1], theme, _BAR_LONG, _BAR_HIGH) for i in range(2)
        ]
        self.names, self.numbers, self.percents = VGroup(), VGroup(), VGroup()
        for name, y in zip(names, _BAR_Y, strict=True):
            text = label(name, theme.text, BODY).move_to((_BAR_LEFT - 0.3, y, 0), RIGHT)
            self.names.add(stand(text, y - BODY / 2))
            number = Number(0, theme.text, HEADING, 0, bold=True, anchor=RIGHT)
            number.move_to((_BAR_LEFT + _BAR_LONG + 0.9, y, 0), RIGHT)
            self.numbers.add(stand(number, y - HEADING / 2))
            percent = label("%", theme.text, HEADING, bold=True)
            self.percents.add(stand(percent.next_to(number, RIGHT, buff=0.08), y - HEADING / 2))
        super().__init__(*self.walls, *self.bars, self.names, self.numbers, self.percents)

    def row(self, i: int) -> Group:
        """What stands beside and on bar i."""
        return Group(self.names[i], self.bars[i], self.numbers[i], self.percents[i])

    def measure(self, i: int, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: bar i grows to its share, and its number with it."""

        def grow(row: Any, alpha: float) -> None:
            share = alpha * self.shares[i]
            row[1].set_values(np.array([share]))
            row[2].set_value(100 * share)

        return UpdateFromAlphaFunc(self.row(i), grow, **kwargs)

    def note_at(self) -> np.ndarray:
        """Where a line fits that says what the bars measure: above their left end."""
        return np.array([_BAR_LEFT, _BAR_Y[0] + 0.5, 0]) + UP * 0.02
