"""One dot for every image, exactly at its value: a pile instead of a histogram's bars."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import UP
from numpy.typing import ArrayLike

from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.dots import levels
from netglow.scenes.stage.theme import Theme, rgb

_PITCH = 2.15  # from dot to dot in a storey, in radii
_ABOVE = 0.1  # of the lowest dots over the axis


class DotPile(Neurons):
    """Dots at ``sums`` (n,) above a level axis, lit by their activation.

    They are as large as they can be, with a radius of at most ``largest`` and a pile at most
    ``height`` high. ``storeys`` (n,) count from 0.
    """

    DATA = (*Neurons.DATA, "sums")

    def __init__(
        self, sums: ArrayLike, axis: Axis, theme: Theme, height: float, largest: float = 0.075
    ) -> None:
        self.sums = np.array(sums, float)
        places = axis.at(self.sums)
        radius = largest
        while True:
            self.storeys = levels(places[:, 0], _PITCH * radius)
            if _ABOVE + radius * (2 + _PITCH * self.storeys.max(initial=0)) <= height:
                break
            radius *= 0.93
        self.radius = radius
        up = _ABOVE + radius * (1 + _PITCH * self.storeys)
        super().__init__(np.zeros(len(self.sums)), places + up[:, None] * UP, theme, radius)
        self.set_arrays(stroke_width=1.0)

    def set_activations(self, activations: np.ndarray) -> Self:
        super().set_activations(activations)
        lit = np.clip(self.activations, 0, 1)[:, None]
        if self.theme.is_light:  # a white dot would be lost on paper
            ink = _mixed(self.theme.faint, self.theme.attention, lit)
            return self.set_arrays(halo=0.0, fill=ink, stroke=ink)
        # a thousand halos would be a fog
        return self.set_arrays(halo=0.0, stroke=_mixed(self.theme.muted, self.theme.on, lit))

    def fall_from(self, source: ArrayLike, run_time: float) -> Wave:
        """Animation: the dots come from the point ``source`` (3,) and pile up."""
        target = self.copy()
        # the lowest storeys set off first, so that none lands on nothing
        delays = 0.75 * np.argsort(np.argsort(self.storeys, kind="stable")) / len(self)
        self.place(np.tile(source, (len(self), 1)), self.halves())
        return Wave(self, target, delays, run_time=run_time)

    def gather_at(self, goal: ArrayLike, run_time: float) -> Wave:
        """Animation: the dots go to the point ``goal`` (3,), the nearest first."""
        target = self.copy().place(np.tile(goal, (len(self), 1)), self.halves())
        away = np.linalg.norm(self.centres() - np.asarray(goal, float), axis=1)
        return Wave(self, target, 0.6 * away / away.max(), run_time=run_time)


def _mixed(dark: str, bright: str, share: np.ndarray) -> np.ndarray:
    """Colours (n, 3) between two roles' for shares (n, 1) 0..1."""
    mixed: np.ndarray = rgb(dark) + (rgb(bright) - rgb(dark)) * share
    return mixed
