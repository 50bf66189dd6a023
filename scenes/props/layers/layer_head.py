"""What is written above and below a layer's column, and a ring around one of its neurons."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Circle, FadeIn, LaggedStart, UpdateFromAlphaFunc, VGroup

from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, Number, label
from netglow.scenes.stage.theme import Theme

COUNT_Y, NAME_Y, REASON_Y = 2.78, -2.42, -2.77


class LayerHead(VGroup):
    """A layer's size (a :class:`Number`) above its column at ``x``; name and reason below."""

    def __init__(self, size: int, name: str, reason: str, x: float, theme: Theme) -> None:
        count = Number(size, theme.text, BODY, places=0, bold=True, anchor=np.zeros(3))
        lines = [label(name, theme.text, CAPTION), label(reason, theme.muted, CAPTION)]
        for line, y in zip(lines, (NAME_Y, REASON_Y), strict=True):
            stand(line.set_x(x), y)
        self.count = count.move_to((x, COUNT_Y, 0))
        super().__init__(self.count, *lines)

    def arrive(self, lines: int = 3) -> Animation:
        """The first of size, name and reason fade in, one after the other."""
        return LaggedStart(*map(FadeIn, self[:lines]), lag_ratio=0.4)

    def recount(self, before: int, after: int, run_time: float) -> Animation:
        """The size goes from one number to another, through whole numbers."""

        def update(number: Any, alpha: float) -> None:
            number.set_value(round(before + (after - before) * alpha))

        return UpdateFromAlphaFunc(self.count, update, run_time=run_time)


def ring_around(neurons: Neurons, index: int, theme: Theme) -> Circle:
    """A ring that says: this neuron."""
    ring = Circle(neurons.halves()[index, 0] + 0.07, color=theme.attention, stroke_width=3)
    return ring.move_to(neurons.centres()[index])
