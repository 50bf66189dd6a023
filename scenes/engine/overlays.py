"""Ordinary mobjects that stand still above what moves: painted once, laid over every frame."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from manim import VMobject

from netglow.scenes.engine.cells import over
from netglow.scenes.engine.kernels import Bytes, Frame, Ints
from netglow.scenes.engine.view import View

_FEW = 3  # so many are painted as quickly as they are laid over

Look = tuple[Any, ...]
Paint = Callable[[list[VMobject], Frame], None]


@dataclass(frozen=True, eq=False)
class Overlay:
    """Painted pixels (n, 4) with premultiplied alpha, and where in the frame they are (n,)."""

    where: Ints
    pixels: Bytes

    def lay_over(self, frame: Frame) -> None:
        """Show it over a frame (h, w, 4)."""
        over(frame.reshape(-1, 4), self.where, self.pixels)


class Overlays:
    """What stood still in the frame before, and the pictures of it."""

    def __init__(self) -> None:
        self.before: set[Look] = set()
        self.now: set[Look] = set()
        self.kept: dict[tuple[Look, ...], Overlay] = {}
        self.used: dict[tuple[Look, ...], Overlay] = {}
        self.blank: Frame | None = None

    def next_frame(self) -> None:
        """What was not used in the last frame is dropped."""
        self.before, self.now = self.now, set()
        self.kept, self.used = self.used, {}

    def lay(self, mobjects: list[VMobject], view: View, frame: Frame, paint: Paint) -> None:
        """Show the mobjects, in their order, over the frame (h, w, 4)."""
        looks = [(look_of(mobject), view) for mobject in mobjects]
        self.now.update(looks)
        pairs = zip(mobjects, looks, strict=True)
        for still, group in groupby(pairs, lambda pair: pair[1] in self.before):
            members, names = zip(*group, strict=True)
            if not still or len(members) <= _FEW:
                paint(list(members), frame)
                continue
            overlay = self.kept.get(names) or self._painted(list(members), frame.shape, paint)
            self.used[names] = overlay
            overlay.lay_over(frame)

    def _painted(self, mobjects: list[VMobject], shape: tuple[int, ...], paint: Paint) -> Overlay:
        if self.blank is None:
            self.blank = np.zeros(shape, np.uint8)
        paint(mobjects, self.blank)
        flat = self.blank.reshape(-1, 4)
        where = np.flatnonzero(flat[:, 3])
        made = Overlay(where, flat[where])
        flat[where] = 0
        return made


def look_of(mobject: VMobject) -> Look:
    """Everything that decides how a mobject is painted; equal looks make equal pixels."""
    return (
        len(mobject.points),
        zlib.crc32(np.ascontiguousarray(mobject.points).data),
        mobject.fill_rgbas.tobytes(),
        mobject.stroke_rgbas.tobytes(),
        mobject.stroke_width,
        mobject.background_stroke_rgbas.tobytes(),
        mobject.background_stroke_width,
        mobject.joint_type,
        mobject.cap_style,
        mobject.sheen_factor,
        np.asarray(mobject.sheen_direction).tobytes(),
    )
