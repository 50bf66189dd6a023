"""Edges as one sheet of light over the frame; what did not change is not painted again."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from netglow.scenes.engine.batches import Edges
from netglow.scenes.engine.bloom import bloom_of, bloom_reach
from netglow.scenes.engine.kernels import BLOCK, Bytes, Floats, in_bands
from netglow.scenes.engine.strokes import (
    PLANES,
    PRIMARIES,
    Box,
    Key,
    Place,
    Stroke,
    looks_of,
    palette_of,
)
from netglow.scenes.engine.tone import Glow, Tone, tone_map
from netglow.scenes.engine.view import View


class Sheet:
    """The light of one run of edge batches, from frame to frame.

    Strokes that were there in the frame before are still: their light is added up once, in
    ``light``. Over a ground that is still, too, their finished picture is kept.
    """

    def __init__(self, darken: bool, work: Floats) -> None:
        self.darken = darken
        self.work = work  # light of the frame in hand, shared by all sheets: see scratch()
        self.places: dict[Key, Place] = {}
        self._begin(PRIMARIES)

    def _begin(self, palette: np.ndarray) -> None:
        """Start from nothing, with other colours (k, 3)."""
        self.palette = palette
        self.strokes: dict[Key, Stroke] = {}
        self.still: set[Key] = set()
        self.light = np.zeros((len(palette), *self.work.shape[1:]), np.float32)
        self.ground: Bytes | None = None
        self.picture: Bytes | None = None

    def lay(self, run: list[Edges], view: View, frame: Bytes, ground: Bytes | None) -> None:
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
        strokes: dict[Key, Stroke] = {}
        places: dict[Key, Place] = {}
        for edges in run:
            where = Place.key(edges, view)
            place = places[where] = self.places.get(where) or Place.of(edges, view)
            for look in looks_of(edges):
                key = (where, *look.key)
                known = self.strokes.get(key)
                strokes[key] = known or Stroke(edges, place, look, view, self.palette)
        self.strokes, self.places = strokes, places

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
        """Of the bloom, in pixels."""
        return float(self.work.shape[1] / 150)

    @property
    def _reach(self) -> int:
        return bloom_reach(self._radius)

    def _finish(self, frame: Bytes, around: Iterable[Stroke], live: list[Stroke]) -> None:
        """Add the live strokes to the still light and lay it over the frame around strokes."""
        around = list(around)
        inner = Box.around(around, self._reach, self.work.shape[1:])
        if inner.empty:
            return
        # what lies beside the box blooms into it
        outer = Box.around(around, 2 * self._reach, self.work.shape[1:])
        light = self.light
        if live:
            light = self.work[: len(self.palette)]
            light[:, *outer.pixels] = self.light[:, *outer.pixels] if self.still else 0
            for stroke in live:
                stroke.paint(light)
        self.develop(frame, light, inner, outer)

    def develop(self, frame: Bytes, light: Floats, inner: Box, outer: Box) -> None:
        """Lay the light (k, h, w) over the inner box of the frame (h, w, 4), with the bloom of
        the outer one. The light may be larger than the frame."""
        bloom = bloom_of(light, self._radius, *outer.pixels)
        height, width = frame.shape[:2]
        in_bands(
            tone_map,
            inner.x0,
            min(inner.x1, width),
            frame.reshape(height, -1),
            Glow(light, bloom, outer.y0, outer.x0),
            Tone.of(self.palette, self.darken),
            inner.y0,
            min(inner.y1, height),
        )


def scratch(height: int, width: int) -> Floats:
    """Light (PLANES, h, w) for a frame, enlarged to whole blocks."""
    return np.zeros((PLANES, -(-height // BLOCK) * BLOCK, -(-width // BLOCK) * BLOCK), np.float32)
