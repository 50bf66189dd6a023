"""Seconds as hours, minutes and seconds, in columns that stand still while they count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, UpdateFromAlphaFunc, VGroup

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import HEADING, Number, label
from netglow.scenes.stage.theme import Theme


def hours_minutes_seconds(seconds: int) -> tuple[int, int, int]:
    """13,002 seconds are (3, 36, 42)."""
    minutes, rest = divmod(int(seconds), 60)
    return *divmod(minutes, 60), rest


class Stopwatch(VGroup):
    """A time with the ``units`` of hours, minutes and seconds behind the numbers.

    ``numbers`` are seconds, minutes and hours, in this order. ``right`` is the right end of the
    line of writing; there is room for ``most`` seconds.
    """

    def __init__(
        self, units: Sequence[str], most: int, right: np.ndarray, theme: Theme, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        x = float(right[0])
        widest = (hours_minutes_seconds(most)[0], 58, 58)
        self.numbers = VGroup()
        for unit, value in reversed(list(zip(units, widest, strict=True))):
            text = label(unit, theme.muted, HEADING)
            stand(text.move_to((x, 0, 0), aligned_edge=RIGHT), right[1])
            number = Number(value, theme.attention, HEADING, 0, bold=True)
            stand(number.move_to(text.get_left() + LEFT * 0.14, aligned_edge=RIGHT), right[1])
            x = number.get_left()[0] - 0.28
            self.numbers.add(number)
            self.add(text, number)
        self.set_seconds(0)

    def set_seconds(self, seconds: int) -> Self:
        """Show another time, whole seconds."""
        for number, value in zip(
            self.numbers, reversed(hours_minutes_seconds(seconds)), strict=True
        ):
            number.set_value(value)
        return self

    def run(self, before: int, after: int, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: it counts from one time to another, showing only seconds that are over."""
        return UpdateFromAlphaFunc(
            self,
            lambda _, alpha: self.set_seconds(int(before + alpha * (after - before) + 1e-6)),
            **kwargs,
        )
