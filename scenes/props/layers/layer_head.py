"""What is written above a layer's column."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, FadeIn, LaggedStart, UpdateFromAlphaFunc, VGroup

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

COUNT_Y, NAME_Y = 3.36, 2.86


class LayerHead(VGroup):
    """A layer's size (a :class:`Number`) above its column at ``x``, and a name below that."""

    def __init__(self, size: int, name: str, x: float, theme: Theme) -> None:
        count = Number(size, theme.text, HEADING, places=0, bold=True, anchor=np.zeros(3))
        self.count = count.move_to((x, COUNT_Y, 0))
        super().__init__(self.count, stand(label(name, theme.muted, CAPTION).set_x(x), NAME_Y))

    def arrive(self) -> Animation:
        """Size and name fade in, one after the other."""
        return LaggedStart(*map(FadeIn, self), lag_ratio=0.4)

    def recount(self, before: int, after: int, run_time: float) -> Animation:
        """The size goes from one number to another, through whole numbers."""

        def update(number: Any, alpha: float) -> None:
            number.set_value(round(before + (after - before) * alpha))

        return UpdateFromAlphaFunc(self.count, update, run_time=run_time)
