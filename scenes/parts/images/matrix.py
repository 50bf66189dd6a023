"""Matrices as cells: a few entries large enough for numbers, all others as shades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import DOWN, RIGHT, Group, Rectangle, VGroup, VMobject

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.magnifier import frame_around
from netglow.scenes.stage.text import Number
from netglow.scenes.stage.theme import Theme, contrast, rgb

ENTRY = 0.22  # cap height of a number on a cell
READABLE = 4.5  # contrast of a number with its cell
POINT = -3  # the decimal point among a number's glyphs
_INSET = 0.94  # large entries leave a gap to their neighbours
_THIN = 0.005  # entries that are thinner overlap: no background shines through


@dataclass(frozen=True, eq=False)
class Spacing:
    """Places of the entries along one side of a matrix: centres and half sizes (n,), around 0.

    ``large`` are the entries that carry numbers.
    """

    centres: np.ndarray
    halves: np.ndarray
    large: range

    @classmethod
    def even(cls, count: int, length: float) -> Spacing:
        """All entries alike."""
        return cls(
            ((np.arange(count) + 0.5) / count - 0.5) * length,
            np.full(count, max(length / count / 2, _THIN)),
            range(count),
        )

    @classmethod
    def lens(cls, count: int, start: int, width: int, pitch: float, rest: float) -> Spacing:
        """``width`` entries from ``start`` have the size ``pitch``; the others share ``rest``."""
        sizes = np.full(count, rest / max(count - width, 1))
        large = slice(start, start + width)
        sizes[large] = pitch
        ends = np.cumsum(sizes)
        halves = np.maximum(sizes / 2, _THIN)
        halves[large] *= _INSET
        return cls(ends - sizes / 2 - ends[-1] / 2, halves, range(start, start + width))


def boxes(rows: Spacing, columns: Spacing, centre: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centres (r*c, 3) and half sizes (r*c, 2) of a matrix, row by row from the top left."""
    x, y = np.meshgrid(columns.centres, -rows.centres)
    half_x, half_y = np.meshgrid(columns.halves, rows.halves)
    places = np.stack([x.ravel(), y.ravel(), np.zeros(x.size)], axis=1) + centre
    return places, np.stack([half_x.ravel(), half_y.ravel()], axis=1)


class Matrix(Group):
    """``values`` (r, c) around ``centre``, spaced by ``rows`` and ``columns``.

    The large entries carry ``numbers``, one group for every large row. ``cells`` may stand
    anywhere; ``target`` is what they look like in the matrix. ``fence`` are the brackets. The
    parts are shown one by one.
    """

    def __init__(
        self,
        values: np.ndarray,
        cells: Cells,
        rows: Spacing,
        columns: Spacing,
        centre: np.ndarray,
        theme: Theme,
        fence: str = "muted",
    ) -> None:
        super().__init__()
        self.rows, self.columns, self.centre, self.theme = rows, columns, centre, theme
        self.values = frozen(values).reshape(len(rows.centres), len(columns.centres))
        self.cells = cells
        self.target: Cells = cells.copy().place(*boxes(rows, columns, centre))
        self._make_legible()
        self.numbers = VGroup(
            *[VGroup(*[self._number(i, k) for k in columns.large]) for i in rows.large]
        )
        self._align()
        low = self.target.sides().min(axis=(0, 1)) - 0.07
        high = self.target.sides().max(axis=(0, 1)) + 0.07
        self.fence = brackets(low[0], high[0], low[1], high[1], getattr(theme, fence))
        self.add(cells, self.fence, self.numbers)

    def at(self, row: int, column: int = 0) -> np.ndarray:
        """Middle of an entry, (3,)."""
        x, y = self.columns.centres[column], self.rows.centres[row]
        middle: np.ndarray = self.centre + RIGHT * x + DOWN * y
        return middle

    def frame(self, row: int | None = None, column: int | None = None) -> Rectangle:
        """A frame around an entry, a whole row (no column given) or a whole column."""
        sides = self.target.sides().reshape(*self.values.shape, -1, 3)
        sides = sides if row is None else sides[row : row + 1]
        sides = sides if column is None else sides[:, column : column + 1]
        return frame_around(sides.reshape(-1, 3), self.theme)

    def ink(self, row: int, column: int = 0) -> str:
        """Colour of the number on an entry."""
        fill = self.target.fill[row * len(self.columns.centres) + column]
        return readable_ink(fill, self.theme)

    def number(self, row: int, column: int = 0) -> Number:
        """The number on a large entry."""
        in_row: Any = self.numbers[row - self.rows.large[0]]
        number: Number = in_row[column - self.columns.large[0]]
        return number

    def _make_legible(self) -> None:
        """Large entries take a little less colour where neither ink would stand out."""
        fill = self.target.fill.copy()
        for i in self.rows.large:
            for k in self.columns.large:
                place = i * len(self.columns.centres) + k
                fill[place] = legible(fill[place], self.theme)
        self.target.set_arrays(fill=fill)

    def _number(self, row: int, column: int) -> Number:
        return Number(self.values[row, column], self.ink(row, column), ENTRY)

    def _align(self) -> None:
        """Decimals below each other, the widest number in the middle of its cell."""
        widest = max((n for row in self.numbers for n in row), key=lambda n: n.width)
        self.point = float(widest[POINT].get_x() - widest.get_x())
        for i in self.rows.large:
            for k in self.columns.large:
                set_point(self.number(i, k), self.at(i, k) + RIGHT * self.point)


def set_point(number: Number, place: np.ndarray) -> Number:
    """Move a number with two decimals so that its decimal point is above or below ``place``."""
    number.set_y(place[1])
    return number.shift(RIGHT * (place[0] - number[POINT].get_x()))


def _hex(colour: np.ndarray) -> str:
    return "#" + "".join(f"{round(255 * share):02x}" for share in colour)


def readable_ink(fill: np.ndarray, theme: Theme) -> str:
    """Of the theme's two inks the one with more contrast on a colour (3,), sRGB 0..1."""
    return max((theme.ink_on, theme.ink_off), key=lambda ink: contrast(ink, _hex(fill)))


def legible(fill: np.ndarray, theme: Theme) -> np.ndarray:
    """A colour (3,), as far towards the panel as one of the inks needs to reach ``READABLE``."""
    for share in np.linspace(0, 1, 51):
        mixed: np.ndarray = fill + (rgb(theme.panel) - fill) * share
        if contrast(readable_ink(mixed, theme), _hex(mixed)) >= READABLE:
            return mixed
    raise ValueError(f"theme {theme.name!r}: neither ink can be read on the panel")


def brackets(
    left: float, right: float, bottom: float, top: float, colour: str, lip: float = 0.11
) -> VGroup:
    """Square brackets around a box."""
    pair = VGroup()
    for x, inward in ((left, lip), (right, -lip)):
        line = VMobject(stroke_color=colour, stroke_width=3)
        corners = ((x + inward, top), (x, top), (x, bottom), (x + inward, bottom))
        line.set_points_as_corners([np.array([*corner, 0.0]) for corner in corners])
        pair.add(line)
    return pair
