"""Plots without LaTeX: an axis, a curve over two axes, a histogram, and dots that never overlap."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, Line, VGroup, VMobject
from numpy.typing import ArrayLike

from scenes.stage.batches import Cells
from scenes.stage.text import CAPTION, label
from scenes.stage.theme import Theme, rgb


def nice_step(span: float, most: int = 8) -> float:
    """The smallest of 1, 2, 5 times a power of ten that divides ``span`` into at most ``most``."""
    if span <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(span / most))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power * most >= span * (1 - 1e-9)))


def tick_text(value: float) -> str:
    """A tick's number: no trailing zeros, a true minus sign."""
    return f"{value + 0.0:.6g}".replace("-", "\N{MINUS SIGN}")


class Axis(VGroup):
    """A straight axis from ``low`` at point ``start`` to ``high`` at point ``end``.

    ``ticks`` stand at multiples of ``step``, every ``every``-th (counted from 0) with a number
    on the ``side``. :meth:`at` follows the axis when it is moved, scaled or turned. Axes with
    equal ticks can be transformed into each other.
    """

    def __init__(self, low: float, high: float, start: ArrayLike, end: ArrayLike, theme: Theme,
                 step: float | None = None, every: int = 1, side: np.ndarray = DOWN,
                 size: float = CAPTION, role: str = "muted", **kwargs: Any) -> None:  # fmt: skip
        super().__init__(**kwargs)
        self.low, self.high = float(low), float(high)
        self.step = nice_step(high - low) if step is None else float(step)
        first, last = np.ceil(low / self.step - 1e-9), np.floor(high / self.step + 1e-9)
        counts = np.arange(first, last + 1)
        self.values = counts * self.step
        colour = getattr(theme, role)
        self.line = Line(np.asarray(start, float), np.asarray(end, float), buff=0)
        self.line.set_stroke(colour, 2.5)
        self.ticks, self.numbers = VGroup(), VGroup()
        reach = np.asarray(side, float) * 0.09
        for count, value in zip(counts, self.values, strict=True):
            place = self.at(value)
            self.ticks.add(Line(place - reach, place + reach, buff=0).set_stroke(colour, 2))
            if count % every == 0:
                number = label(tick_text(value), colour, size)
                self.numbers.add(number.next_to(place, side, buff=0.2))
        self.add(self.line, self.ticks, self.numbers)

    def at(self, values: ArrayLike) -> np.ndarray:
        """Points (..., 3) of values (...), beyond the ends too."""
        share = (np.asarray(values, float) - self.low) / (self.high - self.low)
        start, end = self.line.get_start(), self.line.get_end()
        return start + share[..., None] * (end - start)


def across(x_axis: Axis, y_axis: Axis, x: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Points (n, 3) of the pairs x, y (n,) in the plane of a level and an upright axis."""
    points = np.array(x_axis.at(x), float)
    points[..., 1] = y_axis.at(y)[..., 1]
    return points


class Curve(VMobject):
    """The line through the points ``x``, ``y`` (n,), which it keeps, over two axes."""

    def __init__(self, x: ArrayLike, y: ArrayLike, x_axis: Axis, y_axis: Axis, colour: str,
                 width: float = 5, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(stroke_color=colour, stroke_width=width, **kwargs)
        self.x, self.y = np.array(x, float), np.array(y, float)
        self.set_points_as_corners(across(x_axis, y_axis, self.x, self.y))


class Histogram(Cells):
    """Bars of ``counts`` (n,) that stand on a level axis from ``left`` (n,) to ``right`` (n,).

    ``left`` and ``right`` are values of the axis; ``unit`` is the height of one count.
    """

    def __init__(self, counts: ArrayLike, left: ArrayLike, right: ArrayLike, axis: Axis,
                 theme: Theme, unit: float, gap: float = 0.12, **kwargs: Any) -> None:  # fmt: skip
        ends = axis.at(np.stack([np.asarray(left, float), np.asarray(right, float)]))
        self.feet = ends.mean(axis=0)
        self.half_width = (ends[1, :, 0] - ends[0, :, 0]) / 2 * (1 - gap)
        self.unit = unit
        super().__init__(self.feet, np.stack([self.half_width, self.half_width], axis=1),
                         fill=rgb(theme.text), **kwargs)  # fmt: skip
        self.set_counts(counts)

    def set_counts(self, counts: ArrayLike) -> Self:
        """Show other counts (n,) at the same height a count."""
        self.counts = np.array(counts, float)
        half = self.counts * self.unit / 2
        centre = self.feet.copy()
        centre[:, 1] += half
        return self.place(centre, np.stack([self.half_width, half], axis=1))

    def tops(self) -> np.ndarray:
        """(n, 3) middles of the upper sides."""
        return self.sides()[:, 2]


def levels(places: ArrayLike, gap: float) -> np.ndarray:
    """Storeys (n,) 0, 1, … for dots at ``places`` (n,) so that none is nearer than ``gap``.

    Dots of one storey are at least ``gap`` apart; the lowest free storey is taken, in order of
    place.
    """
    places = np.asarray(places, float)
    storeys = np.zeros(len(places), dtype=int)
    last: list[float] = []
    for i in np.argsort(places, kind="stable"):
        free = (k for k, end in enumerate(last) if places[i] - end >= gap)
        storeys[i] = next(free, len(last))
        last[storeys[i] : storeys[i] + 1] = [places[i]]
    return storeys
