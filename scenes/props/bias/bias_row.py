"""Sum + bias = z, and the neuron that it lights, while the bias changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import RIGHT, Group, VGroup

from netglow.scenes.parts.network.big_neuron import BigNeuron
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, Number, label
from netglow.scenes.stage.theme import Theme

SIZE = 0.3
_SIGN, _NAME_GAP = 0.75, 0.3  # room for a sign between two numbers, and between their names


class BiasRow(Group):
    """``total`` + ``bias`` = z in one line from ``left`` on, f(z) in the ``neuron`` at its end.

    The numbers have ``places`` decimals; ``names`` are written above the three. ``second`` is what
    the bias adds: its sign, the bias and z.
    """

    def __init__(
        self,
        total: float,
        bias: float,
        f: Callable[[float], Any],
        places: int,
        names: tuple[str, ...],
        left: np.ndarray,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.total, self.f, self.theme, self.places = float(total), f, theme, places
        left = np.asarray(left, float)
        self.names = VGroup(
            *[
                stand(label(name, getattr(theme, role), CAPTION), left[1] + 0.45)
                for name, role in zip(names, ("muted", "bias", "muted"), strict=True)
            ]
        )
        ends = [np.array([x, left[1], 0]) for x in self._ends(left[0])]
        self.sum = self._number(total, ends[0], theme.text)
        self.size_of_bias = self._number(abs(bias), ends[1], theme.bias)
        self.z = self._number(total + bias, ends[2], theme.text)
        self.signs = [
            label(s, theme.bias, SIZE).move_to(ends[0] + RIGHT * (_SIGN / 2))
            for s in ("+", "\N{MINUS SIGN}")
        ]
        equals = label("=", theme.muted, SIZE).move_to(ends[1] + RIGHT * (_SIGN / 2))
        self.second = VGroup(*self.signs, self.size_of_bias, equals, self.z)
        at = ends[2] + RIGHT * 0.95
        self.neuron = BigNeuron(float(f(total + bias)), at, theme, 0.46, CAPTION)
        for name, end in zip(self.names, ends, strict=True):
            name.shift(RIGHT * (end[0] - name.get_right()[0]))
        super().__init__(self.sum, self.second, self.neuron, self.names, **kwargs)
        self.set_bias(bias)

    def _number(self, value: float, end: np.ndarray, colour: str) -> Number:
        """A number that ends at a point and is centred on its height."""
        made = Number(value, colour, SIZE, self.places)
        made.shift(RIGHT * (end[0] - made.get_right()[0]))
        return stand(made, end[1] - SIZE / 2)

    def set_bias(self, bias: float) -> Self:
        """Add another bias; z and the neuron follow."""
        self.bias = float(bias)
        for sign, drawn in zip(self.signs, (bias >= 0, bias < 0), strict=True):
            sign.set_fill(opacity=float(drawn))
        self.size_of_bias.set_value(abs(self.bias))
        self.z.set_value(self.total + self.bias)
        self.neuron.set_value(float(self.f(self.total + self.bias)))
        return self

    def _ends(self, left: float) -> list[float]:
        """Right ends of the three numbers: as far apart as the widest of them need."""
        widest = Number(10, self.theme.text, SIZE, self.places).width
        minus = Number(-10, self.theme.text, SIZE, self.places).width
        first = left + max(self.names[0].width, widest)
        second = first + max(_SIGN + widest, _NAME_GAP + self.names[1].width)
        return [first, second, second + max(_SIGN + minus, _NAME_GAP + self.names[2].width)]
