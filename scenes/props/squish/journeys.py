"""Things on a journey: a number line carried point by point, dots that travel over waypoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import UP, Animation, Line, VGroup, VMobject, linear

from netglow.scenes.parts.network.neurons import Neurons, ease, staggered
from netglow.scenes.parts.plots.axis import tick_text
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme

Places = Callable[[np.ndarray], np.ndarray]
_LAG = 0.3  # of a carried line's ends, as a share of the run
_ROOM = 0.55  # between two of its numbers
_WIDTH = 4


class CarriedLine(VGroup):
    """A number line on its way: the point of value v goes from ``start(v)`` to ``end(v)``.

    ``values`` (n,) are the line's points, ``tick_values`` (m,) its ticks; both places are
    functions of values (k,) to points (k, 3). Far values follow later than the middle, so the
    line bends on its way. Ticks take on their numbers when they have left; numbers that come too
    close to one another fade.
    """

    def __init__(
        self,
        values: np.ndarray,
        tick_values: np.ndarray,
        start: Places,
        end: Places,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.values, self.tick_values = np.asarray(values, float), np.asarray(tick_values, float)
        self.start, self.end, colour = start, end, theme.attention
        self.line = VMobject(stroke_color=colour, stroke_width=_WIDTH)
        self.ticks = VGroup(
            *[
                Line(UP * 0.1, UP * -0.1, buff=0).set_stroke(colour, _WIDTH * 0.6)
                for _ in self.tick_values
            ]
        )
        self.numbers = VGroup(*[label(tick_text(v), colour, CAPTION) for v in self.tick_values])
        self.add(self.line, self.ticks, self.numbers)
        self.set_progress(0.0)

    def places(self, values: np.ndarray, progress: float) -> np.ndarray:
        """Where the points of ``values`` (k,) are at a progress 0..1: (k, 3)."""
        far = np.abs(values) / max(float(np.abs(self.values).max()), 1e-9)
        # squared: a smooth bend; one value at full delay keeps all on the whole line's clock
        delays = np.append(_LAG * far**2, _LAG)
        share = staggered(progress, delays)[:-1, None]
        places: np.ndarray = self.start(values) * (1 - share) + self.end(values) * share
        return places

    def set_progress(self, progress: float) -> Self:
        """Show the line at a progress 0 (start) .. 1 (end)."""
        self.line.set_points_as_corners(self.places(self.values, progress))
        at = self.places(self.tick_values, progress)
        for tick, place in zip(self.ticks, at, strict=True):
            tick.move_to(place)
        gone = np.linalg.norm(at - self.start(self.tick_values), axis=1)
        opacity = np.clip(3 * gone - 1.2, 0, 1) * self._opacity(at)
        for number, place, share in zip(self.numbers, at, opacity, strict=True):
            number.move_to(place + UP * -0.33).set_fill(opacity=share)
        return self

    def _opacity(self, at: np.ndarray) -> np.ndarray:
        """Opacity (m,) of the numbers: those nearest to 0 first, others where there is room."""
        opacity = np.zeros(len(at))
        kept: list[int] = []
        for i in np.argsort(np.abs(self.tick_values), kind="stable"):
            nearest = min((abs(at[i, 0] - at[k, 0]) for k in kept), default=np.inf)
            opacity[i] = np.clip(nearest / _ROOM * 5 - 4, 0, 1)
            if opacity[i] > 0:
                kept.append(i)
        return opacity


class Carry(Animation):
    """A :class:`CarriedLine` goes all its way."""

    def __init__(self, line: CarriedLine, **kwargs: Any) -> None:
        self.line = line
        super().__init__(line, rate_func=kwargs.pop("rate_func", linear), **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        self.line.set_progress(self.rate_func(alpha))


def leg_shares(alpha: float, count: int, legs: int, who: np.ndarray, stagger: float) -> np.ndarray:
    """How far (legs, count) travellers have come on each leg, 0..1, eased, at a progress 0..1.

    Only ``who`` (indices) travel, the first of them first; ``stagger`` is the share of the run
    between the first and the last start.
    """
    delays = np.linspace(0, stagger, len(who)) if len(who) > 1 else np.zeros(len(who))
    clock = np.zeros(count)
    clock[who] = legs * staggered(alpha, delays, eased=False)
    return ease(np.clip(clock - np.arange(legs)[:, None], 0, 1))


class Travel(Animation):
    """Neurons travel over ``waypoints`` (legs, n, 3), and take on ``activations`` on the last leg.

    ``who`` and ``stagger`` as in :func:`leg_shares`; they arrive with ``radius``.
    """

    def __init__(
        self,
        neurons: Neurons,
        waypoints: np.ndarray,
        activations: np.ndarray,
        who: np.ndarray,
        radius: float,
        stagger: float = 0.5,
        **kwargs: Any,
    ) -> None:
        super().__init__(neurons, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.neurons, self.radius, self.stagger = neurons, radius, stagger
        self.who = np.asarray(who, int)
        self.waypoints, self.activations = np.asarray(waypoints, float), np.asarray(activations)

    def begin(self) -> None:
        neurons = self.neurons
        self.ways = np.diff(np.concatenate([neurons.centres()[None], self.waypoints]), axis=0)
        self.before = neurons.centres(), neurons.halves(), neurons.fill, neurons.halo
        self.earlier = neurons.activations
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        neurons, theme = self.neurons, self.neurons.theme
        shares = leg_shares(
            self.rate_func(alpha), len(neurons), len(self.ways), self.who, self.stagger
        )
        centre, halves, fill, halo = self.before
        last, column = shares[-1], shares[-1][:, None]
        neurons.place(
            centre + (shares[..., None] * self.ways).sum(axis=0),
            halves + (self.radius - halves) * column,
        )
        neurons.activations = self.earlier + (self.activations - self.earlier) * last
        neurons.set_arrays(
            fill=fill + (theme.brightness(self.activations) - fill) * column,
            halo=halo + (theme.halo(self.activations) - halo) * last,
        )
