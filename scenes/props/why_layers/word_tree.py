"""Small pieces of text that make larger ones: columns of words joined by lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, LaggedStart, Transform, VGroup

from netglow.scenes.parts.network.neurons import column
from netglow.scenes.props.why_layers.joins import joins
from netglow.scenes.stage.text import TITLE, label
from netglow.scenes.stage.theme import Theme


class WordTree:
    """``levels`` of words at ``xs``; each word is made of so many of the level before, ``made_of``.

    ``columns`` are the words, ``joins`` the lines between neighbouring columns.
    """

    def __init__(
        self,
        levels: Sequence[Sequence[str]],
        made_of: Sequence[Sequence[int]],
        xs: Sequence[float],
        y: float,
        height: float,
        theme: Theme,
    ) -> None:
        lowest = column(len(levels[0]), xs[0], height / max(len(levels[0]) - 1, 1), y)
        self.columns = [self._words(levels[0], lowest, theme)]
        self.joins: list[Any] = []
        self.groups: list[list[slice]] = []
        places = lowest
        for words, counts, x in zip(levels[1:], made_of, xs[1:], strict=True):
            ends = np.cumsum(counts)
            groups = [slice(end - n, end) for end, n in zip(ends, counts, strict=True)]
            places = np.array([[x, places[group, 1].mean(), 0] for group in groups])
            self.columns.append(self._words(words, places, theme))
            pairs = [
                (part, whole)
                for group, whole in zip(groups, self.columns[-1], strict=True)
                for part in self.columns[-2][group]
            ]
            self.joins.append(joins(pairs, theme))
            self.groups.append(groups)

    def merge(self, level: int, run_time: float) -> tuple[VGroup, Animation]:
        """Copies of the words of a level, and how they fly together to those of the next.

        They brighten on the way: two equal glyphs in one place would look bold.
        """
        flying = VGroup(
            *[
                VGroup(*[glyph.copy() for word in self.columns[level][group] for glyph in word])
                for group in self.groups[level]
            ]
        ).set_opacity(0)
        moves = [
            Transform(parts, VGroup(*[glyph.copy() for glyph in whole]))
            for parts, whole in zip(flying, self.columns[level + 1], strict=True)
        ]
        return flying, LaggedStart(*moves, lag_ratio=0.35, run_time=run_time)

    def _words(self, words: Sequence[str], places: np.ndarray, theme: Theme) -> VGroup:
        return VGroup(
            *[
                label(word, theme.text, TITLE).move_to(place)
                for word, place in zip(words, places, strict=True)
            ]
        )
