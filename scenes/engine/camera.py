"""A camera that paints batches of edges and cells straight into the frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Self

import numpy as np
from manim import Mobject, MovingCamera, VMobject

from netglow.scenes.engine import painter
from netglow.scenes.engine.batches import Cells, Edges
from netglow.scenes.engine.light import Sheet, View, scratch
from netglow.scenes.engine.overlays import Overlays
from netglow.scenes.engine.still import Still

_STROKE = 0.01  # Manim: stroke width 1 is a hundredth of a unit
_CONTEXTS = 4  # of Cairo that are kept, each with its picture
_SMALL = 20_000  # a quarter of the cells' pixels: for less, sharing out takes longer
_SHEETS = 2  # runs of edges whose light is kept: below and above other mobjects


class StageCamera(MovingCamera):
    """Manim's moving camera, plus :class:`Edges`, :class:`Cells` and :class:`Still`.

    ``darken`` is set by a light theme: light then absorbs instead of shining.
    """

    darken = False

    def __init__(self, **kwargs: Any) -> None:
        self._overlays = Overlays()
        self._contexts: dict[int, tuple[np.ndarray, Any, Any]] = {}
        self.spare: deque[np.ndarray] = deque()  # given away, and come back to be painted over
        self._given = False
        self._kinds: dict[type, Any] = {}
        super().__init__(**kwargs)
        self.view = (*self.frame_center, self.frame_width)  # of the frame that is painted
        self._sheets: dict[Any, Sheet] = {}
        self._work = scratch(self.pixel_height, self.pixel_width)
        self._ground: np.ndarray | None = None  # the still picture the frame shows as yet

    def set_frame_to_background(self, background: np.ndarray) -> None:
        """Begin a frame from the still picture of a play."""
        self._begin()
        np.copyto(self.pixel_array, background)
        self._ground = background

    def reset(self) -> Self:
        """Begin a frame from nothing."""
        self._begin()
        self._ground = None
        return super().reset()

    def give_frame(self) -> np.ndarray:
        """The picture (h, w, 4), without a copy: the next one is painted in another array."""
        self._given = True
        return self.pixel_array

    def _begin(self) -> None:
        self._overlays.next_frame()
        if self._given:
            shape = self.pixel_array.shape
            self.pixel_array = self.spare.pop() if self.spare else np.empty(shape, np.uint8)
            self._given = False

    def type_or_raise(self, mobject: Mobject) -> Any:
        kind = self._kinds.get(type(mobject))
        if kind is None:
            own = (k for k in (Edges, Cells, Still) if isinstance(mobject, k))
            kind = self._kinds[type(mobject)] = next(own, None) or super().type_or_raise(mobject)
        return kind

    def get_mobjects_to_display(
        self, mobjects: Iterable[Mobject], include_submobjects: bool = True, **kwargs: Any
    ) -> list[Mobject]:
        """What Manim finds, in a tenth of the time."""
        if kwargs or not include_submobjects:
            return super().get_mobjects_to_display(mobjects, include_submobjects, **kwargs)
        found: dict[Mobject, None] = {}
        _collect(list(mobjects), found)
        shown = list(reversed(found))
        return sorted(shown, key=lambda m: m.z_index) if self.use_z_index else shown

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Paint mobjects over the frame, neighbours of one type together."""
        shown = self.get_mobjects_to_display(mobjects, **kwargs)
        self.view = (*self.frame_center, self.frame_width)
        for kind, group in groupby(shown, self.type_or_raise):
            paint = {
                Edges: self.display_edges,
                Cells: self.display_cells,
                Still: self.display_stills,
            }.get(kind)
            (paint or self.display_funcs[kind])(list(group), self.pixel_array)
            self._ground = None

    def get_cached_cairo_context(self, pixel_array: np.ndarray) -> Any:
        """The context of an array while the camera has not moved (Manim makes it anew)."""
        array, view, context = self._contexts.get(id(pixel_array), (None, None, None))
        return context if array is pixel_array and view == self.view else None

    def cache_cairo_context(self, pixel_array: np.ndarray, ctx: Any) -> None:
        if len(self._contexts) >= _CONTEXTS:
            self._contexts.clear()
        self._contexts[id(pixel_array)] = (pixel_array, self.view, ctx)

    def display_multiple_non_background_colored_vmobjects(
        self, vmobjects: Iterable[VMobject], pixel_array: np.ndarray
    ) -> None:
        paint = super().display_multiple_non_background_colored_vmobjects
        self._overlays.lay(list(vmobjects), self.view, pixel_array, paint)

    @property
    def pixels_per_unit(self) -> float:
        return self.pixel_width / self.view[-1]

    def to_pixels(self, points: np.ndarray) -> np.ndarray:
        """(n, 3) points to (n, 2) float32 pixels, y down."""
        k = self.pixels_per_unit
        x = (points[:, 0] - self.view[0]) * k + self.pixel_width / 2
        y = (self.view[1] - points[:, 1]) * k + self.pixel_height / 2
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

    # --- stills ---
    def display_stills(self, run: list[Still], frame: np.ndarray) -> None:
        for still in run:
            still.lay_over(frame)

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
        arrays = (
            sides.mean(axis=1),
            axis,
            half,
            cells.corner,
            cells.fill * 255,
            cells.fill_alpha * seen,
            cells.stroke * 255,
            cells.stroke_alpha * seen,
            stroke_half,
            cells.halo * seen,
            cells.halo_rgb * 255,
        )
        ready = [np.ascontiguousarray(a, np.float32) for a in arrays]
        flat = frame.reshape(len(frame), -1)
        if half.prod(axis=1).sum() > _SMALL:
            painter.in_bands(painter.cells, 0, self.pixel_width, flat, *ready, self.darken)
        else:
            painter.cells(flat, *ready, self.darken, 0, self.pixel_width)


def _collect(mobjects: list[Mobject], found: dict[Mobject, None]) -> None:
    """All that has points, the last first; what is there twice counts where it is last."""
    for mobject in reversed(mobjects):
        _collect(mobject.submobjects, found)
        if len(mobject.points):
            found.setdefault(mobject)
