"""A sheet of marks, the accuracy so far, and what the marks mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, AnimationGroup, Group, UpdateFromAlphaFunc, VGroup, linear

from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.learning.mark_sheet import MarkSheet, mark_key
from netglow.scenes.stage.text import HEADING, TITLE, Number, label
from netglow.scenes.stage.theme import Theme

_SPREAD = 0.8  # share of the run between the first row's marks and the last one's


class Exam(Group):
    """``sheet`` for ``count`` answers; ``score`` in per cent stands at ``corner``, ``word`` behind.

    ``words`` say what the score is, and name the two marks.
    """

    def __init__(
        self, count: int, words: Sequence[str], corner: np.ndarray, theme: Theme, **kwargs: Any
    ) -> None:
        self.sheet = MarkSheet(count, theme, np.array([2.6, 0.1, 0]), 7.4, 5.7)
        self.score = Number(0, theme.correct, TITLE, 1, bold=True, anchor=LEFT)
        stand(self.score.move_to(corner, LEFT), corner[1])
        self.word = label(words[0], theme.correct, HEADING, bold=True)
        stand(self._follow(), corner[1])
        self.key = mark_key(words[1], words[2], np.asarray(corner) - [0, 1.05, 0], theme)
        super().__init__(self.sheet, self.score, self.word, self.key, **kwargs)

    def _follow(self) -> Any:
        """The word stands behind the score, however many digits that has."""
        return self.word.set_x(self.score.get_right()[0] + 0.08, LEFT)

    def mark(self, right: np.ndarray, run_time: float = 2.6) -> AnimationGroup:
        """Animation: all answers (count,) are marked, row by row, and the score follows."""
        rows, before = self.sheet.rows, self.sheet.right
        marked = self.sheet.copy().set_right(right)
        wave = Wave(self.sheet, marked, _SPREAD * rows / max(rows.max(), 1))
        gained = np.concatenate([[0], np.cumsum(right.astype(int) - before)])

        def count(_: Any, alpha: float) -> None:
            done = int(np.clip((alpha - (1 - _SPREAD) / 2) / _SPREAD, 0, 1) * len(right))
            self.score.set_value(100 * (before.sum() + gained[done]) / len(right))
            self._follow()

        follow = UpdateFromAlphaFunc(VGroup(self.score, self.word), count, rate_func=linear)
        return AnimationGroup(wave, follow, run_time=run_time)
