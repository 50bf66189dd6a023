"""All outputs of a network as bars with their classes and values, the largest picked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, Group, Rectangle, UpdateFromAlphaFunc, VGroup

from netglow.scenes.parts.network.neurons import column
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.stage.text import BODY, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

_ONE = 0.995  # from here on, two places would show 1


class Answer(Group):
    """``output`` (classes,) 0..1 as bars below each other from ``x`` on, around height ``y``.

    The bars are ``length`` long. Only the largest has its number beside it, or ``nearly`` where two
    places would round it to 1. ``missing`` is one more row, which is not a part of it: an output
    that there is not, with nothing but its name.
    """

    def __init__(
        self,
        output: np.ndarray,
        names: Sequence[str],
        theme: Theme,
        x: float,
        y: float,
        height: float,
        length: float,
        missing: str,
        nearly: str,
        **kwargs: Any,
    ) -> None:
        self.theme, self.role = theme, "text"
        pitch = height / max(len(names) - 1, 1)
        lines = column(len(names), x, pitch, y)
        self.names = VGroup(
            *[
                label(name, theme.text, BODY).move_to(at, LEFT)
                for name, at in zip(names, lines, strict=True)
            ]
        )
        starts = lines + RIGHT * (self.names.width + 0.25)
        self.bars = Bars(output, starts, theme, length, 0.42 * pitch)
        ends = starts + RIGHT * (length + 0.2)
        self.numbers = [
            Number(0, theme.muted, HEADING, 2, bold=True, anchor=LEFT).move_to(at, LEFT)
            for at in ends
        ]
        self.nearly = [
            label(nearly, theme.muted, HEADING, bold=True).move_to(at, LEFT) for at in ends
        ]
        track = Rectangle(width=length, height=0.85 * pitch).move_to(
            starts[-1] + pitch * 1.2 * np.array([0.0, -1, 0]), LEFT
        )
        track.set_stroke(theme.attention, 2.5)
        name = label(missing, theme.attention, min(HEADING, 0.5 * pitch), bold=True)
        self.missing = VGroup(track, name.move_to(track))
        super().__init__(self.names, self.bars, VGroup(*self.numbers, *self.nearly), **kwargs)
        self.set_output(output)

    def set_output(self, output: np.ndarray, role: str | None = None) -> Self:
        """Show other outputs (classes,), the largest in the colour of ``role``."""
        self.output, self.role = np.array(output, float), role or self.role
        best, colour = int(self.output.argmax()), getattr(self.theme, self.role)
        self.bars.crown(best, self.role).set_values(self.output)
        rows = zip(self.numbers, self.nearly, self.names, self.output, strict=True)
        for i, (number, nearly, name, value) in enumerate(rows):
            number.colour = colour
            number.set_value(value)
            number.set_fill(colour, float(i == best and value < _ONE))
            nearly.set_fill(colour, float(i == best and value >= _ONE))
            name.set_color(colour if i == best else self.theme.muted)
        return self

    def change(self, output: np.ndarray, role: str, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the bars and numbers go to other outputs."""
        before, old, after = self.output, self.role, np.array(output, float)

        def step(_: Any, alpha: float) -> None:
            self.set_output(before + (after - before) * alpha, old if alpha < 0.5 else role)

        return UpdateFromAlphaFunc(self, step, **kwargs)
