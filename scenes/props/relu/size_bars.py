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


def plain(value: float, digits: int = 2) -> str:
    """A small number with so many digits after its leading zeros, without an exponent."""
    exponent = int(f"{value:.{digits - 1}e}".split("e")[1])  # after rounding
    places = max(0, digits - 1 - exponent)
    return f"{value:.{places}f}"


class SizeBars(Group):
    """``sizes`` (rows, groups) > 0 as upright bars on a scale of powers of ten.

    ``grid`` are the lines, one for each power, with its number; ``bars[row]`` the bars of a row,
    in ``colours[row]``. ``names`` stand under the groups, whose middles are ``xs`` (groups,).
    """

    def __init__(
        self,
        sizes: np.ndarray,
        colours: Sequence[str],
        names: Sequence[str],
        theme: Theme,
        left: float = -5.0,
        right: float = 6.3,
        foot: float = -2.2,
        top: float = 2.3,
        share: float = 0.5,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.sizes = np.array(sizes, float)
        logs = np.log10(self.sizes)
        low, high = int(np.floor(logs.min())), int(np.ceil(logs.max()))
        rows, groups = self.sizes.shape
        unit = (top - foot) / (high - low)
        self.grid, self.numbers = VGroup(), VGroup()
        for power in range(low, high + 1):
            y = foot + (power - low) * unit
            line = Line([left, y, 0], [right, y, 0], stroke_width=1.5, color=theme.faint)
            number = label(plain(10.0**power, 1), theme.muted, CAPTION)
            self.grid.add(line)
            self.numbers.add(number.next_to(line, LEFT, buff=0.2))
        axis = Axis(0, groups, [left, foot, 0], [right, foot, 0], theme)
        begin = np.arange(groups) + (1 - share) / 2
        self.bars = [
            Histogram(
                logs[row] - low,
                begin + row * share / rows,
                begin + (row + 1) * share / rows,
                axis,
                theme,
                unit,
            ).set_arrays(fill=rgb(colours[row]))
            for row in range(rows)
        ]
        self.xs = axis.at(np.arange(groups) + 0.5)[:, 0]
        self.names = VGroup(
            *[
                stand(label(name, theme.muted, CAPTION).move_to([x, foot, 0]), foot - 0.4)
                for name, x in zip(names, self.xs, strict=True)
            ]
        )
        self.frame = VGroup(self.grid, self.numbers, self.names)
        self.add(self.frame, *self.bars)

    def grow(self) -> list[UpdateFromAlphaFunc]:
        """Animations: all bars grow from the ground."""
        return [
            UpdateFromAlphaFunc(bars, lambda m, t, full=bars.counts: m.set_counts(full * t))
            for bars in self.bars
        ]

    def above(self, row: int, group: int) -> np.ndarray:
        """Over a bar, in the middle between two lines, so that a text is clear of them."""
        tip = self.bars[row].ends()[group]
        lines = np.array([line.get_y() for line in self.grid])
        k = int(np.searchsorted(lines, tip[1] + 0.1))
        return np.array([tip[0], lines[k : k + 2].mean(), 0])
