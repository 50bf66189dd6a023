"""A camera that paints batches of edges and cells straight into the frame."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Self

import numpy as np
from manim import Mobject, MovingCamera, VMobject

from scenes.stage import painter
from scenes.stage.batches import Cells, Edges
from scenes.stage.light import Sheet, View, scratch
from scenes.stage.overlays import Overlays

_STROKE = 0.01  # Manim: stroke width 1 is a hundredth of a unit
_SHEETS = 2  # runs of edges whose light is kept: below and above other mobjects


class StageCamera(MovingCamera):
    """Manim's moving camera, plus :class:`Edges` and :class:`Cells`.

    ``darken`` is set by a light theme: light then absorbs instead of shining.
    """

    darken = False

    def __init__(self, **kwargs: Any) -> None:
        self._overlays = Overlays()
        self._contexts: dict[int, tuple[np.ndarray, Any, Any]] = {}
        super().__init__(**kwargs)
        self._sheets: dict[Any, Sheet] = {}
        self._work = scratch(self.pixel_height, self.pixel_width)
        self._ground: np.ndarray | None = None  # the still picture the frame shows as yet

    def set_frame_to_background(self, background: np.ndarray) -> None:
        """Begin a frame from the still picture of a play."""
        np.copyto(self.pixel_array, background)
        self._ground = background
        self._overlays.next_frame()

    def reset(self) -> Self:
        """Begin a frame from nothing."""
        self._ground = None
        self._overlays.next_frame()
        return super().reset()

    def type_or_raise(self, mobject: Mobject) -> Any:
        return next((k for k in (Edges, Cells) if isinstance(mobject, k)), None) or (
            super().type_or_raise(mobject)
        )

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Paint mobjects over the frame, neighbours of one type together."""
        shown = self.get_mobjects_to_display(mobjects, **kwargs)
        for kind, group in groupby(shown, self.type_or_raise):
            paint = {Edges: self.display_edges, Cells: self.display_cells}.get(kind)
            (paint or self.display_funcs[kind])(list(group), self.pixel_array)
            self._ground = None

    @property
    def view(self) -> tuple[float, ...]:
        """What the camera looks at."""
        return (*self.frame_center, self.frame_width)

    def get_cached_cairo_context(self, pixel_array: np.ndarray) -> Any:
        """The context of an array while the camera has not moved (Manim makes it anew)."""
        array, view, context = self._contexts.get(id(pixel_array), (None, None, None))
        return context if array is pixel_array and view == self.view else None

    def cache_cairo_context(self, pixel_array: np.ndarray, ctx: Any) -> None:
        self._contexts[id(pixel_array)] = (pixel_array, self.view, ctx)

    def display_multiple_non_background_colored_vmobjects(
        self, vmobjects: Iterable[VMobject], pixel_array: np.ndarray
    ) -> None:
        paint = super().display_multiple_non_background_colored_vmobjects
        self._overlays.lay(list(vmobjects), self.view, pixel_array, paint)

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
        view = View(self.to_pixels, _STROKE * self.pixels_per_unit, self.view)
        which = (*map(id, run), self.darken)
        sheet = self._sheets.pop(which, None) or Sheet(self.darken, self._work)
        self._sheets[which] = sheet  # the latest last
        while len(self._sheets) > _SHEETS:
            del self._sheets[next(iter(self._sheets))]
        sheet.lay(run, view, frame, self._ground)

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
