"""How to read the colours and shapes of a weight image."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, Group, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, label
from netglow.scenes.stage.theme import Theme, rgb

_YS = (2.55, 2.0)  # of its two lines


class WeightKey(Group):
    """A blue square and an orange disc with a few words each, one below the other, around ``x``."""

    def __init__(self, positive: str, negative: str, x: float, theme: Theme, **kwargs: Any) -> None:
        colours = (theme.positive, theme.negative)
        self.words = VGroup(
            *[
                label(text, colour, BODY)
                for text, colour in zip((positive, negative), colours, strict=True)
            ]
        )
        self.words.arrange(DOWN, buff=0, aligned_edge=LEFT).set_x(x + 0.15)
        for word, y in zip(self.words, _YS, strict=True):
            stand(word, y)
        left = self.words.get_left()[0] - 0.3
        at = [[left, y + BODY / 2, 0] for y in _YS]
        self.marks = Cells(np.array(at), 0.1, [0, 0.85], [rgb(colour) for colour in colours])
        super().__init__(self.words, self.marks, **kwargs)
