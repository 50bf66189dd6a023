"""All outputs of a network as bars with their classes and values, the largest picked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, Group, UpdateFromAlphaFunc, VGroup

from netglow.scenes.parts.network.neurons import column
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.stage.text import BODY, CAPTION, Number, label
from netglow.scenes.stage.theme import Theme


class Answer(Group):
    """``output`` (classes,) 0..1 as bars below each other from ``x`` on, around height ``y``."""

    def __init__(
        self,
        output: np.ndarray,
        names: Sequence[str],
        theme: Theme,
        x: float,
        y: float,
        height: float,
        length: float = 1.5,
        **kwargs: Any,
    ) -> None:
        self.theme, self.role = theme, "text"
        lines = column(len(names), x, height / max(len(names) - 1, 1), y)
        self.names = VGroup(
            *[
                label(name, theme.text, BODY).move_to(at, LEFT)
                for name, at in zip(names, lines, strict=True)
            ]
        )
        starts = lines + RIGHT * (self.names.width + 0.2)
        self.bars = Bars(output, starts, theme, length, 0.12)
        ends = starts + RIGHT * (length + 0.18)
        self.numbers = [
            Number(0, theme.muted, CAPTION, 3, anchor=LEFT).move_to(at, LEFT) for at in ends
        ]
        super().__init__(self.names, self.bars, VGroup(*self.numbers), **kwargs)
        self.set_output(output)

    def set_output(self, output: np.ndarray, role: str | None = None) -> Self:
        """Show other outputs (classes,), the largest in the colour of ``role``."""
        self.output, self.role = np.array(output, float), role or self.role
        best, colour = int(self.output.argmax()), getattr(self.theme, self.role)
        self.bars.crown(best, self.role).set_values(self.output)
        rows = zip(self.numbers, self.names, self.output, strict=True)
        for i, (number, name, value) in enumerate(rows):
            number.colour = colour if i == best else self.theme.muted
            number.set_value(value).set_color(number.colour)
            name.set_color(colour if i == best else self.theme.muted)
        return self

    def change(self, output: np.ndarray, role: str, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the bars and numbers go to other outputs."""
        before, old, after = self.output, self.role, np.array(output, float)

        def step(_: Any, alpha: float) -> None:
            self.set_output(before + (after - before) * alpha, old if alpha < 0.5 else role)

        return UpdateFromAlphaFunc(self, step, **kwargs)
