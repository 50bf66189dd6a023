"""One sum on a long line, and the sums of many images that pile up on it."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import ORIGIN, UP, Dot, Group, Line

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.plots.axis import Axis, nice_step
from netglow.scenes.parts.plots.dots import stacked
from netglow.scenes.stage.text import BODY, TITLE, Number
from netglow.scenes.stage.theme import Theme, rgb

_Y, _WIDE = -1.75, 6.35  # of the line; half its length
_HIGH = 3.1  # of the piles
_POLE = 3.7  # of the line at the one sum
_DOT = 0.06
_FALL = 1.9  # how far a dot falls


class Pile(Cells):
    """A dot for each of ``values`` (n,), coloured by its sign."""

    DATA = ("values",)

    def __init__(self, values: np.ndarray, axis: Axis, theme: Theme) -> None:
        self.values = np.asarray(values, float)
        centres, halves = stacked(axis.at(self.values), _DOT, UP, _HIGH)
        positive, negative = rgb(theme.positive), rgb(theme.negative)
        fill = np.where((self.values >= 0)[:, None], positive, negative)
        super().__init__(centres, halves, corner=1.0, fill=fill)


class NumberLine(Group):
    """``total`` as a ``number`` on a pole over an ``axis``; ``pile`` (n,) are other sums.

    The axis is as long on both sides of 0.
    """

    def __init__(self, total: float, others: np.ndarray, places: int, theme: Theme) -> None:
        far = 1.05 * max(float(np.abs(others).max()), abs(total), 1.0)
        left, right = [-_WIDE, _Y, 0], [_WIDE, _Y, 0]
        self.axis = Axis(-far, far, left, right, theme, nice_step(2 * far, 10), size=BODY)
        at = self.axis.at(total)
        role = theme.positive if total >= 0 else theme.negative
        self.pole = Line(at, at + UP * _POLE, color=theme.text, stroke_width=2.5)
        self.mark = Dot(at, 0.12, color=role)
        self.number = Number(total, theme.text, TITLE, places, bold=True, anchor=ORIGIN)
        self.number.move_to(at + UP * (_POLE + 0.4))
        self.pile = Pile(others, self.axis, theme)
        super().__init__(self.axis, self.pole, self.mark, self.number)

    def rain(self, **kwargs: Any) -> Wave:
        """Animation: the other sums fall into their places, image after image."""
        settled = self.pile.copy()
        self.pile.shift(UP * _FALL).set_arrays(fill_alpha=0.0)
        delays = np.linspace(0, 0.75, len(settled))
        return Wave(self.pile, settled, delays, paint=(0.0, 0.2), **kwargs)
