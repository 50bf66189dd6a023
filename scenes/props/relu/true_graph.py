"""A function on axes with the same unit both ways, and a neuron that swings to and fro on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Group, Line, UpdateFromAlphaFunc, VGroup, linear
from numpy.typing import ArrayLike

from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, Number, label
from netglow.scenes.stage.theme import Theme

REACH, TOP, UNIT = 4.0, 3.0, 1.55  # of the axes; so a step in is as long as the same step out
GROUND = -1.95
_POINTS = 161
_RADIUS = 0.2  # of the neuron
_DIAL, _DIAL_AT = 0.85, np.array([-4.3, 1.55, 0])  # the lamp is as large
_BARS_X, _BARS_Y = -2.35, (2.05, 1.5)  # where what goes in and what comes out begin, measured
_BAR = 1.05  # how long one is there

Function = Callable[[Any], Any]


class TrueGraph(VGroup):
    """``f`` for sums from -REACH to REACH, as a ``curve`` over the axes ``x`` and ``y``.

    ``names`` (two texts) stand at the axes: what goes in, and what comes out. The curve of a
    growing function ends a little above the top of ``y``.
    """

    def __init__(self, f: Function, names: tuple[str, str], colour: str, theme: Theme) -> None:
        self.f = f
        half = REACH * UNIT
        self.x = Axis(-REACH, REACH, (-half, GROUND, 0), (half, GROUND, 0), theme, 1)
        self.y = Axis(0, TOP, (0, GROUND, 0), (0, GROUND + TOP * UNIT, 0), theme, 1, side=LEFT)
        self.y.numbers.remove(self.y.numbers[0])  # the zero stands under the other axis
        z = np.linspace(-REACH, REACH, 10 * _POINTS)
        z = np.linspace(-REACH, z[np.asarray(f(z)) <= TOP + 0.3].max(), _POINTS)
        self.curve = Curve(z, f(z), self.x, self.y, colour, 7)
        into, out = (label(name, theme.muted, CAPTION) for name in names)
        stand(into.move_to((half, 0, 0), RIGHT), GROUND - 0.85)
        out.move_to(self.y.line.get_end() + RIGHT * 0.25, LEFT)
        self.names = VGroup(into, out)
        self.axes = VGroup(self.x, self.y, self.names)
        super().__init__(self.axes, self.curve)

    def on_curve(self, z: ArrayLike) -> np.ndarray:
        """Points (..., 3) of the curve."""
        return across(self.x, self.y, z, self.f(np.asarray(z, float)))

    def half(self, positive: bool) -> Curve:
        """The part of the curve on one side of zero, anew."""
        z = self.curve.x
        start, end = (0.0, float(z[-1])) if positive else (float(z[0]), 0.0)
        part = np.linspace(start, end, _POINTS)
        return Curve(part, self.f(part), self.x, self.y, str(self.curve.get_color()), 18)


class Swing(Group):
    """A neuron on a graph whose sum goes from ``at`` by ``swing`` to both sides, with a dial.

    ``into`` is the way of the sum on the level axis, ``out`` the way of what comes out on the
    upright one; ``turned`` -1..1 is how far the dial is turned. Both ways stand beside each other
    once more, as ``bars`` on a scale of their own, with their lengths as ``numbers``. ``lamp``,
    around ``lamp_at``, is the neuron once more, large. ``names`` are those of the dial, the lamp,
    and both bars.
    """

    def __init__(
        self,
        graph: TrueGraph,
        at: float,
        swing: float,
        names: tuple[str, str, str, str],
        lamp_at: np.ndarray,
        theme: Theme,
    ) -> None:
        self.graph, self.at, self.swing, self.turned = graph, at, swing, 0.0
        self.neuron = Neurons(np.zeros(1), graph.on_curve([at]), theme, _RADIUS)
        self.dial = Dials(np.zeros(1), _DIAL_AT[None], _DIAL, 1.0, theme, 0.8, 9, ring=3)
        self.lamp = Neurons(np.zeros(1), lamp_at[None], theme, _DIAL)
        self.words = VGroup(
            *[
                label(name, theme.muted, CAPTION).next_to(thing, UP, buff=0.25)
                for name, thing in zip(names[:2], (self.dial, self.lamp), strict=True)
            ]
        )
        self.bars, self.numbers = VGroup(), VGroup()
        for name, y, colour in zip(names[2:], _BARS_Y, (theme.text, theme.positive), strict=True):
            word = label(name, colour, BODY).move_to((_BARS_X - 0.2, 0, 0), RIGHT)
            self.words.add(stand(word, y - BODY / 2))
            self.bars.add(Line(LEFT, RIGHT, color=colour, stroke_width=20))
            number = Number(1.0, colour, BODY, 2, anchor=LEFT, bold=True)
            self.numbers.add(number.move_to((_BARS_X + _BAR + 0.15, y, 0), LEFT))
        self.string = Line(UP, DOWN, color=theme.faint, stroke_width=2.5)
        self.ways = VGroup(
            *[Line(UP, DOWN, color=theme.muted, stroke_width=2, stroke_opacity=0.7) for _ in "io"]
        )
        self.into = Line(LEFT, RIGHT, color=theme.text, stroke_width=14)
        self.out = Line(DOWN, UP, color=theme.positive, stroke_width=14)
        parts = (self.string, self.dial, self.lamp, self.words, self.bars, self.numbers, self.ways)
        super().__init__(*parts, self.into, self.out, self.neuron)
        self.set_to(at)

    def set_to(self, at: float, turned: float = 0.0) -> Self:
        """Swing around another sum; the dial is turned so far."""
        self.at, self.turned = float(at), float(turned)
        graph, now = self.graph, self.at + turned * self.swing
        ends = np.array([self.at - self.swing, self.at + self.swing])
        out = np.asarray(graph.f(ends), float)
        self.into.put_start_and_end_on(*graph.x.at(ends))
        # a way so short that it has no direction is drawn as a point
        self.out.put_start_and_end_on(graph.y.at(out[0]), graph.y.at(max(out[1], out[0] + 1e-3)))
        lengths = (2 * self.swing, float(out[1] - out[0]))
        for bar, number, y, length in zip(self.bars, self.numbers, _BARS_Y, lengths, strict=True):
            start = np.array([_BARS_X, y, 0])
            bar.put_start_and_end_on(start, start + _BAR * max(length, 1e-3) * RIGHT)
            number.set_value(length)
        place = graph.on_curve([now])[0]
        foot, side = graph.x.at(now), graph.y.at(float(graph.f(now)))
        for way, end in zip(self.ways, (foot, side), strict=True):
            way.put_start_and_end_on(end + 1e-3 * (UP + RIGHT), place)
        self.neuron.place(place[None], self.neuron.halves())
        for disc in (self.neuron, self.lamp):
            disc.set_activations(np.array([float(graph.f(now))]))
        self.dial.set_values(np.array([self.turned]))
        way = place - _DIAL_AT
        way = way / np.linalg.norm(way)
        self.string.put_start_and_end_on(_DIAL_AT + (_DIAL + 0.03) * way, place - _RADIUS * way)
        return self

    def turn(self, times: int = 1, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the dial turns to and fro, and everything follows."""
        at: list[float] = []

        def step(_: Any, t: float) -> None:
            if not at:
                at.append(self.at)
            self.set_to(at[0], float(np.sin(2 * np.pi * times * t)) if t < 1 else 0.0)

        return UpdateFromAlphaFunc(self, step, rate_func=linear, **kwargs)

    def go(self, to: float, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the neuron moves along the curve, to another sum to swing around."""
        start = self.at
        return UpdateFromAlphaFunc(
            self, lambda _, t: self.set_to(start + (to - start) * t), **kwargs
        )
