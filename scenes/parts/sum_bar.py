"""A sum as a bar: every product a sliver, positive to the right, negative to the left."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Group, Line

from scenes.parts.wave import Wave
from scenes.stage.batches import Cells
from scenes.stage.text import BODY, Number
from scenes.stage.theme import Theme, rgb


def shown(value: float, places: int, plus: bool = False) -> str:
    """A number as it is drawn: true minus sign, no negative zero, a plus sign if asked for."""
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return ("+" if plus and float(text) > 0 else "") + text.replace("-", "\N{MINUS SIGN}")


def places_that_add(*sums: tuple[float, float], fewest: int = 2, most: int = 6) -> int:
    """The fewest decimal places at which every rounded pair adds up to its rounded sum.

    Each of ``sums`` is a pair (a, b) that is shown as a + b; ``most`` if none will do.
    """
    for places in range(fewest, most):
        unit = 10**places
        if all(round(a * unit) + round(b * unit) == round((a + b) * unit) for a, b in sums):
            return places
    return most


def totals(products: np.ndarray) -> tuple[float, float]:
    """Sum of the positive products and sum of the negative ones."""
    flat = np.asarray(products, float)
    return float(flat[flat > 0].sum()), float(flat[flat < 0].sum())


class Span(Cells):
    """One bar from value ``a`` to value ``b`` on a line where 0 is at ``origin``."""

    def __init__(self, a: float, b: float, origin: np.ndarray, unit: float, colour: str,
                 height: float = 0.3, **kwargs: Any) -> None:  # fmt: skip
        self.origin, self.unit, self.bar_height = np.array(origin, float), unit, height
        super().__init__(*self._box(a, b), fill=rgb(colour), **kwargs)

    def _box(self, a: float, b: float) -> tuple[np.ndarray, np.ndarray]:
        centre = self.origin + RIGHT * (a + b) / 2 * self.unit
        return centre[None], np.array([[abs(b - a) * self.unit / 2, self.bar_height / 2]])

    def stretch_to(self, a: float, b: float, origin: np.ndarray | None = None) -> Self:
        """Reach from ``a`` to ``b``; with an ``origin``, on another line."""
        self.origin = self.origin if origin is None else np.array(origin, float)
        return self.place(*self._box(a, b))


class SumBar(Group):
    """``products`` (any shape) as slivers around an axis at ``origin``, with both totals.

    ``unit`` is the length of 1. The largest products lie next to the axis.
    ``slivers`` keeps the order of the products; ``up`` and ``down`` are the numbers.
    """

    def __init__(self, products: np.ndarray, theme: Theme, origin: np.ndarray, unit: float,
                 places: int = 2, height: float = 0.3, below: float = 0.0,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(**kwargs)
        self.theme, self.unit, self.bar_height = theme, unit, height
        self.origin = np.array(origin, float)
        top = self.origin + UP * (height / 2 + 0.12)
        self.axis = Line(top, self.origin + DOWN * (height / 2 + 0.12 + below),
                         color=theme.text, stroke_width=2)  # fmt: skip
        self.slivers = Cells(np.tile(self.origin, (np.size(products), 1)), 0.0)
        self.up = Number(0, theme.positive, BODY, places, sign=True, anchor=LEFT)
        self.down = Number(0, theme.negative, BODY, places, anchor=RIGHT)
        self.add(self.slivers, self.axis, self.up, self.down)
        self.set_products(products)

    def set_products(self, products: np.ndarray) -> Self:
        """Show other products of the same count."""
        kept = np.array(products, float)
        kept.flags.writeable = False
        self.products = kept
        flat = kept.ravel()
        colours = np.where((flat > 0)[:, None], rgb(self.theme.positive), rgb(self.theme.negative))
        self.slivers.place(*self._boxes(flat))
        self.slivers.set_arrays(fill=colours, fill_alpha=(flat != 0).astype(float), corner=0.0)
        return self.set_totals(*totals(flat))

    def set_totals(self, up: float, down: float) -> Self:
        """Show two totals at the ends that bars of that length have."""
        self.up.set_value(up).next_to(self.origin + RIGHT * up * self.unit, RIGHT, 0.18)
        self.down.set_value(down).next_to(self.origin + RIGHT * down * self.unit, LEFT, 0.18)
        return self

    def ranks(self) -> np.ndarray:
        """(n,) 0..1: place of every product in the order of size, the largest first."""
        ranks = np.empty(self.products.size)
        order = np.argsort(-np.abs(self.products.ravel()), kind="stable")
        ranks[order] = np.arange(ranks.size)
        return np.clip(ranks / max(np.count_nonzero(self.products) - 1, 1), 0, 1)

    def _boxes(self, flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        centre = np.tile(self.origin, (flat.size, 1))
        half = np.tile([0.0, self.bar_height / 2], (flat.size, 1))
        order = np.argsort(-np.abs(flat), kind="stable")
        for sign in (1, -1):
            these = order[sign * flat[order] > 0]
            widths = np.abs(flat[these]) * self.unit
            centre[these, 0] += sign * (np.cumsum(widths) - widths / 2)
            half[these, 0] = (widths - np.minimum(0.016, 0.25 * widths)) / 2
        return centre, half


class Pour(Wave):
    """The cells of ``source`` fly into the bar; its numbers count what has arrived."""

    def __init__(self, bar: SumBar, source: Cells, stagger: float = 0.7, **kwargs: Any) -> None:
        self.bar = bar
        settled = bar.slivers.copy()
        bar.slivers.points = source.points.copy()
        lit = np.asarray(settled.fill_alpha)
        bar.slivers.set_arrays(fill=source.fill, corner=source.corner, fill_alpha=lit)
        bar.set_totals(0, 0)
        super().__init__(bar.slivers, settled, stagger * bar.ranks(), fall=True, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        super().interpolate_mobject(alpha)
        arrived = self.shares(alpha) > 0.999
        self.bar.set_totals(*totals(self.bar.products.ravel()[arrived]))
