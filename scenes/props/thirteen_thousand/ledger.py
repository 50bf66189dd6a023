"""A sum written as a bill: numbers under each other with what they count, a rule, the total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, Line, VGroup

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

_PITCH = 0.45


class Ledger(VGroup):
    """``items`` are (largest value, word, role); the last is the total, below a ``rule``.

    The ``numbers`` end in one column and start at 0; ``corner`` is the upper left corner of the
    first line's digits. ``lines[i]`` is a number and its word.
    """

    def __init__(
        self, items: Sequence[tuple[int, str, str]], corner: np.ndarray, theme: Theme, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        sizes = [BODY] * (len(items) - 1) + [HEADING]
        self.numbers = [
            Number(value, getattr(theme, role), size, 0, bold=size == HEADING)
            for (value, _, role), size in zip(items, sizes, strict=True)
        ]
        right = corner[0] + max(number.width for number in self.numbers)
        self.lines = VGroup()
        y = corner[1] - BODY
        for i, (number, (_, word, role)) in enumerate(zip(self.numbers, items, strict=True)):
            if i == len(items) - 1:
                y -= 0.18
            stand(number.move_to((right, 0, 0), aligned_edge=RIGHT), y)
            text = label(word, getattr(theme, role), sizes[i], bold=sizes[i] == HEADING)
            stand(text.move_to((right + 0.22, 0, 0), aligned_edge=LEFT), y)
            self.lines.add(VGroup(number.set_value(0), text))
            y -= _PITCH
        top = self.lines[-1].get_top()[1] + 0.14
        self.rule = Line((corner[0], top, 0), (right, top, 0), stroke_width=2, color=theme.muted)
        self.add(self.lines, self.rule)
