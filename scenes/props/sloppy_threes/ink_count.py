"""The inked pixels of an overlay leave it and are counted, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, AnimationGroup, Group, UpdateFromAlphaFunc, linear

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.text.baseline import baseline, stand
from netglow.scenes.props.sloppy_threes.overlay import BOTH, FIRST, ROLES, SECOND, Overlay, block
from netglow.scenes.stage.text import BODY, HEADING, Number, label
from netglow.scenes.stage.theme import Theme

KINDS = (FIRST, SECOND, BOTH)
_HIGH = 4  # pixels in a column of a row
_ROW, _UNDER = 1.56, 0.16  # from row to row; from a number to its pixels


class InkCount(Group):
    """Rows of pixels: only in the first, only in the second, in both (``cells``, a batch each).

    They lie on the overlay until :meth:`pour` brings them under their ``numbers`` and ``names``
    below ``corner``.
    """

    def __init__(
        self,
        overlay: Overlay,
        theme: Theme,
        words: Sequence[str] = (),
        corner: np.ndarray = ORIGIN,
        room: float = 6.4,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.cells = [overlay.lifted(kind) for kind in KINDS]
        self.counts = [overlay.count(kind) for kind in KINDS]
        self.numbers, self.names, self.targets = [], [], []
        pitch = min(0.2, room / max(-(-max(self.counts) // _HIGH), 1))
        for i, word in enumerate(words):
            place, colour = np.add(corner, [0, -_ROW * i, 0]), getattr(theme, ROLES[KINDS[i]])
            number = Number(self.counts[i], colour, HEADING, 0, bold=True, anchor=RIGHT)
            number.move_to(place + RIGHT * 0.9, aligned_edge=RIGHT)
            stand(number, place[1])
            name = label(word, colour, BODY)
            name.move_to(place + RIGHT * 1.1, aligned_edge=LEFT)
            self.names.append(stand(name, baseline(number)))
            self.numbers.append(number.set_value(0))
            places = block(self.counts[i], place - [0, _UNDER, 0], _HIGH, pitch)
            self.targets.append(self._moved(i, places, pitch))
        self.add(*self.cells, *self.numbers, *self.names)

    @property
    def union(self) -> int:
        """Pixels inked in either image."""
        return sum(self.counts)

    def pour(self, i: int, run_time: float = 1.5) -> AnimationGroup:
        """Row i gathers; its number counts what has arrived."""
        wave = Wave(self.cells[i], self.targets[i], self._delays(i), run_time=run_time)
        return AnimationGroup(
            wave,
            UpdateFromAlphaFunc(
                self.numbers[i],
                lambda n, alpha: n.set_value(int((wave.shares(alpha) > 0.99).sum())),
                rate_func=linear,
                run_time=run_time,
            ),
        )

    def _moved(self, i: int, places: np.ndarray, pitch: float) -> Cells:
        return self.cells[i].copy().place(places, np.full((self.counts[i], 2), 0.43 * pitch))

    def _delays(self, i: int) -> np.ndarray:
        return np.linspace(0, 0.6, self.counts[i])
