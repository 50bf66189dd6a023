"""A large weight image that changes, with the scale of its colours and what its signs look like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, Group, UpdateFromAlphaFunc, VGroup, linear

from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, Number, label
from netglow.scenes.stage.theme import Theme


class ScaledWeights(Group):
    """``values`` (rows, columns) as an ``image`` of ``size``, its left border at ``left``.

    ``scale_number`` is the value of the strongest colour, ``key`` all that stands below the image.
    ``words`` are what stands before that value, and what the two signs look like.
    """

    def __init__(
        self,
        values: np.ndarray,
        scale: float,
        words: Sequence[str],
        theme: Theme,
        left: float,
        y: float = 0.25,
        size: float = 4.6,
        **kwargs: Any,
    ) -> None:
        self.image = WeightImage(values, theme, size, scale).move_to((left + size / 2, y, 0))
        low = self.image.get_bottom()[1]
        name = label(words[0], theme.muted, CAPTION).move_to((left, 0, 0), LEFT)
        self.scale_number = Number(scale, theme.muted, CAPTION, 2, anchor=LEFT)
        stand(self.scale_number.next_to(stand(name, low - 0.42), RIGHT, buff=0.04), low - 0.42)
        signs = VGroup(
            label(words[1], theme.positive, CAPTION), label(words[2], theme.negative, CAPTION)
        ).arrange(RIGHT, buff=0.4)
        for word in signs.shift(RIGHT * (left - signs.get_left()[0])):
            stand(word, low - 0.78)
        self.key = VGroup(name, self.scale_number, signs)
        super().__init__(self.image, self.key, **kwargs)

    def change(self, values: np.ndarray, scale: float) -> list[UpdateFromAlphaFunc]:
        """Animations: on to other values and their scale."""
        before, start = self.image.values, self.image.value_scale

        def step(_: Any, share: float) -> None:
            self.image.value_scale = start + (scale - start) * share
            self.image.set_values(before + (values - before) * share)

        return [
            UpdateFromAlphaFunc(self.image, step, rate_func=linear),
            UpdateFromAlphaFunc(
                self.scale_number,
                lambda _, share: self.scale_number.set_value(start + (scale - start) * share),
                rate_func=linear,
            ),
        ]
