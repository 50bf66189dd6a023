"""A camera that paints batches of edges and cells straight into the frame."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from manim import Mobject, MovingCamera

from scenes.stage import painter
from scenes.stage.batches import Cells, Edges

_STROKE = 0.01  # Manim: stroke width 1 is a hundredth of a unit


class StageCamera(MovingCamera):
    """Manim's moving camera, plus :class:`Edges` and :class:`Cells`.

    ``darken`` is set by a light theme: light then absorbs instead of shining.
    """

    darken = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._rest: tuple[Any, np.ndarray] | None = None

    def type_or_raise(self, mobject: Mobject) -> Any:
        kind = super().type_or_raise(mobject)
        self.display_funcs[Edges] = self.display_edges  # type: ignore[assignment, index]
        self.display_funcs[Cells] = self.display_cells  # type: ignore[assignment, index]
        return next((k for k in (Edges, Cells) if isinstance(mobject, k)), kind)

    def get_cached_cairo_context(self, pixel_array: np.ndarray) -> Any:
        """The context of the last frame, while the camera has not moved (Manim makes anew)."""
        view = (id(pixel_array), *self.frame_center, self.frame_width)
        cached = getattr(self, "_context", None)
        return cached[1] if cached and cached[0] == view else None

    def cache_cairo_context(self, pixel_array: np.ndarray, ctx: Any) -> None:
        self._context = ((id(pixel_array), *self.frame_center, self.frame_width), ctx)

    @property
    def pixels_per_unit(self) -> float:
        return self.pixel_width / self.frame_width

    def to_pixels(self, points: np.ndarray) -> np.ndarray:
        """(n, 3) points to (n, 2) float32 pixels, y down."""
        centre = self.frame_center
        k = self.pixels_per_unit
        x = (points[:, 0] - centre[0]) * k + self.pixel_width / 2
        y = (centre[1] - points[:, 1]) * k + self.pixel_height / 2
        return np.stack([x, y], axis=1).astype(np.float32)

    # --- light ---
    def display_edges(self, run: list[Edges], frame: np.ndarray) -> None:
        """Paint a run of edge batches as one sheet of light."""
        segments = [self.to_pixels(edges.points).reshape(-1, 4) for edges in run]
        light = self._rest_light(run, segments, frame.shape).copy()
        for edges, segment in zip(run, segments, strict=True):
            if edges.visibility > 0 and edges.glow.any():
                self._add_lines(light, segment, edges, edges.flow_strokes())
        margin = max(self.pixel_height // 12, 4 * painter.BLOOM_CELL)  # how far a bloom reaches
        y0, y1, x0, x1 = _box_of(segments, frame.shape, margin)
        if y0 >= y1 or x0 >= x1:
            return
        light = light[y0:y1, x0:x1]
        bloom = painter.bloom_of(light, radius=self.pixel_height / 150)
        painter.in_bands(painter.tone_map, 0, x1 - x0, frame[y0:y1, x0:x1], light, bloom,
                         painter.ABSORB if self.darken else painter.SHINE, self.darken)  # fmt: skip

    def _rest_light(self, run: list[Edges], segments: list[np.ndarray], shape: Any) -> np.ndarray:
        """Light of the edges at rest; kept until an edge or the camera changes."""
        key: list[Any] = [shape]
        for edges, segment in zip(run, segments, strict=True):
            arrays = (segment, edges.rgb, edges.light, edges.stroke_width, edges.begin)
            key += [zlib.crc32(np.ascontiguousarray(a)) for a in arrays]
            key += [edges.visibility, edges.shown]
        if self._rest is None or self._rest[0] != key:
            light = np.zeros((*shape[:2], 3), np.float32)
            for edges, segment in zip(run, segments, strict=True):
                self._add_lines(light, segment, edges, edges.rest_strokes())
            self._rest = (key, light)
        return self._rest[1]

    def _add_lines(self, light: np.ndarray, segments: np.ndarray, edges: Edges,
                   strokes: tuple[np.ndarray, ...]) -> None:  # fmt: skip
        power, tail, head, spark = (np.asarray(a, np.float32) for a in strokes)
        half_width = edges.stroke_width * (_STROKE * self.pixels_per_unit / 2)
        painter.in_bands(painter.lines, 0, light.shape[1], light, segments,
                         edges.rgb.astype(np.float32), power, half_width.astype(np.float32),
                         tail, head, spark)  # fmt: skip

    # --- cells ---
    def display_cells(self, run: list[Cells], frame: np.ndarray) -> None:
        for cells in run:
            self._paint_cells(cells, frame)

    def _paint_cells(self, cells: Cells, frame: np.ndarray) -> None:
        count = len(cells)
        sides = self.to_pixels(cells.points).reshape(-1, 4, 2)
        across, along = sides[:, 0] - sides[:, 1], sides[:, 2] - sides[:, 3]
        width = np.linalg.norm(across, axis=1)
        half = np.stack([width, np.linalg.norm(along, axis=1)], axis=1) / 2
        axis = np.where(width[:, None] > 1e-6, across / np.maximum(width, 1e-6)[:, None], (1, 0))
        first, last = cells.shown
        index = np.arange(count)
        seen = cells.visibility * np.clip(last * count - index, 0, 1)
        seen = seen * np.clip(index + 1 - first * count, 0, 1)
        stroke_half = cells.stroke_width * (_STROKE * self.pixels_per_unit / 2)
        arrays = (sides.mean(axis=1), axis, half, cells.corner, cells.fill * 255,
                  cells.fill_alpha * seen, cells.stroke * 255, cells.stroke_alpha * seen,
                  stroke_half, cells.halo * seen, cells.halo_rgb * 255)  # fmt: skip
        ready = [np.ascontiguousarray(a, np.float32) for a in arrays]
        painter.in_bands(painter.cells, 0, self.pixel_width, frame, *ready, self.darken)


def _box_of(segments: list[np.ndarray], shape: Any, margin: int) -> tuple[int, int, int, int]:
    """Rows and columns (y0, y1, x0, x1) of the frame that the segments and their bloom touch."""
    ends = np.concatenate(segments).reshape(-1, 2)
    low, high = ends.min(axis=0) - margin, ends.max(axis=0) + margin
    y0, y1 = (int(np.clip(v, 0, shape[0])) for v in (low[1], high[1]))
    x0, x1 = (int(np.clip(v, 0, shape[1])) for v in (low[0], high[0]))
    return y0, y1, x0, x1
