"""How to read the colours and shapes of a weight image."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import RIGHT, Group, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb


class WeightKey(Group):
    """A blue square and an orange disc with a few words each, in a line at height ``y``."""

    def __init__(self, positive: str, negative: str, y: float, theme: Theme, **kwargs: Any) -> None:
        colours = (theme.positive, theme.negative)
        self.words = VGroup(
            *[
                label(text, colour, CAPTION)
                for text, colour in zip((positive, negative), colours, strict=True)
            ]
        )
        self.words.arrange(RIGHT, buff=1.0).shift(RIGHT * 0.15)
        at = [[stand(word, y).get_left()[0] - 0.28, y + CAPTION / 2, 0] for word in self.words]
        self.marks = Cells(np.array(at), 0.1, [0, 0.85], [rgb(colour) for colour in colours])
        super().__init__(self.words, self.marks, **kwargs)
