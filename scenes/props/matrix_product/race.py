"""Measured times as bars that grow on one clock."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, RIGHT, AnimationGroup, Group, UpdateFromAlphaFunc, VGroup, VMobject, linear

from netglow.netcore.network import frozen
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, label
from netglow.scenes.stage.theme import Theme

_HEIGHT = 0.32  # of a bar


def _beside(text: VMobject, place: np.ndarray) -> VMobject:
    """A text that begins at a place, its capitals level with it."""
    return stand(text.move_to(place, LEFT), place[1] - BODY / 2)


class Race(Group):
    """``times`` (n,) of any unit as bars at ``left`` (n, 3), the longest ``length`` wide.

    ``names`` and ``shown`` are n texts each: ``indent`` before a bar, and behind it when it is
    done.
    """

    def __init__(
        self,
        times: np.ndarray,
        names: list[str],
        shown: list[str],
        left: np.ndarray,
        theme: Theme,
        length: float,
        indent: float,
    ) -> None:
        super().__init__()
        self.times = frozen(times)
        self.share = self.times / self.times.max()
        self.bars = Bars(np.zeros(len(times)), left, theme, length, _HEIGHT)
        tracks = np.repeat([0.0, 1.0], len(times))
        self.bars.set_arrays(corner=0.0, fill_alpha=tracks)
        self.names = VGroup(
            *[
                _beside(label(text, theme.text), x + LEFT * indent)
                for text, x in zip(names, left, strict=True)
            ]
        )
        ends = left + RIGHT * (self.share * length + 0.2)[:, None]
        self.shown = VGroup(
            *[
                _beside(label(text, theme.text, bold=True), x)
                for text, x in zip(shown, ends, strict=True)
            ]
        )
        self.add(self.bars, self.names)

    def run(self, seconds: float) -> AnimationGroup:
        """All bars grow at one speed; every number appears when its bar is done."""

        def appear(text: Any, share: float) -> UpdateFromAlphaFunc:
            return UpdateFromAlphaFunc(
                text,
                lambda m, alpha: m.set_opacity(float(np.clip((alpha - share) / 0.12, 0, 1))),
                rate_func=linear,
            )

        span = 1 / 1.15  # the slowest number needs time to appear too
        grow = UpdateFromAlphaFunc(
            self.bars,
            lambda bars, alpha: bars.set_values(np.minimum(alpha / span, self.share)),
            rate_func=linear,
        )
        return AnimationGroup(
            grow,
            *[
                appear(text, float(share) * span)
                for text, share in zip(self.shown, self.share, strict=True)
            ],
            run_time=seconds * 1.15,
        )
