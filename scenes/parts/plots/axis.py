"""An axis without LaTeX: a straight line with ticks and numbers at round steps."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, Line, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme


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

    ``ticks`` stand at the ``values`` (n,), multiples of ``step`` (None: :func:`nice_step`); every
    ``every``-th, counted from 0, has one of the ``numbers``, with capitals ``size`` high, on the
    ``side``. ``role`` is the theme's colour. :meth:`at` follows the axis when it is moved, scaled
    or turned. Axes with equal ticks can be transformed into each other.
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
