"""Matrices as cells: a few entries large enough for numbers, all others as shades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Animation, VGroup, VMobject, linear

from scenes.stage.batches import Cells

_INSET = 0.94  # large entries leave a gap to their neighbours


@dataclass(frozen=True, eq=False)
class Axis:
    """Places of the entries along one side of a matrix: centres and half sizes (n,), around 0."""

    centres: np.ndarray
    halves: np.ndarray

    @classmethod
    def even(cls, count: int, length: float) -> Axis:
        """All entries alike."""
        return cls(((np.arange(count) + 0.5) / count - 0.5) * length,
                   np.full(count, length / count / 2))  # fmt: skip

    @classmethod
    def lens(cls, count: int, start: int, width: int, pitch: float, rest: float) -> Axis:
        """``width`` entries from ``start`` have the size ``pitch``; the others share ``rest``."""
        sizes = np.full(count, rest / max(count - width, 1))
        large = slice(start, start + width)
        sizes[large] = pitch
        ends = np.cumsum(sizes)
        halves = sizes / 2
        halves[large] *= _INSET
        return cls(ends - sizes / 2 - ends[-1] / 2, halves)


def boxes(rows: Axis, columns: Axis, centre: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centres (r*c, 3) and half sizes (r*c, 2) of a matrix, row by row from the top left."""
    x, y = np.meshgrid(columns.centres, -rows.centres)
    half_x, half_y = np.meshgrid(columns.halves, rows.halves)
    places = np.stack([x.ravel(), y.ravel(), np.zeros(x.size)], axis=1) + centre
    return places, np.stack([half_x.ravel(), half_y.ravel()], axis=1)


def telling_window(weights: np.ndarray, inputs: np.ndarray, width: int = 8) -> int:
    """Start of the ``width`` neighbouring products (n,) that are best to show in numbers.

    In this order: rounded to two decimals, products and sums still agree; both signs occur; most
    different visible products; most input.
    """
    products = weights * inputs
    total = products.sum()

    def merit(start: int) -> tuple[bool, bool, int, float]:
        part = slice(start, start + width)
        shown = products[part].round(2)
        return (rounding_agrees(weights[part], inputs[part], total),
                bool((shown > 0).any() and (shown < 0).any()),
                len(set(shown[shown != 0])), float(inputs[part].sum()))  # fmt: skip

    return max(range(len(products) - width + 1), key=merit)


def rounding_agrees(weights: np.ndarray, inputs: np.ndarray, total: float) -> bool:
    """Whether ``weights * inputs`` (n,), their rest up to ``total`` and the sums agree in print.

    That is: all numbers rounded to two decimals, every equation made of them is still exact.
    """
    products = weights * inputs
    lines = (weights.round(2) * inputs.round(2)).round(2) == products.round(2)
    rest = total - products.sum()
    gap = products.round(2).sum() + rest.round(2) - np.round(total, 2)
    return bool(lines.all() and abs(gap) < 1e-6)


def brackets(left: float, right: float, bottom: float, top: float, colour: str,
             lip: float = 0.11) -> VGroup:  # fmt: skip
    """Square brackets around a box."""
    pair = VGroup()
    for x, inward in ((left, lip), (right, -lip)):
        line = VMobject(stroke_color=colour, stroke_width=3)
        corners = ((x + inward, top), (x, top), (x, bottom), (x + inward, bottom))
        line.set_points_as_corners([np.array([*corner, 0.0]) for corner in corners])
        pair.add(line)
    return pair


class Pour(Animation):
    """Cells travel to ``centres`` (n, 3) and grow to ``halves`` (n, 2), each after its delay.

    ``delays`` (n,) 0..1: share of the run at which a cell leaves. ``arrays`` are what the cells
    look like when they arrive.
    """

    def __init__(self, cells: Cells, centres: np.ndarray, halves: np.ndarray,
                 delays: np.ndarray | float = 0.0, arrays: dict[str, Any] | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(cells, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.centres, self.halves = centres, halves
        self.delays = np.broadcast_to(np.asarray(delays, float), len(cells))
        self.arrays = arrays or {}

    def begin(self) -> None:
        cells = self.mobject
        self.before = cells.centres(), cells.halves()
        self.looks = {name: (getattr(cells, name), cells._per_item(values))
                      for name, values in self.arrays.items()}  # fmt: skip
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        span = 1 - float(self.delays.max())
        t = np.clip((self.rate_func(alpha) - self.delays) / span, 0, 1)
        share = t * t * t * (t * (6 * t - 15) + 10)
        moved = share[:, None]
        self.mobject.place(self.before[0] + (self.centres - self.before[0]) * moved,
                           self.before[1] + (self.halves - self.before[1]) * moved)  # fmt: skip
        self.mobject.set_arrays(**{n: a + (b - a) * share for n, (a, b) in self.looks.items()})
