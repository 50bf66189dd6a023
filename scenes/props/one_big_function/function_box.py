"""A network in a box: an image goes in on the left, a bar for every class comes out."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, RoundedRectangle, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.stage.text import CAPTION, Number
from netglow.scenes.stage.theme import Theme


class NumberColumn(VGroup):
    """``values`` (n,) with their decimal points at ``points`` (n, 3)."""

    def __init__(
        self, values: ArrayLike, points: np.ndarray, theme: Theme, places: int = 2, **kwargs: Any
    ) -> None:
        self.points_at = np.array(points, float)
        made = [Number(v, theme.text, CAPTION, places) for v in np.asarray(values, float)]
        super().__init__(*made, **kwargs)
        self.set_values(values)

    def set_values(self, values: ArrayLike, opacity: float = 1.0) -> Self:
        """Show other values (n,), the numbers with an ``opacity`` 0..1."""
        number: Any  # a Number
        for number, value, point in zip(
            self, np.asarray(values, float), self.points_at, strict=True
        ):
            number.set_value(float(value)).set_opacity(opacity).set_y(point[1])
            number.shift(RIGHT * (point[0] - number[-1 - number.places].get_x()))
        return self


class OutputBars(VGroup):
    """``values`` (n,) 0..1 as bars with their numbers, beginning at ``left`` (n, 3)."""

    def __init__(
        self,
        values: ArrayLike,
        left: np.ndarray,
        theme: Theme,
        length: float,
        places: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.bars = Bars(np.asarray(values, float), left, theme, length, 0.16)
        self.numbers = NumberColumn(values, left + RIGHT * (length + 0.4), theme, places)

    def set_values(self, values: ArrayLike, opacity: float = 1.0) -> Self:
        """Show other values (n,), the numbers with an ``opacity`` 0..1."""
        self.bars.set_values(np.asarray(values, float))
        self.numbers.set_values(values, opacity)
        return self


def in_turns(
    values: ArrayLike, places: np.ndarray, radius: float, theme: Theme, line: float = 0.3
) -> NumberColumn:
    """Numbers left of dots at ``places`` (n, 3) in a column.

    Where the dots are closer than a ``line`` of text the numbers take turns in two columns;
    where that is not enough there are none.
    """
    pitch = float(np.abs(np.diff(places[:, 1])).min(initial=np.inf))
    if 2 * pitch < line:
        return NumberColumn([], np.zeros((0, 3)), theme)
    turns = 1 if pitch >= line else 2
    decimals = Number(0, theme.text, CAPTION).width * 0.62 + radius + 0.15
    aside = decimals + 0.75 * (np.arange(len(places)) % turns)
    return NumberColumn(values, places + aside[:, None] * LEFT, theme)


def box_around(
    left: float, right: float, bottom: float, top: float, theme: Theme
) -> RoundedRectangle:
    """A box with round corners, still clear inside."""
    made = RoundedRectangle(corner_radius=0.25, width=right - left, height=top - bottom)
    made.set_stroke(theme.text, 3).set_fill(theme.background, 0)
    return made.move_to(((left + right) / 2, (bottom + top) / 2, 0))
