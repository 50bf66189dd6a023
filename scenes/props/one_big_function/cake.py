"""Ten numbers as slices of one cake, which they do not have to fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

_RINGS = 6  # of what lies on something else, so that both are seen
_NARROW = 0.06  # turns: of a slice that is seen so little, the name stands outside


def spans(values: ArrayLike) -> list[tuple[float, float]]:
    """Where each slice begins and ends, in turns of the cake, one behind the other."""
    ends = np.cumsum(np.asarray(values, float))
    return [(float(end - v), float(end)) for v, end in zip(np.asarray(values), ends, strict=True)]


def clear_of(start: float, end: float, total: float) -> tuple[float, float]:
    """The part of a slice, in turns, that shares its place with no other, or as little as may be.

    ``total`` is where the last slice ends: on the first turn, all up to ``total - 1`` is shared.
    """
    alone = max(start, min(total - 1, 1.0)), min(end, 1.0)
    if end <= 1 or alone[1] - alone[0] > _NARROW:
        return min(alone), alone[1]
    return max(start, 1.0), end


class Cake(VGroup):
    """``values`` (n,) >= 0 as slices, clockwise from the top; a whole cake is 1.

    What does not fit any more lies in rings on what is there already, so that both are seen.
    ``order`` are the values' places, the largest first; ``roles`` are the colours of the slices
    that stand out, by their places. ``size`` is the cake's radius.
    """

    def __init__(
        self,
        values: np.ndarray,
        roles: Mapping[int, str],
        centre: np.ndarray,
        size: float,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.values = np.array(values, float)
        self.order = np.argsort(-self.values, kind="stable")
        self.centre, self.size, self.theme = np.asarray(centre, float), size, theme
        self.roles = dict(roles)
        plate = Circle(radius=size, color=theme.muted, stroke_width=3).move_to(centre)
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
        """The names of the slices that stand out, each where its slice is not covered."""
        made, total = VGroup(), float(self.values.sum())
        for k, (start, end) in zip(self.order, spans(self.values[self.order]), strict=True):
            if k not in self.roles:
                continue
            first, last = clear_of(start, end, total)
            is_narrow = last - first < _NARROW
            ink = getattr(self.theme, self.roles[k]) if is_narrow else self.theme.background
            turn = PI / 2 - PI * (first + last)
            away = (1.12 if is_narrow else 0.6) * self.size
            spot = self.centre + away * np.array([np.cos(turn), np.sin(turn), 0])
            made.add(label(names[k], ink, TITLE, bold=True).move_to(spot))
        return made

    def _slice(self, k: int, start: float, end: float) -> VGroup:
        """From ``start`` to ``end``, in turns; whole on the first turn, in rings on later ones."""
        made = VGroup()
        if start < 1:
            made.add(self._piece(k, start, min(end, 1.0), 0.0, 1.0))
        if end > 1:
            for edge in (2 * np.arange(_RINGS) + 1) / (2 * _RINGS + 1):
                ring = edge, edge + 1 / (2 * _RINGS + 1)
                made.add(self._piece(k, max(start, 1.0), end, *ring))
        return made

    def _piece(self, k: int, start: float, end: float, inner: float, outer: float) -> VMobject:
        """A part of a slice, from ``inner`` to ``outer``, in shares of the radius."""
        piece = AnnularSector(
            inner * self.size,
            outer * self.size,
            angle=-2 * PI * (end - start),
            start_angle=PI / 2 - 2 * PI * start,
            arc_center=self.centre,
        )
        piece.set_fill(getattr(self.theme, self.roles.get(k, "muted")), 1.0)
        return piece.set_stroke(self.theme.background, 3 if inner == 0 else 0)
