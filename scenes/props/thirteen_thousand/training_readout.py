"""How far training has come, and how often the network is right by then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, UpdateFromAlphaFunc, VGroup

from netglow.netcore.study.training_path import Record, TrainingPath
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

_PITCH = 0.53


class TrainingReadout(VGroup):
    """Lines from ``corner``, the first one's left end: epoch, accuracy in per cent, and of what.

    ``words`` are three: the name of the epoch, what the percentage is, and of which images. There
    is room for an accuracy of ``most``; ``accuracy`` and ``most`` are 0..1.
    """

    def __init__(
        self,
        epoch: float,
        accuracy: float,
        words: Sequence[str],
        corner: np.ndarray,
        theme: Theme,
        most: float = 1.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        x, y = float(corner[0]), float(corner[1])
        self.epoch = Number(0, theme.text, HEADING, 0, bold=True, anchor=LEFT)
        self.percent = Number(100 * most, theme.correct, HEADING, 1, bold=True)
        name = label(words[0], theme.text, HEADING, bold=True)
        percent = label(words[1], theme.correct, HEADING, bold=True)
        stand(name.move_to((x, 0, 0), aligned_edge=LEFT), y)
        stand(self.epoch.next_to(name, RIGHT, buff=0.2), y)
        stand(self.percent.move_to((x, 0, 0), aligned_edge=LEFT), y - _PITCH)
        stand(percent.next_to(self.percent, RIGHT, buff=0.05), y - _PITCH)
        of = label(words[2], theme.muted, CAPTION).move_to((x, 0, 0), aligned_edge=LEFT)
        stand(of, y - 0.4 - _PITCH)
        self.add(self.epoch, self.percent, name, percent, of)
        self.set_epoch(epoch, accuracy)

    def set_epoch(self, epoch: float, accuracy: float) -> Self:
        """Show another epoch, whole, and accuracy 0..1."""
        self.epoch.set_value(int(epoch + 1e-6))
        self.percent.set_value(100 * accuracy)
        return self

    def follow(self, path: TrainingPath, record: Record, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: it goes along a whole training."""

        def step(_: Any, share: float) -> None:
            epoch = path.epoch(share)
            self.set_epoch(epoch, record.at(epoch))

        return UpdateFromAlphaFunc(self, step, **kwargs)
