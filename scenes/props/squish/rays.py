"""A function as light: lines from axis to axis, and rays that turn where they meet its curve."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Group
from numpy.typing import ArrayLike

from netglow.scenes.engine.batches import Edges
from netglow.scenes.engine.constants import SOLID
from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.stage.theme import Theme

_RAY = 0.3  # light of a ray among few
_FEW = 16


class Fan(Edges):
    """Lines of light of ``values`` (n,) from ``starts`` to ``ends`` (n, 3), coloured by sign.

    Every ``strong``-th value is brighter, so that the change of the spacing is visible.
    """

    def __init__(
        self,
        values: ArrayLike,
        starts: np.ndarray,
        ends: np.ndarray,
        theme: Theme,
        strong: float,
        width: float = 1.6,
        **kwargs: Any,
    ) -> None:
        self.values = np.array(values, float)
        on_tick = np.abs(self.values / strong - np.round(self.values / strong)) < 1e-6
        self.power = np.where(on_tick, 0.3, 0.12)
        super().__init__(
            starts, ends, theme.signed_light(self.values), 0.0, self.power, width, **kwargs
        )

    def single_out(self, which: ArrayLike) -> Self:
        """Keep the lines where ``which`` (n,) holds as they are and dim the others."""
        return self.set_arrays(glow=np.where(which, self.power, 0.02))


class Rays(Group):
    """One ray for each pair of ``x`` and ``y`` (n,): ``rising`` to the curve, then ``crossing``.

    They rise from a level axis and cross to an upright one; the colour is the sign of ``x``.
    Many rays share the light, more so where they run together.
    """

    def __init__(
        self,
        x: ArrayLike,
        y: ArrayLike,
        x_axis: Axis,
        y_axis: Axis,
        theme: Theme,
        width: float = 1.6,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.x, self.y = np.array(x, float), np.array(y, float)
        turn = across(x_axis, y_axis, self.x, self.y)
        colour = theme.signed_light(self.x)
        crowd = max(len(self.x) / _FEW, 1.0)
        self.rising = Edges(x_axis.at(self.x), turn, colour, 0.0, _RAY * crowd**-0.6, width)
        self.crossing = Edges(turn, y_axis.at(self.y), colour, 0.0, _RAY * crowd**-0.8, width)
        self.add(self.rising, self.crossing)
        self.show_first(0)

    def show_first(self, count: int) -> Self:
        """Only the first ``count`` rays shine, over all their length."""
        head = np.where(np.arange(len(self.x)) < count, SOLID, 0.0)
        for leg in (self.rising, self.crossing):
            leg.set_arrays(head=head)
        return self
