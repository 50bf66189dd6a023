"""A number line squeezed into another, and the lines that show where every value went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import DOWN, UP, AnimationGroup, Group, linear

from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.props.squish.fan import Fan
from netglow.scenes.props.squish.journeys import CarriedLine, Carry
from netglow.scenes.stage.theme import Theme


class Squeeze(Group):
    """All of a level axis ``source`` goes where ``f`` sends it on the level axis ``target``."""

    def __init__(
        self,
        f: Callable[[np.ndarray], np.ndarray],
        source: Axis,
        target: Axis,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        z = np.linspace(source.low, source.high, 97)
        dense = np.linspace(source.low, source.high, 241)
        self.fan = Fan(
            z, source.at(z) + DOWN * 0.5, target.at(f(z)) + UP * 0.08, theme, source.step
        )
        self.line = CarriedLine(dense, source.values, source.at, lambda v: target.at(f(v)), theme)
        self.add(self.fan, self.line)

    def go(self, run_time: float = 3) -> AnimationGroup:
        """The line departs, and the lines of the fan are drawn behind it."""
        fan: Any = self.fan
        light = fan.animate(rate_func=linear, run_time=run_time).set_arrays(head=1.3)
        return AnimationGroup(Carry(self.line, run_time=run_time), light)
