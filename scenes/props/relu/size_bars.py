"""Bars of sizes that differ by many powers of ten, two beside each other in every group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, Group, Line, UpdateFromAlphaFunc, VGroup

from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.histogram import Histogram
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb

_LEFT, _RIGHT, _FOOT, _TOP = -5.0, 6.3, -2.2, 2.3  # of the scale
_SHARE = 0.5  # of a group's width that its bars take


def plain(value: float, digits: int = 2) -> str:
    """A small number with so many digits after its leading zeros, without an exponent."""
    exponent = int(f"{value:.{digits - 1}e}".split("e")[1])  # after rounding
    places = max(0, digits - 1 - exponent)
    return f"{value:.{places}f}"


class SizeBars(Group):
    """``sizes`` (rows, groups) > 0 as upright bars on a scale of powers of ten.

    ``grid`` are the lines, one for each power, ``numbers`` what they stand for; ``bars[row]`` the
    bars of a row, in ``colours[row]``. ``names`` stand under the groups, whose middles are ``xs``
    (groups,).
    """

    def __init__(
        self,
        sizes: np.ndarray,
        colours: Sequence[str],
        names: Sequence[str],
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.sizes = np.array(sizes, float)
        logs = np.log10(self.sizes)
        low, high = int(np.floor(logs.min())), int(np.ceil(logs.max()))
        groups = self.sizes.shape[1]
        unit = (_TOP - _FOOT) / (high - low)
        self.grid, self.numbers = VGroup(), VGroup()
        for power in range(low, high + 1):
            self._add_line(power, _FOOT + (power - low) * unit, theme)
        axis = Axis(0, groups, [_LEFT, _FOOT, 0], [_RIGHT, _FOOT, 0], theme)
        self.bars = self._bars(logs - low, colours, axis, unit, theme)
        self.xs = axis.at(np.arange(groups) + 0.5)[:, 0]
        self.names = VGroup(
            *[
                stand(label(name, theme.muted, CAPTION).move_to((x, _FOOT, 0)), _FOOT - 0.4)
                for name, x in zip(names, self.xs, strict=True)
            ]
        )
        self.frame = VGroup(self.grid, self.numbers, self.names)
        self.add(self.frame, *self.bars)

    def _add_line(self, power: int, y: float, theme: Theme) -> None:
        """The line of a power of ten at a height, with its number."""
        line = Line((_LEFT, y, 0), (_RIGHT, y, 0), stroke_width=1.5, color=theme.faint)
        number = label(plain(10.0**power, 1), theme.muted, CAPTION)
        self.grid.add(line)
        self.numbers.add(number.next_to(line, LEFT, buff=0.2))

    def _bars(
        self, heights: np.ndarray, colours: Sequence[str], axis: Axis, unit: float, theme: Theme
    ) -> list[Histogram]:
        """The bars of every row, ``heights`` (rows, groups) in powers of ten, side by side."""
        rows, groups = heights.shape
        begin = np.arange(groups) + (1 - _SHARE) / 2
        return [
            Histogram(
                heights[row],
                begin + row * _SHARE / rows,
                begin + (row + 1) * _SHARE / rows,
                axis,
                theme,
                unit,
            ).set_arrays(fill=rgb(colours[row]))
            for row in range(rows)
        ]

    def grow(self) -> list[UpdateFromAlphaFunc]:
        """Animations: all bars grow from the ground."""

        def grown(bars: Histogram) -> UpdateFromAlphaFunc:
            full = bars.counts
            return UpdateFromAlphaFunc(bars, lambda _, t: bars.set_counts(full * t))

        return [grown(bars) for bars in self.bars]

    def above(self, row: int, group: int) -> np.ndarray:
        """Over a bar, in the middle between two lines, so that a text is clear of them."""
        tip = self.bars[row].ends()[group]
        lines = np.array([line.get_y() for line in self.grid])
        k = int(np.searchsorted(lines, tip[1] + 0.1))
        return np.array([tip[0], lines[k : k + 2].mean(), 0])
