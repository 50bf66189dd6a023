"""Plots without LaTeX: an axis, a curve over two axes, a histogram, and dots that never overlap."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, UP, Line, VGroup, VMobject
from numpy.typing import ArrayLike

from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb


def nice_step(span: float, most: int = 8) -> float:
    """The smallest of 1, 2, 5 times a power of ten that divides ``span`` into at most ``most``."""
    if span <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(span / most))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power * most >= span * (1 - 1e-9)))


def reach_of(values: ArrayLike, least: float = 0.0) -> tuple[float, float]:
    """The first tick at or beyond every |value| and ``least`` (> 0 together), and the tick step."""
    largest = max(float(np.abs(np.asarray(values, float)).max(initial=0.0)), least)
    step = nice_step(largest)
    return float(np.ceil(largest / step - 1e-9) * step), step


def tick_text(value: float) -> str:
    """A tick's number: no trailing zeros, a true minus sign."""
    return f"{value + 0.0:.6g}".replace("-", "\N{MINUS SIGN}")


class Axis(VGroup):
    """A straight axis from ``low`` at point ``start`` to ``high`` at point ``end``.

    ``ticks`` stand at multiples of ``step``, every ``every``-th (counted from 0) with a number
    on the ``side``. :meth:`at` follows the axis when it is moved, scaled or turned. Axes with
    equal ticks can be transformed into each other.
    """

    def __init__(
        self,
        low: float,
        high: float,
        start: ArrayLike,
        end: ArrayLike,
        theme: Theme,
        step: float | None = None,
        every: int = 1,
        side: np.ndarray = DOWN,
        size: float = CAPTION,
        role: str = "muted",
        **kwargs: Any,
    ) -> None:
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

    def __init__(
        self,
        x: ArrayLike,
        y: ArrayLike,
        x_axis: Axis,
        y_axis: Axis,
        colour: str,
        width: float = 5,
        **kwargs: Any,
    ) -> None:
        super().__init__(stroke_color=colour, stroke_width=width, **kwargs)
        self.x, self.y = np.array(x, float), np.array(y, float)
        self.set_points_as_corners(across(x_axis, y_axis, self.x, self.y))


class Histogram(Cells):
    """Bars of ``counts`` (n,) from ``left`` (n,) to ``right`` (n,), values of a straight axis.

    They grow towards ``side``; their feet stand ``away`` from the axis. ``unit`` is the length
    of one count.
    """

    DATA = ("counts",)

    def __init__(
        self,
        counts: ArrayLike,
        left: ArrayLike,
        right: ArrayLike,
        axis: Axis,
        theme: Theme,
        unit: float,
        side: np.ndarray = UP,
        away: float = 0.0,
        gap: float = 0.12,
        **kwargs: Any,
    ) -> None:
        ends = axis.at(np.stack([np.asarray(left, float), np.asarray(right, float)]))
        self.side, self.unit = np.asarray(side, float), unit
        self.feet = ends.mean(axis=0) + away * self.side
        self.across = np.abs(ends[1] - ends[0])[:, :2] / 2 * (1 - gap)  # half a bar, (n, 2)
        super().__init__(self.feet, self.across, fill=rgb(theme.text), **kwargs)
        self.set_counts(counts)

    def set_counts(self, counts: ArrayLike) -> Self:
        """Show other counts (n,) at the same length a count."""
        self.counts = np.array(counts, float)
        way = self.counts[:, None] * self.unit / 2 * self.side
        return self.place(self.feet + way, self.across + np.abs(way)[:, :2])

    def ends(self) -> np.ndarray:
        """(n, 3) where the bars end."""
        return self.feet + self.counts[:, None] * self.unit * self.side


def levels(places: ArrayLike, gap: float) -> np.ndarray:
    """Storeys (n,) 0, 1, … for dots at ``places`` (n,) so that none is nearer than ``gap``.

    Dots of one storey are at least ``gap`` apart. The lowest free storey is taken, from both
    ends inwards, so the outermost dots stand on the ground.
    """
    places = np.asarray(places, float)
    storeys = np.zeros(len(places), dtype=int)
    full: list[list[float]] = []
    inwards = np.minimum(places - places.min(initial=np.inf), places.max(initial=-np.inf) - places)
    for i in np.argsort(inwards, kind="stable"):
        free = (
            k for k, dots in enumerate(full) if all(abs(places[i] - other) >= gap for other in dots)
        )
        storeys[i] = next(free, len(full))
        full[storeys[i] :] = full[storeys[i] :] or [[]]
        full[storeys[i]].append(places[i])
    return storeys


def stacked(
    places: ArrayLike, radius: float, side: np.ndarray, within: float = np.inf
) -> tuple[np.ndarray, np.ndarray]:
    """Centres (n, 3) and halves (n, 2) of dots that stand on an axis' ``places`` (n, 3).

    Where dots are too close they stand on one another, towards ``side``: none overlaps, none
    leaves its value. They shrink until the stack is no higher than ``within``.
    """
    places, side = np.array(places, float), np.asarray(side, float)
    along = places[:, 0] if side[0] == 0 else places[:, 1]
    storeys = levels(along, 2.15 * radius)
    if radius * (2 + 2.15 * storeys.max(initial=0)) > within:
        return stacked(places, 0.95 * radius, side, within)
    centres = places + (radius * (1 + 2.15 * storeys))[:, None] * side
    return centres, np.full((len(places), 2), radius)


def free_spot(
    taken: ArrayLike, start: ArrayLike, width: float, right: float, clear: float = 0.35
) -> np.ndarray:
    """Left end (3,) of a text right of ``taken`` (n, 3) at the height nearest to ``start``'s.

    The text is ``width`` wide, ends before ``right``, and begins at ``start`` or, where points
    are nearer than ``clear`` to its height, right of them.
    """
    taken, start = np.reshape(np.asarray(taken, float), (-1, 3)), np.array(start, float)
    for k in range(200):
        y = start[1] + 0.05 * ((k + 1) // 2) * (1 if k % 2 else -1)
        near = taken[np.abs(taken[:, 1] - y) < clear, 0]
        x = max(start[0], float(near.max(initial=-np.inf)) + 0.3)
        if x + width <= right:
            return np.array([x, y, 0.0])
    return start
