"""A bias as a slider, and the threshold that it sets on the axis of the sums."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Dot, Line, Rectangle, Triangle, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.text.baseline import baseline, stand
from netglow.scenes.stage.text import CAPTION, Number, label
from netglow.scenes.stage.theme import Theme


class BiasSlider(VGroup):
    """An upright scale from -``reach`` at ``low`` to ``reach``, ``height`` above, with a knob.

    ``value`` is the bias, ``title`` is written above.
    """

    def __init__(
        self,
        value: float,
        reach: float,
        low: ArrayLike,
        height: float,
        title: str,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        foot = np.asarray(low, float)
        self.scale_of = Axis(-reach, reach, foot, foot + UP * height, theme, reach / 2, 2, RIGHT)
        self.scale_of.line.set_stroke(width=4)
        self.title = label(title, theme.bias, CAPTION).next_to(self.scale_of.line, UP, buff=0.25)
        self.knob = Dot(radius=0.13, color=theme.bias)
        self.add(self.scale_of, self.title, self.knob)
        self.set_value(value)

    def set_value(self, value: float) -> Self:
        """Put the knob at another bias."""
        self.value = float(value)
        self.knob.move_to(self.scale_of.at(self.value))
        return self

    def mark(self, value: float, text: str, theme: Theme) -> VGroup:
        """A pointer from the left at a value, with its name."""
        tip = Triangle(color=theme.bias, fill_opacity=1, stroke_width=0).rotate(-np.pi / 2)
        tip.scale_to_fit_height(0.18).next_to(self.scale_of.at(value), LEFT, buff=0.2)
        return VGroup(tip, label(text, theme.bias, CAPTION).next_to(tip, LEFT, buff=0.12))


class Threshold(VGroup):
    """An upright line at ``value`` of a level axis, ``length`` high, with ``words`` and the value.

    What lies beyond the line is tinted. The words and the value, with ``places`` decimals, stand
    centred above the line, but between the two x of ``room``.
    """

    def __init__(
        self,
        value: float,
        axis: Axis,
        length: float,
        words: str,
        places: int,
        room: tuple[float, float],
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.axis, self.length, self.room = axis, length, room
        self.line = Line(DOWN, UP, color=theme.bias, stroke_width=4)
        self.beyond = Rectangle(color=theme.bias, stroke_width=0, fill_opacity=0.1)
        self.words = label(words, theme.text, CAPTION)
        self.number = Number(value, theme.bias, CAPTION, places, bold=True, anchor=LEFT)
        self.add(self.beyond, self.line, self.words, self.number)
        self.set_value(value)

    def set_value(self, value: float) -> Self:
        """Put the line at another value."""
        self.value = float(value)
        foot = self.axis.at(self.value)
        top = foot + UP * self.length
        end = max(self.axis.line.get_end()[0], foot[0] + 1e-3)  # without width it could not grow
        self.beyond.stretch_to_fit_width(end - foot[0]).stretch_to_fit_height(self.length)
        self.beyond.move_to(((foot[0] + end) / 2, foot[1] + self.length / 2, 0))
        self.line.put_start_and_end_on(foot + DOWN * 0.12, top)
        self.number.set_value(self.value)
        width = self.words.width + 0.14 + self.number.width
        x = min(max(foot[0] - width / 2, self.room[0]), self.room[1] - width)
        y = top[1] + 0.16
        stand(self.words.shift(RIGHT * (x - self.words.get_left()[0])), y)
        at = x + width - self.number.width
        digits = baseline(self.number)
        self.number.shift((at - self.number.get_left()[0], y - digits, 0))
        return self
