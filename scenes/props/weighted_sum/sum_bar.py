"""A sum as a bar: every product a sliver, positive to the right, negative to the left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Group, Line
from numpy.typing import ArrayLike

from netglow.netcore.network import frozen
from netglow.netcore.study.arithmetic import totals
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.text import BODY, Number
from netglow.scenes.stage.theme import Theme, rgb

GAP = 0.18  # between a bar and its number
_HEIGHT = 0.3  # of every bar


def zero_and_unit(low: float, high: float, left: float, right: float) -> tuple[float, float]:
    """x of 0 and length of 1, so that ``low`` <= 0 <= ``high`` fill ``left`` to ``right``."""
    unit = (right - left) / max(high - low, 1e-9)
    return left - low * unit, unit


class Span(Cells):
    """One bar from value ``a`` to value ``b`` on a line: 0 is at ``origin``, 1 is ``unit`` long."""

    def __init__(
        self, a: float, b: float, origin: ArrayLike, unit: float, colour: str, **kwargs: Any
    ) -> None:
        self.origin, self.unit = np.array(origin, float), unit
        super().__init__(*self._box(a, b), fill=rgb(colour), **kwargs)

    def _box(self, a: float, b: float) -> tuple[np.ndarray, np.ndarray]:
        centre = self.origin + RIGHT * (a + b) / 2 * self.unit
        return centre[None], np.array([[abs(b - a) * self.unit / 2, _HEIGHT / 2]])

    def stretch_to(self, a: float, b: float, origin: ArrayLike | None = None) -> Self:
        """Reach from ``a`` to ``b``; with an ``origin``, on another line."""
        self.origin = self.origin if origin is None else np.array(origin, float)
        return self.place(*self._box(a, b))


class SumBar(Group):
    """``products`` (any shape) as slivers around an axis at ``origin``, with both totals.

    ``unit`` is the length of 1; the axis reaches ``below`` the bar. The largest products lie next
    to the axis. ``slivers`` keeps the order of the products; ``up`` and ``down`` are the totals of
    the positive and of the negative ones, shown with ``places`` decimals.
    """

    def __init__(
        self,
        products: np.ndarray,
        theme: Theme,
        origin: ArrayLike,
        unit: float,
        places: int = 2,
        below: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.theme, self.unit = theme, unit
        self.origin = np.array(origin, float)
        top = self.origin + UP * (_HEIGHT / 2 + 0.12)
        self.axis = Line(
            top,
            self.origin + DOWN * (_HEIGHT / 2 + 0.12 + below),
            buff=0,
            color=theme.text,
            stroke_width=2,
        )
        self.slivers = Cells(np.tile(self.origin, (np.size(products), 1)), 0.0)
        self.up = Number(0, theme.positive, BODY, places, sign=True, anchor=LEFT)
        self.down = Number(0, theme.negative, BODY, places, anchor=RIGHT)
        self.add(self.slivers, self.axis, self.up, self.down)
        self.set_products(products)

    def set_products(self, products: np.ndarray) -> Self:
        """Show other products of the same count."""
        self.products = frozen(products)
        flat = self.products.ravel()
        colours = np.where((flat > 0)[:, None], rgb(self.theme.positive), rgb(self.theme.negative))
        self.slivers.place(*self._boxes(flat))
        self.slivers.set_arrays(fill=colours, fill_alpha=(flat != 0).astype(float), corner=0.0)
        up, down = totals(flat)
        self.up.set_value(up).next_to(self.origin + RIGHT * up * self.unit, RIGHT, GAP)
        self.down.set_value(down).next_to(self.origin + RIGHT * down * self.unit, LEFT, GAP)
        return self

    def ranks(self) -> np.ndarray:
        """(n,) 0..1: place of every product in the order of size, the largest first."""
        ranks = np.empty(self.products.size)
        order = np.argsort(-np.abs(self.products.ravel()), kind="stable")
        ranks[order] = np.arange(ranks.size)
        last = max(int(np.count_nonzero(self.products)) - 1, 1)
        return np.clip(ranks / last, 0, 1)

    def _boxes(self, flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        centre = np.tile(self.origin, (flat.size, 1))
        half = np.tile([0.0, _HEIGHT / 2], (flat.size, 1))
        order = np.argsort(-np.abs(flat), kind="stable")
        for sign in (1, -1):
            these = order[sign * flat[order] > 0]
            widths = np.abs(flat[these]) * self.unit
            centre[these, 0] += sign * (np.cumsum(widths) - widths / 2)
            half[these, 0] = (widths - np.minimum(0.016, 0.25 * widths)) / 2
        return centre, half


class Pour(Wave):
    """The cells of ``source`` fly into the bar; its numbers count what has arrived.

    Of the products ``there`` (a mask of their shape) the slivers lie in the bar already.
    """

    def __init__(
        self,
        bar: SumBar,
        source: Cells,
        stagger: float = 0.7,
        there: np.ndarray | None = None,
        **kwargs: Any,
    ) -> None:
        self.bar = bar
        settled = bar.slivers.copy()
        stay = np.zeros(len(settled), bool) if there is None else np.ravel(there)
        points = np.repeat(stay, Cells.POINTS_PER_ITEM)[:, None]
        bar.slivers.points = np.where(points, settled.points, source.points)
        bar.slivers.set_arrays(
            fill=np.where(stay[:, None], settled.fill, source.fill),
            corner=np.where(stay, settled.corner, source.corner),
            fill_alpha=np.asarray(settled.fill_alpha),
        )
        bar.up.set_value(0), bar.down.set_value(0)
        super().__init__(
            bar.slivers, settled, stagger * bar.ranks(), fall=True, shows=bar, **kwargs
        )

    def interpolate_mobject(self, alpha: float) -> None:
        super().interpolate_mobject(alpha)
        up, down = totals(self.bar.products.ravel()[self.shares(alpha) > 0.97])
        self.bar.up.set_value(up)
        self.bar.down.set_value(down)


class SumRow(Group):
    """One total as a bar on its own line, coloured by its sign, with its number at the end."""

    def __init__(
        self,
        total: float,
        theme: Theme,
        origin: ArrayLike,
        unit: float,
        places: int = 2,
        size: float = BODY,
        **kwargs: Any,
    ) -> None:
        self.theme = theme
        self.span = Span(0, total, origin, unit, theme.text)
        self.number = Number(total, theme.text, size, places, anchor=LEFT)
        super().__init__(self.span, self.number, **kwargs)
        self.set_total(total)

    def set_total(self, total: float) -> Self:
        """Show another total."""
        colour = self.theme.positive if total >= 0 else self.theme.negative
        self.span.stretch_to(0, total).set_arrays(fill=rgb(colour))
        end = self.span.origin + RIGHT * max(total, 0) * self.span.unit
        self.number.set_value(total).next_to(end, RIGHT, GAP)
        return self


class Cancel(Group):
    """From the two totals of a bar to the bar of their sum, on the line of ``row``: :meth:`steps`.

    The negative bar is laid back over the end of the positive one; what is left is the sum.
    """

    def __init__(self, bar: SumBar, row: SumRow, **kwargs: Any) -> None:
        self.up, self.down = totals(bar.products)
        self.there, here, unit = row.span.origin, bar.origin, bar.unit
        self.plus = Span(0, self.up, here, unit, bar.theme.positive)
        self.minus = Span(self.down, 0, here, unit, bar.theme.negative)
        super().__init__(self.plus, self.minus, **kwargs)
        self.plus.set_opacity(0), self.minus.set_opacity(0)  # they come out of the slivers

    def steps(self) -> Iterator[list[Any]]:
        """Animations, to be played list after list."""
        total = self.up + self.down
        plus: Any = self.plus
        minus: Any = self.minus
        out = (span.animate(run_time=0.9).set_opacity(1) for span in (plus, minus))
        yield [
            next(out).stretch_to(0, self.up, self.there),
            next(out).stretch_to(self.down, 0, self.there),
        ]
        yield [minus.animate(run_time=1.0).stretch_to(total, self.up)]
        yield [
            plus.animate(run_time=0.9).stretch_to(0, max(total, 0)),
            minus.animate(run_time=0.9).stretch_to(total, max(total, 0)),
        ]
