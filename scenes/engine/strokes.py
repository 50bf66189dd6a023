"""Batches of edges, made ready for the light: where they are, and what each adds to it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np

from netglow.scenes.engine.batches import Edges
from netglow.scenes.engine.bloom import BLOOM_CELL
from netglow.scenes.engine.kernels import Floats, in_bands
from netglow.scenes.engine.lines import Lines, paint_lines
from netglow.scenes.engine.view import View

PLANES = 3  # the most colours that are added up one by one
PRIMARIES = np.eye(PLANES)

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Box:
    """Rows y0 to y1 and columns x0 to x1 of the frame, on borders of the bloom's coarse cells."""

    y0: int
    y1: int
    x0: int
    x1: int

    @classmethod
    def around(cls, strokes: Iterable[Stroke], margin: float, shape: tuple[int, ...]) -> Self:
        """All pixels that the strokes, and ``margin`` pixels around them, touch."""
        places = {id(s.place): s.place for s in strokes}.values()
        if not places:
            return cls(0, 0, 0, 0)
        low = np.min([place.low for place in places], axis=0) - margin
        high = np.max([place.high for place in places], axis=0) + margin
        cell = BLOOM_CELL
        x0, y0 = (max(0, int(v // cell) * cell) for v in low)
        x1, y1 = (min(n, -int(-v // cell) * cell) for v, n in zip(high, shape[::-1], strict=True))
        return cls(y0, y1, x0, x1) if y0 < y1 and x0 < x1 else cls(0, 0, 0, 0)

    @property
    def empty(self) -> bool:
        return self.y0 == self.y1

    @property
    def pixels(self) -> tuple[slice, slice]:
        return slice(self.y0, self.y1), slice(self.x0, self.x1)


@dataclass(frozen=True, eq=False)
class Place:
    """Where the edges of a batch are: segments (n, 4) x0 y0 x1 y1 in pixels, and their bounds."""

    segments: Floats
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, edges: Edges, view: View) -> Self:
        ends = view.to_pixels(edges.points)
        thick = 1 + float(edges.stroke_width.max(initial=0)) * view.stroke / 2
        return cls(ends.reshape(-1, 4), ends.min(axis=0) - thick, ends.max(axis=0) + thick)

    @staticmethod
    def key(edges: Edges, view: View) -> Key:
        """Equal keys make equal places."""
        return (zlib.crc32(np.ascontiguousarray(edges.points).data), len(edges), *view)


class Look(NamedTuple):
    """One way in which a batch adds to the light: at rest, or flowing."""

    strokes: Callable[[], tuple[np.ndarray, ...]]  # power, tail, head, spark (n,)
    arrays: tuple[np.ndarray, ...]  # all that decides it: these arrays, which are never written to,
    more: Key  # and these values

    @property
    def key(self) -> Key:
        """Equal keys make equal strokes, as long as the arrays are alive."""
        return (*self.more, *map(id, self.arrays))


def looks_of(edges: Edges) -> list[Look]:
    """How a batch adds to the light as it is now."""
    same, visible = (edges.rgb, edges.stroke_width), edges.visibility
    at_rest = (*same, edges.light, edges.begin)
    looks = [Look(edges.rest_strokes, at_rest, (visible, edges.shown))]
    if edges.glow.any():
        flowing = (*same, edges.glow, edges.head, edges.tail, edges.spark)
        looks.append(Look(edges.flow_strokes, flowing, (visible, ())))
    return looks


class Stroke:
    """What one batch adds to the light in one way, ready to be painted."""

    def __init__(
        self, edges: Edges, place: Place, look: Look, view: View, palette: np.ndarray
    ) -> None:
        self.place = place
        self.held = look.arrays  # the arrays it was made from: alive, their ids stay theirs
        power, tail, head, spark = (np.asarray(a, np.float32) for a in look.strokes())
        width = (edges.stroke_width * view.stroke / 2).astype(np.float32)
        plane = np.zeros(len(edges), np.int64)
        segments = place.segments
        if palette is PRIMARIES:  # too many colours: every edge once in each primary colour
            power = (power * edges.rgb.T).astype(np.float32).ravel()
            plane = np.repeat(np.arange(PLANES), len(edges))
            rest = (segments, width, tail, head, spark)
            segments, width, tail, head, spark = (np.concatenate([a] * PLANES) for a in rest)
        else:
            for k, colour in enumerate(palette[1:], 1):
                plane[(edges.rgb == colour).all(axis=1)] = k
        self.lines = Lines(segments, plane, power, width, tail, head, spark)

    def paint(self, light: Floats) -> None:
        """Add it to the light (k, h, w)."""
        in_bands(paint_lines, 0, light.shape[2], light, self.lines)


def palette_of(arrays: list[np.ndarray]) -> np.ndarray:
    """The colours (k, 3) in arrays of colours (n, 3); the primaries if there are too many."""
    found: list[np.ndarray] = []
    for rgb in arrays:
        rest = np.ones(len(rgb), bool)
        for colour in found:
            rest &= (rgb != colour).any(axis=1)
        while rest.any():
            if len(found) == PLANES:
                return PRIMARIES
            found.append(rgb[rest.argmax()])
            rest &= (rgb != found[-1]).any(axis=1)
    return np.array(found)
