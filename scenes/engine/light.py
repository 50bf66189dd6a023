"""Edges as one sheet of light over the frame; what did not change is not painted again."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from netglow.scenes.engine import painter
from netglow.scenes.engine.batches import Edges

PLANES = 3  # the most colours that are added up one by one
_PRIMARIES = np.eye(PLANES)

Key = tuple[Any, ...]


@dataclass(frozen=True)
class View:
    """How points become pixels: what the camera looks at, and its size in pixels."""

    to_pixels: Callable[[np.ndarray], np.ndarray]
    stroke: float  # pixels of a stroke width of 1
    key: Key  # differs whenever the others do


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
        cell = painter.BLOOM_CELL
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

    segments: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, edges: Edges, view: View) -> Self:
        ends = view.to_pixels(edges.points)
        thick = 1 + float(edges.stroke_width.max(initial=0)) * view.stroke / 2
        return cls(ends.reshape(-1, 4), ends.min(axis=0) - thick, ends.max(axis=0) + thick)


class Stroke:
    """What one batch adds to the light, at rest or flowing, ready for the painter."""

    def __init__(
        self,
        edges: Edges,
        place: Place,
        parts: tuple[np.ndarray, ...],
        view: View,
        palette: np.ndarray,
        held: tuple[np.ndarray, ...],
    ) -> None:
        self.place = place
        self.held = held  # the arrays it was made from: alive, their ids stay theirs
        power, tail, head, spark = (np.asarray(a, np.float32) for a in parts)
        width = (edges.stroke_width * view.stroke / 2).astype(np.float32)
        plane = np.zeros(len(edges), np.int64)
        segments = place.segments
        if palette is _PRIMARIES:  # too many colours: every edge once in each primary colour
            power = (power * edges.rgb.T).astype(np.float32).ravel()
            plane = np.repeat(np.arange(PLANES), len(edges))
            rest = (segments, width, tail, head, spark)
            segments, width, tail, head, spark = (np.concatenate([a] * PLANES) for a in rest)
        else:
            for k, colour in enumerate(palette[1:], 1):
                plane[(edges.rgb == colour).all(axis=1)] = k
        self.arrays = (segments, plane, power, width, tail, head, spark)

    def paint(self, light: np.ndarray) -> None:
        """Add it to the light (k, h, w)."""
        painter.in_bands(painter.lines, 0, light.shape[2], light, *self.arrays)


class Sheet:
    """The light of one run of edge batches, from frame to frame.

    Strokes that were there in the frame before are still: their light is added up once, in
    ``light``. Over a ground that is still, too, their finished picture is kept.
    """

    def __init__(self, darken: bool, work: np.ndarray) -> None:
        self.darken = darken
        self.work = work  # light of the frame in hand, shared by all sheets: see scratch()
        self.places: dict[Key, Place] = {}
        self._begin(_PRIMARIES)

    def _begin(self, palette: np.ndarray) -> None:
        """Start from nothing, with other colours (k, 3)."""
        self.palette = palette
        self.strokes: dict[Key, Stroke] = {}
        self.still: set[Key] = set()
        self.light = np.zeros((len(palette), *self.work.shape[1:]), np.float32)
        self.ground: np.ndarray | None = None
        self.picture: np.ndarray | None = None

    def lay(
        self, run: list[Edges], view: View, frame: np.ndarray, ground: np.ndarray | None
    ) -> None:
        """Paint the run over the frame (h, w, 4). ``ground`` is the still picture the frame
        shows as yet, None if it is another in every frame."""
        before = set(self.strokes)
        self._take(run, view)
        self._keep_still(before & set(self.strokes))
        live = [s for key, s in self.strokes.items() if key not in self.still]
        if ground is None:
            self._finish(frame, self.strokes.values(), live)
            return
        if self.still:
            still = [self.strokes[key] for key in self.still]
            if self.picture is None or self.ground is not ground:
                self.picture, self.ground = ground.copy(), ground
                self._finish(self.picture, still, [])
            box = Box.around(still, self._reach, self.work.shape[1:]).pixels
            frame[box] = self.picture[box]
        if live:
            if self.still:
                box = Box.around(live, self._reach, self.work.shape[1:]).pixels
                frame[box] = ground[box]
            self._finish(frame, live, live)

    def _take(self, run: list[Edges], view: View) -> None:
        """The strokes of the run as it is now; those known already are the same objects."""
        palette = palette_of([edges.rgb for edges in run])
        if not np.array_equal(palette, self.palette):
            self._begin(palette)
        taken, places = {}, {}
        for edges in run:
            where = (zlib.crc32(np.ascontiguousarray(edges.points)), len(edges), *view.key)
            place = places[where] = self.places.get(where) or Place.of(edges, view)
            same = (edges.rgb, edges.stroke_width)
            looks = [(edges.rest_strokes, (*same, edges.light, edges.begin), edges.shown)]
            if edges.glow.any():
                held = (*same, edges.glow, edges.head, edges.tail, edges.spark)
                looks.append((edges.flow_strokes, held, ()))
            for make, held, more in looks:
                key = (where, edges.visibility, more, *map(id, held))
                known = self.strokes.get(key)
                taken[key] = known or Stroke(edges, place, make(), view, self.palette, held)
        self.strokes, self.places = taken, places

    def _keep_still(self, still: set[Key]) -> None:
        """Bring the light of what is still up to date."""
        if still == self.still:
            return
        added = still - self.still
        if self.still - still:
            self.light[:] = 0
            added = still
        for key in sorted(added, key=list(self.strokes).index):  # sums must not depend on a set
            self.strokes[key].paint(self.light)
        self.still, self.picture = still, None

    @property
    def _radius(self) -> float:
        return self.work.shape[1] / 150

    @property
    def _reach(self) -> int:
        return painter.bloom_reach(self._radius)

    def _finish(self, frame: np.ndarray, around: Iterable[Stroke], live: list[Stroke]) -> None:
        """Add the live strokes to the still light and lay it over the frame around strokes."""
        around = list(around)
        inner = Box.around(around, self._reach, self.work.shape[1:])
        if inner.empty:
            return
        # what lies beside the box blooms into it
        outer = Box.around(around, 2 * self._reach, self.work.shape[1:])
        box, light = outer.pixels, self.light
        if live:
            light = self.work[: len(self.palette)]
            light[:, *box] = self.light[:, *box] if self.still else 0
            for stroke in live:
                stroke.paint(light)
        bloom = painter.bloom_of(light, self._radius, *box)
        curve = painter.ABSORB if self.darken else painter.SHINE
        height, width = frame.shape[:2]  # the light is a little larger
        painter.in_bands(
            painter.tone_map,
            inner.x0,
            min(inner.x1, width),
            frame.reshape(height, -1),
            light,
            bloom,
            outer.y0,
            outer.x0,
            self.palette.astype(np.float32),
            curve,
            self.darken,
            inner.y0,
            min(inner.y1, height),
        )


def scratch(height: int, width: int) -> np.ndarray:
    """Light (PLANES, h, w) for a frame, enlarged to whole blocks of the painter."""
    block = painter.BLOCK
    return np.zeros((PLANES, -(-height // block) * block, -(-width // block) * block), np.float32)


def palette_of(arrays: list[np.ndarray]) -> np.ndarray:
    """The colours (k, 3) in arrays of colours (n, 3); the primaries if there are too many."""
    found: list[np.ndarray] = []
    for rgb in arrays:
        rest = np.ones(len(rgb), bool)
        for colour in found:
            rest &= (rgb != colour).any(axis=1)
        while rest.any():
            if len(found) == PLANES:
                return _PRIMARIES
            found.append(rgb[rest.argmax()])
            rest &= (rgb != found[-1]).any(axis=1)
    return np.array(found)
