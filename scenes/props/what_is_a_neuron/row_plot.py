"""The values of one row of an image, read from left to right into bars."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, Group, Line, VGroup, smooth

from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb


class RowPlot(Group):
    """Bars of ``values`` (n,) 0..1 that stand on the row's pixels; ``read`` of them are grown.

    ``foot`` is the middle of the bars' feet; the pixels lie below it, a line at 0 and one at 1.
    """

    def __init__(
        self,
        values: np.ndarray,
        foot: np.ndarray,
        theme: Theme,
        pitch: float = 0.195,
        height: float = 1.25,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.values, self.pitch, self.bar_height = np.array(values, float), pitch, height
        n = len(self.values)
        x = (np.arange(n) - (n - 1) / 2) * pitch
        self.feet = np.array(foot, float) + np.stack([x, 0 * x, 0 * x], axis=1)
        self.pixels = Cells(
            self.feet - [0, pitch * 0.75, 0], pitch * 0.46, fill=theme.brightness(self.values)
        )
        self.bars = Cells(self.feet, pitch * 0.34, fill=rgb(theme.text))
        self.scale_lines = VGroup(*[self._level(v, theme) for v in (0, 1)])
        self.add(self.scale_lines, self.bars, self.pixels)
        self.set_read(0)

    def _level(self, value: int, theme: Theme) -> VGroup:
        up = np.array([0, value * self.bar_height, 0])
        line = Line(
            self.feet[0] + LEFT * self.pitch + up,
            self.feet[-1] + RIGHT * self.pitch + up,
            stroke_width=1.5,
            color=theme.faint,
        )
        return VGroup(line, label(str(value), theme.muted, CAPTION).next_to(line, RIGHT, buff=0.12))

    def set_read(self, read: float) -> Self:
        """Grow the first ``read`` bars, the last of them by the remaining share."""
        self.read = float(read)
        grown = np.clip(self.read - np.arange(len(self.values)), 0, 1) * self.values
        half = np.stack([np.full(len(grown), self.pitch * 0.34), grown * self.bar_height / 2], 1)
        centre = self.feet.copy()
        centre[:, 1] += half[:, 1]
        self.bars.place(centre, half)
        return self


class Reading:
    """The clock of a walk over ``values`` (n,): quick where nothing changes, slow where it does.

    Pixel i is read between ``ends[i - 1]`` and ``ends[i]``, in slow steps.
    """

    def __init__(self, values: np.ndarray, still: float = 0.2, move: float = 0.45) -> None:
        self.values = np.asarray(values, float)
        changes = np.abs(np.diff(self.values, prepend=self.values[0])) > 1e-3
        self.ends = np.cumsum(np.where(changes, 1.0, still))
        self.move = move

    def at(self, clock: float) -> tuple[float, float]:
        """Place (0..n-1, between two while stepping) and value at a time 0..``ends[-1]``.

        The value is the pixel's own for more than half of each step.
        """
        i = min(int(np.searchsorted(self.ends, clock, side="right")), len(self.ends) - 1)
        start = self.ends[i - 1] if i else 0.0
        share = smooth(min((clock - start) / (self.ends[i] - start) / self.move, 1.0))
        before = self.values[max(i - 1, 0)]
        return max(i - 1 + share, 0.0), float(before + (self.values[i] - before) * share)
