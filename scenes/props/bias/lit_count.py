"""For how many images a neuron with some bias lights up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import RIGHT, VGroup

from netglow.netcore.study.facts import fires
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, TITLE, Number, label
from netglow.scenes.stage.theme import Theme


class LitCount(VGroup):
    """How many of the ``sums`` (n,) a ``bias`` lifts above 0, and ``words`` line by line below it.

    All ends at the point ``right``.
    """

    def __init__(
        self, sums: np.ndarray, bias: float, words: Sequence[str], right: np.ndarray, theme: Theme
    ) -> None:
        self.sums = np.array(sums, float)
        x, y = float(right[0]), float(right[1])
        self.number = Number(0, theme.text, TITLE, 0, bold=True)
        stand(self.number.shift(RIGHT * (x - self.number.get_right()[0])), y)
        self.words = VGroup()
        for i, word in enumerate(words):
            line = label(word, theme.muted, CAPTION).move_to((x, 0, 0), aligned_edge=RIGHT)
            self.words.add(stand(line, y - 0.42 - 0.34 * i))
        super().__init__(self.number, self.words)
        self.set_bias(bias)

    def set_bias(self, bias: float) -> Self:
        """Count for another bias."""
        self.number.set_value(int(fires(self.sums, bias)))
        return self
