"""For how many images a neuron with some bias fires: the share, large, and the count below it."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, VGroup

from netglow.netcore.study.facts import fires
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, TITLE, Number, label
from netglow.scenes.stage.theme import Theme


class FiredCount(VGroup):
    """For how many of the weighted ``sums`` (n,), and what share, a neuron with a ``bias`` fires.

    The count stands in one line with the ``words``, which ends at the point ``right``.
    """

    def __init__(
        self,
        sums: np.ndarray,
        bias: float,
        words: str,
        right: np.ndarray,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.sums = np.array(sums, float)
        x, y = float(right[0]), float(right[1])
        of = label(words, theme.muted, CAPTION).move_to((x, 0, 0), aligned_edge=RIGHT)
        sign = label("%", theme.text, TITLE, bold=True).move_to((x, 0, 0), aligned_edge=RIGHT)
        self.count = Number(0, theme.text, CAPTION, 0, bold=True)
        self.share = Number(0, theme.text, TITLE, 1, bold=True)
        self.count.next_to(of, LEFT, buff=0.14)
        self.share.next_to(sign, LEFT, buff=0.1)
        self.percent = VGroup(self.share, sign)
        for part, line in ((of, y), (self.count, y), (self.share, y + 0.5), (sign, y + 0.5)):
            stand(part, line)
        super().__init__(self.percent, self.count, of, **kwargs)
        self.set_bias(bias)

    def set_bias(self, bias: float) -> Self:
        """Count for another bias."""
        fired = int(fires(self.sums, bias))
        self.count.set_value(fired)
        self.share.set_value(100 * fired / len(self.sums))
        return self
