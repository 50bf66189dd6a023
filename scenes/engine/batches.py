"""Mobjects that hold many edges or many cells: all of one kind in one place are one mobject.

A batch keeps its items in arrays. Arrays are shared between copies and always replaced, never
written in place; that keeps ``copy``, ``.animate`` and ``Transform`` cheap. ``points`` spans the
true extent of the items, so every Manim way to move, scale, rotate or arrange works unchanged.
"""

from __future__ import annotations

import copy
from typing import Any, Self

import numpy as np
from manim import Mobject
from numpy.typing import ArrayLike

from netglow.scenes.engine.constants import SOLID


class Batch(Mobject):
    """Base of the batches: per-item arrays that interpolate, fade and copy with the mobject."""

    ARRAYS: tuple[str, ...] = ()
    DATA: tuple[str, ...] = ()  # what a part was built from; it changes along with the arrays
    POINTS_PER_ITEM = 1

    def __init__(self, points: np.ndarray, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.points = np.array(points, float)
        self.visibility = 1.0
        self.shown = (0.0, 1.0)  # what Create and ShowPassingFlash leave to see

    def __len__(self) -> int:
        return len(self.points) // self.POINTS_PER_ITEM

    def __bool__(self) -> bool:
        return True

    def _per_item(self, values: ArrayLike, *trailing: int) -> np.ndarray:
        array = np.broadcast_to(np.asarray(values, float), (len(self), *trailing)).copy()
        array.flags.writeable = False
        return array

    def set_arrays(self, **arrays: ArrayLike) -> Self:
        """Replace per-item arrays by name; a scalar or one row serves every item."""
        for name, values in arrays.items():
            if name not in self.ARRAYS:
                raise ValueError(f"{type(self).__name__} has no array {name!r}: {self.ARRAYS}")
            setattr(self, name, self._per_item(values, *getattr(self, name).shape[1:]))
        return self

    # --- what Manim asks of a mobject ---
    def interpolate_color(self, mobject1: Mobject, mobject2: Mobject, alpha: float) -> Self:
        data = [n for n in self.DATA if hasattr(mobject1, n) and hasattr(mobject2, n)]
        for name in (*self.ARRAYS, *data, "visibility", "shown"):
            setattr(self, name, _between(getattr(mobject1, name), getattr(mobject2, name), alpha))
        return self

    def align_points(self, mobject: Mobject) -> Self:
        if not self.has_points() and not mobject.has_points():
            return self
        if getattr(mobject, "ARRAYS", None) != self.ARRAYS:
            raise ValueError(
                f"cannot transform {type(self).__name__} into "
                f"{type(mobject).__name__}: both must be of one kind"
            )
        if len(self) != len(mobject):
            raise ValueError(
                f"cannot transform {len(self)} items into {len(mobject)}: "
                "both batches must have the same number of items"
            )
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        new = copy.copy(self)
        memo[id(self)] = new
        new.points = self.points.copy()
        new.submobjects = [copy.deepcopy(m, memo) for m in self.submobjects]
        new.updaters = list(self.updaters)
        return new

    def reset_points(self) -> Self:
        self.points = np.zeros((0, 3))
        return self

    def fade(self, darkness: float = 0.5, family: bool = True) -> Self:
        self.visibility *= 1 - darkness
        return super().fade(darkness, family) if self.submobjects else self

    def set_opacity(self, opacity: float, family: bool = True) -> Self:
        self.visibility = float(opacity)
        return self

    def pointwise_become_partial(self, mobject: Batch, a: float, b: float) -> Self:
        self.shown = (a, b)
        return self

    def point_from_proportion(self, alpha: float) -> np.ndarray:
        point: np.ndarray = self.points[int(alpha * (len(self.points) - 1))]
        return point


def _between(a: Any, b: Any, alpha: float) -> Any:
    """The way from a to b: its ends as they are, between them numbers that cannot be written."""
    if a is b or alpha == 0:
        return a
    if isinstance(a, tuple) and isinstance(b, tuple):
        return tuple(_between(x, y, alpha) for x, y in zip(a, b, strict=True))
    numbers = all(isinstance(v, (float, np.ndarray)) for v in (a, b))
    if alpha == 1 or not numbers or np.shape(a) != np.shape(b):
        return b
    mixed = a + (b - a) * alpha
    if isinstance(mixed, np.ndarray):
        mixed.flags.writeable = False
    return mixed


class Edges(Batch):
    """Straight lines of light.

    Parameters
    ----------
    start, end
        (n, 3) end points.
    rgb
        (n, 3) or (3,) linear colour 0..1.
    light
        (n,) light of each edge at rest, >= 0.
    glow
        (n,) light of each edge inside its flow (between ``tail`` and ``head``), >= 0.
    stroke_width
        (n,) in Manim's unit.

    ``head`` and ``tail`` (n,) say how far the flow has come, 0 at the start and 1 at the end
    (:data:`SOLID` for a head lights the whole edge); ``spark`` brightens the head;
    ``begin`` is the share of the edge from which on it is seen at rest.
    """

    ARRAYS = ("rgb", "light", "glow", "stroke_width", "head", "tail", "spark", "begin")
    POINTS_PER_ITEM = 2
    rgb: np.ndarray
    light: np.ndarray
    glow: np.ndarray
    stroke_width: np.ndarray
    head: np.ndarray
    tail: np.ndarray
    spark: np.ndarray
    begin: np.ndarray

    def __init__(
        self,
        start: ArrayLike,
        end: ArrayLike,
        rgb: ArrayLike,
        light: ArrayLike,
        glow: ArrayLike = 0.0,
        stroke_width: ArrayLike = 1.0,
        **kwargs: Any,
    ) -> None:
        start, end = np.asarray(start, float), np.asarray(end, float)
        super().__init__(np.stack([start, end], axis=1).reshape(-1, 3), **kwargs)
        self.rgb = self._per_item(rgb, 3)
        self.light, self.glow = self._per_item(light), self._per_item(glow)
        self.stroke_width = self._per_item(stroke_width)
        self.head, self.tail, self.spark, self.begin = map(self._per_item, (0.0,) * 4)

    def rest_strokes(self) -> tuple[np.ndarray, ...]:
        """power, tail, head, spark (n,) of the edges at rest; ``shown`` cuts every edge."""
        n = len(self)
        first, last = self.shown
        head = np.full(n, SOLID if last >= 1 else last)
        return self.light * self.visibility, np.maximum(self.begin, first), head, np.zeros(n)

    def flow_strokes(self) -> tuple[np.ndarray, ...]:
        """power, tail, head, spark (n,) of the light that flows along the edges."""
        return self.glow * self.visibility, self.tail, self.head, self.spark


class Cells(Batch):
    """Rounded boxes: squares, discs, bars.

    Parameters
    ----------
    centre
        (n, 3).
    half
        half width (scalar, (n,)) or half width and height (n, 2), in Manim's unit.
    corner
        (n,) radius as a share of the smaller half: 0 square, 1 disc.
    fill, stroke, halo_rgb
        (n, 3) or (3,) sRGB colour 0..1.
    fill_alpha, stroke_alpha
        (n,) 0..1.
    stroke_width
        (n,) in Manim's unit; the stroke lies inside the edge.
    halo
        (n,) strength 0..1 of the glow around the cell.
    """

    ARRAYS = (
        "corner",
        "fill",
        "fill_alpha",
        "stroke",
        "stroke_alpha",
        "stroke_width",
        "halo",
        "halo_rgb",
    )
    POINTS_PER_ITEM = 4  # the middles of the right, left, top and bottom sides
    corner: np.ndarray
    fill: np.ndarray
    fill_alpha: np.ndarray
    stroke: np.ndarray
    stroke_alpha: np.ndarray
    stroke_width: np.ndarray
    halo: np.ndarray
    halo_rgb: np.ndarray

    def __init__(
        self,
        centre: ArrayLike,
        half: ArrayLike,
        corner: ArrayLike = 0.0,
        fill: ArrayLike = (1, 1, 1),
        fill_alpha: ArrayLike = 1.0,
        stroke: ArrayLike = (1, 1, 1),
        stroke_alpha: ArrayLike = 0.0,
        stroke_width: ArrayLike = 1.0,
        halo: ArrayLike = 0.0,
        halo_rgb: ArrayLike = (1, 1, 1),
        **kwargs: Any,
    ) -> None:
        centre = np.asarray(centre, float).reshape(-1, 3)
        half = np.asarray(half, float)
        if half.ndim < 2:
            half = np.repeat(np.broadcast_to(half, len(centre))[:, None], 2, axis=1)
        x = np.column_stack([half[:, 0], np.zeros((len(centre), 2))])
        y = np.column_stack([np.zeros(len(centre)), half[:, 1], np.zeros(len(centre))])
        sides = np.stack([centre + x, centre - x, centre + y, centre - y], axis=1)
        super().__init__(sides.reshape(-1, 3), **kwargs)
        for name, values in (("fill", fill), ("stroke", stroke), ("halo_rgb", halo_rgb)):
            setattr(self, name, self._per_item(values, 3))
        self.corner, self.fill_alpha, self.stroke_alpha = map(
            self._per_item, (corner, fill_alpha, stroke_alpha)
        )
        self.stroke_width, self.halo = map(self._per_item, (stroke_width, halo))

    def sides(self) -> np.ndarray:
        """(n, 4, 3) middles of the right, left, top and bottom sides."""
        return self.points.reshape(-1, 4, 3)

    def centres(self) -> np.ndarray:
        """(n, 3) centres as they are now."""
        centres: np.ndarray = self.sides().mean(axis=1)
        return centres

    def place(self, centre: np.ndarray | None = None, half: np.ndarray | None = None) -> Self:
        """Move and resize the cells: centre (n, 3), half (n, 2), upright."""
        fresh = Cells(
            self.centres() if centre is None else centre, self.halves() if half is None else half
        )
        self.points = fresh.points
        return self

    def halves(self) -> np.ndarray:
        """(n, 2) half width and half height as they are now."""
        s = self.sides()
        width = np.linalg.norm(s[:, 0] - s[:, 1], axis=1)
        height = np.linalg.norm(s[:, 2] - s[:, 3], axis=1)
        return np.stack([width, height], axis=1) / 2
