"""A neuron's last step as one line: f(sum + bias) = f(z) = the neuron."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import RIGHT, UP, Group, Mobject, Text, VGroup

from netglow.netcore.study.arithmetic import NeuronSum
from netglow.scenes.parts.network.big_neuron import ink
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, Number, label
from netglow.scenes.stage.theme import Theme

SIZE = 0.3


class ActivationRow(Group):
    """``sum``, ``bias`` and ``z`` are numbers; ``around`` is what makes them arguments.

    ``of`` is the function with "{x}" for its argument. ``neuron`` starts dark; ``activation``, a
    text, is meant to appear inside it. The line stands on y = 0 between x = ``left`` and
    ``right``, in the middle of the frame if there is room.
    """

    def __init__(
        self, numbers: NeuronSum, of: str, theme: Theme, left: float, right: float, **kwargs: Any
    ) -> None:
        places = numbers.places
        self.sum = stand(Number(numbers.total, theme.text, SIZE, places), 0)
        self.z = stand(Number(numbers.z, theme.text, SIZE, places), 0)
        size_of_bias = stand(Number(abs(numbers.bias), theme.bias, SIZE, places), 0)
        join = label("+" if numbers.bias >= 0 else "\N{MINUS SIGN}", theme.bias, SIZE)
        join.set_y(SIZE / 2)
        self.is_z, self.equals = (label("=", theme.text, SIZE).set_y(SIZE / 2) for _ in "12")
        self.neuron, self.activation = _neuron(numbers, theme)
        first, second = _around(of, theme.text), _around(of, theme.text)
        space = 0.16 if of.split("{x}")[0].endswith(" ") else 0.04
        sum_and_bias = ((self.sum, space), (join, 0.14), (size_of_bias, 0.14), (first[1], 0.04))
        z = ((self.is_z, 0.2), (second[0], 0.2), (self.z, space), (second[1], 0.04))
        _in_line((first[0], 0), *sum_and_bias, *z, (self.equals, 0.2), (self.neuron, 0.25))
        self.activation.move_to(self.neuron)
        self.bias = VGroup(*join, *size_of_bias)
        self.around = VGroup(*first, *second)
        parts = (self.around, self.sum, self.bias, self.is_z, self.z, self.equals)
        super().__init__(*parts, self.neuron, self.activation, **kwargs)
        self.scale(min(1.0, (right - left) / self.width), about_point=np.zeros(3))
        middle = min(max(0.0, left + self.width / 2), right - self.width / 2)
        self.shift((middle - self.get_center()[0]) * RIGHT)


def _neuron(numbers: NeuronSum, theme: Theme) -> tuple[Neurons, Text]:
    """A dark neuron, and the text of its activation, for which it is large enough."""
    text = label(numbers.text("activation"), ink(numbers.activation, theme), CAPTION)
    radius = max(0.46, text.width / 2 + 0.09)
    return Neurons(np.zeros(1), np.array([[0, SIZE / 2, 0]]), theme, radius), text


def _around(of: str, colour: str) -> tuple[VGroup, VGroup]:
    """What stands before and after the argument of a function, on the line y = 0."""
    before, after = of.split("{x}")
    n = len(before)
    whole = label(f"{before}0{after}", colour, SIZE)
    whole.shift(UP * -whole[n].get_bottom()[1])
    return VGroup(*whole[: len(before.rstrip())]), VGroup(*whole[n + 1 :])


def _in_line(*pieces: tuple[Mobject, float]) -> None:
    """Each piece to the right of the one before, after a gap, at its own height."""
    at = 0.0
    for piece, gap in pieces:
        at += gap
        piece.shift(RIGHT * (at - piece.get_left()[0]))
        at += piece.width
