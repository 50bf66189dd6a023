"""A camera that paints batches of edges and cells straight into the frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Self

import numpy as np
from manim import Mobject, MovingCamera, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from netglow.scenes.engine.batches import Cells, Edges
from netglow.scenes.engine.cells import Boxes, paint_cells
from netglow.scenes.engine.kernels import Floats, Frame, in_bands
from netglow.scenes.engine.light import Sheet, scratch
from netglow.scenes.engine.overlays import Overlays
from netglow.scenes.engine.still import Still
from netglow.scenes.engine.view import View

_CONTEXTS = 4  # of Cairo that are kept, each with its picture
_SMALL = 20_000  # a quarter of the cells' pixels: for less, sharing out takes longer
_SHEETS = 2  # runs of edges whose light is kept: below and above other mobjects
_PAINTED_BY = {
    Edges: "display_edges",
    Cells: "display_cells",
    Still: "display_stills",
    VMobject: "display_multiple_vectorized_mobjects",
    PMobject: "display_multiple_point_cloud_mobjects",
    AbstractImageMobject: "display_multiple_image_mobjects",
}


class StageCamera(MovingCamera):
    """Manim's moving camera, plus :class:`Edges`, :class:`Cells` and :class:`Still`.

    On a light ground ``darken`` is set: light then absorbs instead of shining.
    """

    darken = False

    def __init__(self, **kwargs: Any) -> None:
        self.spare: deque[Frame] = deque()  # given away, and come back to be painted over
        self._given = False
        self._kinds: dict[type[Mobject], type[Mobject]] = {}
        self.release()
        super().__init__(**kwargs)
        self.view = self._view()  # of the frame that is painted

    def release(self) -> None:
        """Let go of all that is kept from frame to frame, but for the last picture.

        At 1080p that is up to 200 MB. What is painted afterwards looks the same; it is only
        painted anew.
        """
        self._overlays = Overlays()
        self._contexts: dict[int, tuple[Frame, View, Any]] = {}
        self._sheets: dict[Any, Sheet] = {}
        self._work: Floats | None = None
        self._ground: Frame | None = None  # the still picture the frame shows as yet
        self.spare.clear()

    # --- frames ---
    def set_frame_to_background(self, background: Frame) -> None:
        """Begin a frame from the still picture of a play."""
        self._begin()
        np.copyto(self.pixel_array, background)
        self._ground = background

    def reset(self) -> Self:
        """Begin a frame from nothing."""
        self._begin()
        self._ground = None
        return super().reset()

    def give_frame(self) -> Frame:
        """The picture (h, w, 4), without a copy: the next one is painted in another array."""
        self._given = True
        return self.pixel_array

    def _begin(self) -> None:
        self._overlays.next_frame()
        if self._given:
            shape = self.pixel_array.shape
            self.pixel_array = self.spare.pop() if self.spare else np.empty(shape, np.uint8)
            self._given = False

    # --- what is painted, and by whom ---
    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """The kind of a mobject: the class that decides how it is painted.

        Manim's own method keeps a table of the camera's methods in the camera, which then stays
        in memory until the collector runs.
        """
        kind = self._kinds.get(type(mobject))
        if kind is None:
            fitting = (k for k in _PAINTED_BY if isinstance(mobject, k))
            kind = self._kinds[type(mobject)] = next(fitting, Mobject)
        return kind

    def get_mobjects_to_display(
        self,
        mobjects: Iterable[Mobject],
        include_submobjects: bool = True,
        excluded_mobjects: list[Any] | None = None,
    ) -> list[Mobject]:
        """What Manim finds, in a tenth of the time."""
        if excluded_mobjects or not include_submobjects:
            return super().get_mobjects_to_display(mobjects, include_submobjects, excluded_mobjects)
        found: dict[Mobject, None] = {}
        _collect(list(mobjects), found)
        shown = list(reversed(found))
        return sorted(shown, key=lambda m: m.z_index) if self.use_z_index else shown

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Paint mobjects over the frame, neighbours of one kind together."""
        shown = self.get_mobjects_to_display(mobjects, **kwargs)
        self.view = self._view()
        for kind, group in groupby(shown, self.type_or_raise):
            if kind in _PAINTED_BY:
                getattr(self, _PAINTED_BY[kind])(list(group), self.pixel_array)
            self._ground = None

    def _view(self) -> View:
        x, y, _ = self.frame_center
        return View(x, y, self.frame_width, self.pixel_width, self.pixel_height)

    @property
    def pixels_per_unit(self) -> float:
        return self.view.pixels_per_unit

    def to_pixels(self, points: np.ndarray) -> Floats:
        """(n, 3) points to (n, 2) float32 pixels, y down."""
        return self.view.to_pixels(points)

    # --- ordinary mobjects ---
    def get_cached_cairo_context(self, pixel_array: Frame) -> Any:
        """The context of an array while the camera has not moved (Manim makes it anew)."""
        array, view, context = self._contexts.get(id(pixel_array), (None, None, None))
        return context if array is pixel_array and view == self.view else None

    def cache_cairo_context(self, pixel_array: Frame, ctx: Any) -> None:
        """Keep the context of an array, with the array."""
        if len(self._contexts) >= _CONTEXTS:
            self._contexts.clear()
        self._contexts[id(pixel_array)] = (pixel_array, self.view, ctx)

    def display_multiple_non_background_colored_vmobjects(
        self, vmobjects: Iterable[VMobject], pixel_array: Frame
    ) -> None:
        """Paint text and shapes, or lay over what was painted of them before."""
        paint = super().display_multiple_non_background_colored_vmobjects
        self._overlays.lay(list(vmobjects), self.view, pixel_array, paint)

    # --- batches ---
    def display_edges(self, run: list[Edges], frame: Frame) -> None:
        """Paint a run of edge batches as one sheet of light."""
        if self._work is None:
            self._work = scratch(self.pixel_height, self.pixel_width)
        which = (*map(id, run), self.darken)
        sheet = self._sheets.pop(which, None) or Sheet(self.darken, self._work)
        self._sheets[which] = sheet  # the latest last
        while len(self._sheets) > _SHEETS:
            del self._sheets[next(iter(self._sheets))]
        sheet.lay(run, self.view, frame, self._ground)

    def display_stills(self, run: list[Still], frame: Frame) -> None:
        """Lay pictures over the frame."""
        for still in run:
            still.lay_over(frame)

    def display_cells(self, run: list[Cells], frame: Frame) -> None:
        """Paint batches of cells one after the other."""
        flat = frame.reshape(len(frame), -1)
        for cells in run:
            boxes = boxes_of(cells, self.view)
            if boxes.half.prod(axis=1).sum() > _SMALL:
                in_bands(paint_cells, 0, self.pixel_width, flat, boxes, self.darken)
            else:
                paint_cells(flat, boxes, self.darken, 0, self.pixel_width)


def boxes_of(cells: Cells, view: View) -> Boxes:
    """Cells as they are seen: in pixels, faded, and only as many as are shown."""
    sides = view.to_pixels(cells.points).reshape(-1, 4, 2)
    across, along = sides[:, 0] - sides[:, 1], sides[:, 2] - sides[:, 3]
    width = np.linalg.norm(across, axis=1)
    half = np.stack([width, np.linalg.norm(along, axis=1)], axis=1) / 2
    axis = np.where(width[:, None] > 1e-6, across / np.maximum(width, 1e-6)[:, None], (1, 0))
    count, index = len(cells), np.arange(len(cells))
    first, last = cells.shown
    visible = cells.visibility * np.clip(last * count - index, 0, 1)
    visible = visible * np.clip(index + 1 - first * count, 0, 1)
    arrays = (
        sides.mean(axis=1),
        axis,
        half,
        cells.corner,
        cells.fill * 255,
        cells.fill_alpha * visible,
        cells.stroke * 255,
        cells.stroke_alpha * visible,
        cells.stroke_width * (view.stroke / 2),
        cells.halo * visible,
        cells.halo_rgb * 255,
    )
    return Boxes(*(np.ascontiguousarray(a, np.float32) for a in arrays))


def _collect(mobjects: list[Mobject], found: dict[Mobject, None]) -> None:
    """All that has points, the last first; what is there twice counts where it is last."""
    for mobject in reversed(mobjects):
        _collect(mobject.submobjects, found)
        if len(mobject.points):
            found.setdefault(mobject)
