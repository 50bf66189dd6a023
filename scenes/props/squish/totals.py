"""Three totals, one above the other: a name, a bar, and a percentage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Group, VGroup

from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

LONG, HIGH, _NUMBER = 4.0, 0.3, 1.15  # of a whole bar; room for a number


class Totals(Group):
    """``names`` from the top down, with bars that begin at ``left`` (3,), ``pitch`` apart.

    ``shares`` (n,) 0..1 are what :meth:`set_shares` shows.
    """

    def __init__(
        self, names: Sequence[str], left: np.ndarray, pitch: float, sign: str, theme: Theme
    ) -> None:
        n = len(names)
        at = np.asarray(left, float) - np.outer(np.arange(n) * pitch, UP)
        self.bars = [Bars(np.zeros(1), at[i : i + 1], theme, LONG, HIGH) for i in range(n)]
        self.names, self.numbers, self.percents = VGroup(), VGroup(), VGroup()
        for name, place in zip(names, at, strict=True):
            text = label(name, theme.muted, BODY).move_to(place + UP * 0.45, LEFT)
            self.names.add(stand(text, place[1] + 0.32))
            end = place + RIGHT * (LONG + _NUMBER - 0.3)
            number = Number(0, theme.text, HEADING, 0, bold=True).move_to(end, RIGHT)
            self.numbers.add(stand(number, place[1] - HEADING / 2))
            percent = label(sign, theme.text, HEADING, bold=True).next_to(end, RIGHT, buff=0.06)
            self.percents.add(stand(percent, place[1] - HEADING / 2))
        super().__init__(*self.bars, self.names, self.numbers, self.percents)

    def set_shares(self, shares: np.ndarray) -> Totals:
        """Show other shares (n,)."""
        self.shares = np.asarray(shares, float)
        for bar, number, share in zip(self.bars, self.numbers, self.shares, strict=True):
            bar.set_values(np.array([share]))
            number.set_value(100 * share)
        return self

    def row(self, i: int) -> VGroup:
        """The name, the number and the sign of row i."""
        return VGroup(self.names[i], self.numbers[i], self.percents[i])
