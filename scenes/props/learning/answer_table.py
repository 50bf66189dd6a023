"""Output by output: the answer given, the answer wanted, the difference, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, Group, Line, UpdateFromAlphaFunc, VGroup

from netglow.netcore.study.output_costs import FINER, PLACES
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, HEADING, Number, label
from netglow.scenes.stage.theme import Theme, rgb

TOP, PITCH = 2.3, 0.46  # of the rows
_NAME, _GIVEN, _WANTED, _BAR, _COST = 0.1, 0.65, 2.55, 3.85, 6.3  # left to right


class AnswerTable(Group):
    """``outputs`` (n,), ``wanted`` (n,) of 0 and 1, and what each output costs, ``costs`` (n,).

    ``heads`` are the texts above the four columns; ``answer``, ``want`` and ``cost`` are the
    groups to show one after the other. ``total`` is the sum of the costs, each by ``formula``.
    """

    def __init__(
        self,
        outputs: np.ndarray,
        wanted: np.ndarray,
        costs: np.ndarray,
        names: Sequence[str],
        heads: Sequence[str],
        total: str,
        formula: str,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.theme, self.wanted = theme, np.array(wanted, float)
        n = len(self.wanted)
        self.pitch = min(PITCH, 9 * PITCH / max(n - 1, 1))
        self.y = TOP - self.pitch * np.arange(n)
        self.names = self._names(names)
        self.given = self._neurons(np.zeros(n), _GIVEN)
        self.target = self._neurons(self.wanted, _WANTED)
        self.outputs, self.costs = VGroup(), VGroup()
        for y in self.y:
            self.outputs.add(self._number(_GIVEN + 1.25, y, FINER))
            self.costs.add(self._number(_COST, y, PLACES))
        places = np.stack([np.full(n, _BAR), self.y, 0 * self.y], axis=1)
        self.bars = Bars(np.zeros(n), places, theme, 1.3, 0.16)
        self._foot(total, formula)
        self._heads(heads)
        self.answer = Group(self.heads[0], self.given, self.outputs)
        self.want = Group(self.heads[1], self.target, self._wanted_numbers())
        self.cost = Group(self.heads[2:], self.bars, self.costs)
        foot = (self.rule, self.total, self.sum_word, self.formula)
        super().__init__(self.names, self.answer, self.want, self.cost, *foot, **kwargs)
        self.set_outputs(outputs, costs)

    def _names(self, names: Sequence[str]) -> VGroup:
        """The classes, left of their rows; the wanted one stands out."""
        made = VGroup()
        for name, y, wanted in zip(names, self.y, self.wanted == self.wanted.max(), strict=True):
            colour = self.theme.correct if wanted else self.theme.muted
            text = label(name, colour, BODY, bold=bool(wanted)).move_to((_NAME, 0, 0))
            made.add(stand(text, y - BODY / 2))
        return made

    def _neurons(self, activations: np.ndarray, x: float) -> Neurons:
        n, middle = len(self.wanted), float(self.y.mean())
        places = column(n, x, self.pitch, middle)
        return Neurons(activations, places, self.theme, 0.36 * self.pitch)

    def _wanted_numbers(self) -> VGroup:
        made = VGroup()
        for value, y in zip(self.wanted, self.y, strict=True):
            text = label(f"{value:.0f}", self.theme.text, BODY).move_to((_WANTED + 0.45, 0, 0))
            made.add(stand(text, y - BODY / 2))
        return made

    def _foot(self, total: str, formula: str) -> None:
        """The sum of the costs below a rule, and how they are made."""
        theme, low = self.theme, float(self.y[-1]) - 0.34
        self.rule = Line((_BAR, low, 0), (_COST, low, 0), stroke_width=2, color=theme.muted)
        self.total = Number(0, theme.wrong, HEADING, PLACES, bold=True)
        stand(self.total.move_to((_COST, 0, 0), aligned_edge=RIGHT), low - 0.5)
        word = label(total, theme.text, HEADING, bold=True)
        self.sum_word = stand(word.move_to((_BAR, 0, 0), aligned_edge=LEFT), low - 0.5)
        self.formula = label(formula, theme.muted, CAPTION).move_to((_NAME - 0.1, 0, 0), LEFT)
        stand(self.formula, low - 0.5)

    def _heads(self, heads: Sequence[str]) -> None:
        """What the columns are, above them."""
        columns = ((_GIVEN - 0.2, LEFT), (_WANTED - 0.2, LEFT), (_BAR, LEFT), (_COST, RIGHT))
        self.heads = VGroup(
            *[
                stand(label(text, self.theme.muted, CAPTION).move_to((x, 0, 0), side), TOP + 0.5)
                for text, (x, side) in zip(heads, columns, strict=True)
            ]
        )

    def _number(self, right: float, y: float, places: int) -> Number:
        made = Number(0, self.theme.text, BODY, places, anchor=LEFT)  # all begin with 0 or 1
        return stand(made.move_to((right, 0, 0), aligned_edge=RIGHT), y - BODY / 2)

    def set_outputs(self, outputs: np.ndarray, costs: np.ndarray) -> Self:
        """Show other outputs (n,) and what they cost (n,)."""
        self.given.set_activations(outputs)
        difference = np.abs(outputs - self.wanted)
        self.bars.set_values(difference)
        n = len(self.wanted)
        fill = np.concatenate([self.bars.fill[:n], np.tile(rgb(self.theme.wrong), (n, 1))])
        self.bars.set_arrays(fill=fill)
        for number, value in zip(self.outputs, outputs, strict=True):
            number.set_value(value)
        for number, value in zip(self.costs, costs, strict=True):
            number.set_value(value)
        self.total.set_value(float(np.sum(costs)))
        return self

    def grow_differences(self) -> UpdateFromAlphaFunc:
        """Animation: the bars of the differences grow from nothing to what they are."""
        values, fill = self.bars.values, self.bars.fill

        def grow(_: Any, share: float) -> None:
            self.bars.set_values(values * share).set_arrays(fill=fill)

        grow(self.bars, 0.0)
        return UpdateFromAlphaFunc(self.bars, grow)
