"""Things on a journey: a number line carried point by point, dots that travel over waypoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import UP, Animation, Line, VGroup, VMobject, linear, smooth

from scenes.parts.neurons import Neurons, staggered
from scenes.parts.plots import tick_text
from scenes.stage.text import CAPTION, label
from scenes.stage.theme import Theme

Places = Callable[[np.ndarray], np.ndarray]


class CarriedLine(VGroup):
    """A number line on its way: the point of value v goes from ``start(v)`` to ``end(v)``.

    ``values`` (n,) are the line's points, ``tick_values`` (m,) its ticks; both places are
    functions of values (k,) to points (k, 3). Far values follow ``lag`` (share of the run)
    later than the middle, so the line bends on its way. Ticks carry their numbers, which fade
    where they come closer than ``room``; with ``room`` None there are none.
    """

    def __init__(self, values: np.ndarray, tick_values: np.ndarray, start: Places, end: Places,
                 theme: Theme, role: str = "attention", lag: float = 0.35,
                 room: float | None = 0.55, width: float = 4, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(**kwargs)
        self.values, self.tick_values = np.asarray(values, float), np.asarray(tick_values, float)
        self.start, self.end, self.lag, self.room = start, end, lag, room
        colour = getattr(theme, role)
        self.line = VMobject(stroke_color=colour, stroke_width=width)
        self.ticks = VGroup(*[Line(UP * 0.1, UP * -0.1, buff=0).set_stroke(colour, width * 0.6)
                              for _ in self.tick_values])  # fmt: skip
        self.numbers = VGroup()
        if room is not None:
            self.numbers.add(*[label(tick_text(v), colour, CAPTION) for v in self.tick_values])
        self.add(self.line, self.ticks, self.numbers)
        self.set_progress(0.0)

    def places(self, values: np.ndarray, progress: float) -> np.ndarray:
        """Where the points of ``values`` (k,) are at a progress 0..1: (k, 3)."""
        far = np.abs(values) / max(float(np.abs(self.values).max()), 1e-9)
        # one value at the full delay keeps every point on the clock of the whole line
        share = staggered(progress, np.append(self.lag * far, self.lag), smooth)[:-1, None]
        return self.start(values) * (1 - share) + self.end(values) * share

    def set_progress(self, progress: float) -> Self:
        """Show the line at a progress 0 (start) .. 1 (end)."""
        self.line.set_points_as_corners(self.places(self.values, progress))
        at = self.places(self.tick_values, progress)
        for tick, place in zip(self.ticks, at, strict=True):
            tick.move_to(place)
        for number, place, seen in zip(self.numbers, at, self._seen(at), strict=False):
            number.move_to(place + UP * -0.33).set_fill(opacity=seen)
        return self

    def _seen(self, at: np.ndarray) -> np.ndarray:
        """Opacity (m,) of the numbers: those nearest to 0 first, others where there is room."""
        seen, kept = np.zeros(len(at)), []
        for i in np.argsort(np.abs(self.tick_values), kind="stable"):
            nearest = min((abs(at[i, 0] - at[k, 0]) for k in kept), default=np.inf)
            seen[i] = np.clip(nearest / (self.room or 1) * 5 - 4, 0, 1)
            if seen[i] > 0:
                kept.append(i)
        return seen


class Carry(Animation):
    """A :class:`CarriedLine` goes all its way."""

    def __init__(self, line: CarriedLine, **kwargs: Any) -> None:
        super().__init__(line, rate_func=kwargs.pop("rate_func", linear), **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        self.mobject.set_progress(self.rate_func(alpha))


class Travel(Animation):
    """Neurons travel over ``waypoints`` (legs, n, 3), and take on ``activations`` on the last leg.

    Only the neurons ``who`` (indices) move, the first of them first; ``stagger`` is the share
    of the run between the first and the last start. ``radius`` is their size when they arrive.
    """

    def __init__(self, neurons: Neurons, waypoints: np.ndarray, activations: np.ndarray,
                 who: np.ndarray, radius: float, stagger: float = 0.5, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(neurons, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.who, self.radius = np.asarray(who, int), radius
        self.waypoints, self.activations = np.asarray(waypoints, float), np.asarray(activations)
        self.delays = np.linspace(0, stagger, len(self.who)) if len(self.who) > 1 else np.zeros(1)

    def begin(self) -> None:
        neurons: Neurons = self.mobject
        self.route = np.concatenate([neurons.centres()[None], self.waypoints])
        self.before = neurons.halves(), neurons.fill, neurons.halo, neurons.activations
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        legs = len(self.waypoints)
        clock = np.zeros(len(self.mobject))
        clock[self.who] = legs * staggered(self.rate_func(alpha), self.delays, linear)
        centre = self.route[0].copy()
        for leg in range(legs):
            share = np.array([smooth(t) for t in np.clip(clock - leg, 0, 1)])
            centre += share[:, None] * (self.route[leg + 1] - self.route[leg])
        halves, fill, halo, activations = self.before
        neurons, theme = self.mobject, self.mobject.theme
        neurons.activations = activations + (self.activations - activations) * share
        neurons.place(centre, halves + (self.radius - halves) * share[:, None])
        target = theme.brightness(self.activations)
        neurons.set_arrays(fill=fill + (target - fill) * share[:, None],
                           halo=halo + (theme.halo(self.activations) - halo) * share)  # fmt: skip
