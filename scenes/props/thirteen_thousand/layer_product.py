"""How many edges a layer has: neurons times neurons, counted above them."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, VGroup

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, Number, label
from netglow.scenes.stage.theme import Theme


class LayerProduct(VGroup):
    """The ``terms``, words, over "= ``count``" around ``place``; the count starts at ``begun``."""

    def __init__(
        self, terms: str, most: int, begun: int, place: np.ndarray, theme: Theme, **kwargs: Any
    ) -> None:
        x, y = float(place[0]), float(place[1])
        self.terms = stand(label(terms, theme.muted, CAPTION).set_x(x), y + 0.25)
        self.count = Number(most, theme.text, BODY, 0)
        equals = label("=", theme.muted, BODY).next_to(self.count, LEFT, buff=0.15)
        VGroup(equals, self.count).set_x(x)
        stand(self.count, y - 0.13 - BODY / 2)
        equals.set_y(y - 0.13)
        self.count.set_value(begun)
        super().__init__(self.terms, equals, self.count, **kwargs)
