"""Ten numbers as slices of one cake, which they do not have to fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import (
    PI,
    AnnularSector,
    Circle,
    DashedVMobject,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    linear,
)
from numpy.typing import ArrayLike

from netglow.scenes.stage.text import TITLE, label
from netglow.scenes.stage.theme import Theme

_PLATE, _OUTSIDE = 0.12, 0.42  # share of the radius: gap, and how thick what has no room is


def spans(values: ArrayLike) -> list[tuple[float, float]]:
    """Where each slice begins and ends, in turns of the cake, one behind the other."""
    ends = np.cumsum(np.asarray(values, float))
    return [(float(end - v), float(end)) for v, end in zip(np.asarray(values), ends, strict=True)]


class Cake(VGroup):
    """``values`` (n,) >= 0 as slices, clockwise from the top; a whole cake is 1.

    What does not fit on the cake lies outside of it, turn after turn, at most ``reach`` from the
    middle; the cake's radius is ``size``. ``order`` are the values' places, the largest first; the
    slices ``marked`` are in the colour of attention.
    """

    def __init__(
        self,
        values: np.ndarray,
        marked: tuple[int, ...],
        centre: np.ndarray,
        reach: float,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.values = np.array(values, float)
        self.order = np.argsort(-self.values, kind="stable")
        turns = max(0.0, np.ceil(float(self.values.sum()) - 1))
        self.centre, self.theme = np.asarray(centre, float), theme
        self.size = radius = reach / (1 + _OUTSIDE * turns)
        self.marked = marked
        plate = Circle(radius=radius, color=theme.muted, stroke_width=3).move_to(centre)
        self.plate = DashedVMobject(plate, num_dashes=48)
        self.slices = VGroup(*[VMobject() for _ in values])
        self.share = 0.0
        self.add(self.plate, self.slices)

    def cut(self, share: float) -> VGroup:
        """Lay so much of all the slices on the plate, 0..1, one behind the other."""
        self.share = share
        upto = share * float(self.values.sum())
        laid = spans(self.values[self.order])
        self.slices.submobjects = [
            self._slice(k, a, min(z, upto))
            for k, (a, z) in zip(self.order, laid, strict=True)
            if min(z, upto) - a > 1e-3
        ]
        return self.slices

    def lay(self, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: slice after slice is laid on the plate."""
        return UpdateFromAlphaFunc(
            self.slices, lambda _, alpha: self.cut(alpha), rate_func=linear, **kwargs
        )

    def names(self, names: Sequence[str]) -> VGroup:
        """The names of the marked slices, on them, where they lie on the plate."""
        made, laid = VGroup(), spans(self.values[self.order])
        for k, (start, end) in zip(self.order, laid, strict=True):
            if k in self.marked and start < 1:
                turn = PI / 2 - 2 * PI * (start + min(end, 1.0)) / 2
                spot = self.centre + 0.6 * self.size * np.array([np.cos(turn), np.sin(turn), 0])
                made.add(label(names[k], self.theme.background, TITLE, bold=True).move_to(spot))
        return made

    def _slice(self, k: int, start: float, end: float) -> VGroup:
        """From ``start`` to ``end``, in turns; a piece for every turn it reaches into."""
        colour = self.theme.attention if k in self.marked else self.theme.muted
        made = VGroup()
        for turn in range(int(start), int(np.ceil(end))):
            a, z = max(start, turn), min(end, turn + 1)
            inner = 0.0 if not turn else self.size * (1 + _PLATE + (turn - 1) * _OUTSIDE)
            outer = self.size if not turn else inner + self.size * (_OUTSIDE - _PLATE)
            piece = AnnularSector(
                inner,
                outer,
                angle=-2 * PI * (z - a),
                start_angle=PI / 2 - 2 * PI * a,
                arc_center=self.centre,
            )
            piece.set_fill(colour, 0.95 if k in self.marked else 0.8)
            made.add(piece.set_stroke(self.theme.background, 2.5))
        return made
