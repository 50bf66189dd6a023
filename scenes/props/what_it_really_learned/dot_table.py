"""A table of answers in which every image is a dot: rows are what it is, columns the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, ORIGIN, UP, Group, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import grid
from netglow.scenes.stage.text import BODY, label
from netglow.scenes.stage.theme import Theme, rgb


class DotTable(Group):
    """``truth`` and ``answer`` (n,) as n ``dots`` over ``frames``, a table around ``centre``.

    The dots stand in a crowd of so many ``columns`` around ``start``; ``placed`` is what they
    look like in the table, the wrong ones larger and in the colour of a mistake. ``counts``
    (classes, classes) is how many are in each field.
    """

    def __init__(
        self,
        truth: np.ndarray,
        answer: np.ndarray,
        names: Sequence[str],
        theme: Theme,
        size: float,
        centre: np.ndarray,
        start: np.ndarray,
        columns: int = 40,
        pitch: float = 0.11,
        **kwargs: Any,
    ) -> None:
        self.truth, self.answer, classes = np.array(truth), np.array(answer), len(names)
        self.counts = np.zeros((classes, classes), int)
        np.add.at(self.counts, (self.truth, self.answer), 1)
        fields, self.field = grid(classes, classes, size=size)
        self.fields = (fields + centre).reshape(classes, classes, 3)
        self.frames = Cells(self.fields.reshape(-1, 3), 0.47 * self.field, 0.1, rgb(theme.panel))
        self.names = VGroup(*self._names(names, theme))
        self.dots = self._crowd(start, columns, pitch, theme)
        self.placed = self._placed(theme)
        super().__init__(self.frames, self.names, self.dots, **kwargs)

    def _crowd(self, middle: np.ndarray, columns: int, pitch: float, theme: Theme) -> Cells:
        """All dots in rows, before they are told apart."""
        n = np.arange(len(self.truth))
        crowd = np.stack([n % columns, -(n // columns), 0 * n], axis=1) * pitch
        crowd = crowd - (crowd.max(axis=0) + crowd.min(axis=0)) / 2 + middle
        return Cells(crowd, 0.36 * pitch, 1.0, rgb(theme.text))

    def _placed(self, theme: Theme) -> Cells:
        """All dots in their fields, filled in the order of the images."""
        diagonal = np.eye(len(self.counts), dtype=bool)
        on, off = (
            self._grid(counts.max(initial=1))
            for counts in (np.diag(self.counts), self.counts[~diagonal])
        )
        places = np.empty((len(self.truth), 3))
        filled = np.zeros_like(self.counts)
        for k, (i, j) in enumerate(zip(self.truth, self.answer, strict=True)):
            places[k] = self.fields[i, j] + (on if i == j else off)[0][filled[i, j]]
            filled[i, j] += 1
        wrong = self.truth != self.answer
        colours = np.where(wrong[:, None], rgb(theme.wrong), rgb(theme.text))
        return Cells(places, 0.36 * np.where(wrong, off[1], on[1]), 1.0, colours)

    def _names(self, names: Sequence[str], theme: Theme) -> list[Any]:
        """The classes, left of the rows and above the columns."""
        made = []
        for i, name in enumerate(names):
            for at, side in ((self.fields[i, 0], LEFT), (self.fields[0, i], UP)):
                made.append(label(name, theme.text, BODY).move_to(at + 0.85 * self.field * side))
        return made

    def _grid(self, most: int) -> tuple[np.ndarray, float]:
        """Places (most or more, 3) of dots in a field, from its upper left corner, and the pitch.

        A few mistakes are larger dots than many right answers: they must be visible.
        """
        side = int(np.ceil(np.sqrt(most)))
        places, step = grid(side, side, size=0.84 * self.field)
        small = min(1.0, 0.13 / step)
        corner = 0.42 * self.field * (1 - small) * (UP + LEFT)
        return places * small + corner, step * small

    def around(self, truth: int, answer: int, theme: Theme) -> Cells:
        """A frame around one field."""
        return Cells(
            self.fields[truth, answer][None],
            0.54 * self.field,
            0.1,
            fill_alpha=0,
            stroke=rgb(theme.attention),
            stroke_alpha=1,
            stroke_width=3,
        )

    def heads(self, rows: str, columns: str, colour: str, size: float) -> VGroup:
        """What the rows and the columns are, along the table's left and upper side."""
        across = label(columns, colour, size)
        across.move_to(self.fields[0].mean(axis=0) + 1.55 * self.field * UP)
        down = label(rows, colour, size).rotate(np.pi / 2, about_point=ORIGIN)
        down.move_to(self.fields[:, 0].mean(axis=0) + 1.55 * self.field * LEFT)
        return VGroup(down, across)
