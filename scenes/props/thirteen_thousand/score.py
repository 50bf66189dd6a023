"""How often a network is right: a bar, the share in percent, and a mark where guessing would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, Group, Line, UpdateFromAlphaFunc, VGroup

from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.thirteen_thousand.dial_wall import step_at
from netglow.scenes.stage.text import CAPTION, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

_HIGH, _ROOM = 0.26, 1.75  # of the bar, and for the percentage behind it


class Score(Group):
    """A ``bar`` for a share 0..1 with ``words`` below; ``guess`` is the line at ``chance``.

    ``words`` are two: what the share is of, and what the line is. All of it stands between
    ``left`` and ``right``, two x, around height ``y``.
    """

    def __init__(
        self, chance: float, words: Sequence[str], left: float, right: float, y: float, theme: Theme
    ) -> None:
        self.share = 0.0
        length = right - left - _ROOM
        self.bar = Bars(np.zeros(1), np.array([[left, y, 0]]), theme, length, _HIGH)
        self.bar.crown(0, "correct")
        percent = stand(label("%", theme.text, HEADING, bold=True), y - HEADING / 2)
        percent.shift((right - percent.get_right()[0]) * RIGHT)
        self.number = Number(0, theme.text, HEADING, 1, bold=True)
        self.number.next_to(percent, LEFT, buff=0.08)
        stand(self.number, y - HEADING / 2)
        at = left + chance * length
        self.line = Line((at, y - 0.2, 0), (at, y + 0.24, 0), color=theme.attention, stroke_width=3)
        name = stand(label(words[1], theme.attention, CAPTION).set_x(at), y + 0.31)
        self.guess = VGroup(self.line, name)
        of = label(words[0], theme.muted, CAPTION).move_to((left, 0, 0), LEFT)
        self.words_at = y - 0.53
        self.words = stand(of, self.words_at)
        super().__init__(self.bar, self.number, percent, self.guess, self.words)

    def set_share(self, share: float) -> Self:
        """Show another share 0..1."""
        self.share = share
        self.bar.set_values(np.array([share]))
        self.number.set_value(100 * share)
        return self

    def go(self, share: float, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: to another share."""
        before = self.share
        return UpdateFromAlphaFunc(
            self, lambda _, alpha: self.set_share(before + (share - before) * alpha), **kwargs
        )

    def follow(self, shares: np.ndarray, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: through ``shares`` (n,), which are known only at the steps.

        It goes on to the next one shortly before that is reached, so no other stays.
        """

        def step(_: Any, alpha: float) -> None:
            i, rest = step_at(alpha, len(shares))
            near = max(rest - 0.6, 0.0) / 0.4
            more = near * (shares[i + 1] - shares[i]) if rest else 0.0
            self.set_share(float(shares[i] + more))

        return UpdateFromAlphaFunc(self, step, **kwargs)
