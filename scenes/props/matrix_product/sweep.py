"""A column, laid down, passes over the rows of a matrix, and at each of them its sum drops out."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Group, linear

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.matrix import Spacing, boxes
from netglow.scenes.parts.network.neurons import ease
from netglow.scenes.props.matrix_product.layer_equation import LayerEquation
from netglow.scenes.stage.theme import robust_scale

_MOVE = 0.5  # share of its time at a row that the column needs to come there
_FALL = 2.0  # times at a row that a sum needs to get to its place, at least


class Sweep(Group):
    """What moves: the ``strip``, a ``frame`` around it, and the ``drops`` with their numbers.

    The strip (in,) is the column of ``equation``, laid over a row of ``w``; on a row it has the
    colours of that row's products. ``drops`` (out,) are the cells of the sums; that of row
    ``known`` is there from the beginning.
    """

    def __init__(self, equation: LayerEquation, known: int) -> None:
        self.eq, self.known = equation, known
        self.count = len(equation.products)
        scale = robust_scale(equation.products, 0.98)
        self.colours = equation.theme.signed(equation.products.ravel(), scale).reshape(
            *equation.products.shape, 3
        )
        self.strip: Cells = equation.a.cells.copy()
        self.lying = self.strip.copy().place(*self._over(0.0))  # where it begins
        self.frame = equation.w.frame(0)
        self.drops: Cells = equation.sums.target.copy()
        self.row = 0  # that the strip is on, or on its way to
        super().__init__(self.drops, self.strip, self.frame)
        self._drop(np.arange(self.count) == known)

    def _over(self, place: float) -> tuple[np.ndarray, np.ndarray]:
        """Centres and half sizes of the strip at a row, or between two."""
        w, rows = self.eq.w, np.arange(self.count)
        middle, half = (np.interp(place, rows, v) for v in (w.rows.centres, w.rows.halves))
        return boxes(Spacing(np.array([middle]), np.array([half]), range(1)), w.columns, w.centre)

    def _drop(self, shares: np.ndarray) -> None:
        """Every sum has come so far (out,), 0..1, from its row to its place."""
        target, edge = self.eq.sums.target, self.eq.w.fence.get_right()[0]
        centres = target.centres()
        centres[:, 0] = edge + (centres[:, 0] - edge) * shares
        self.drops.place(centres, target.halves())
        self.drops.set_arrays(fill_alpha=np.clip(4.0 * shares, 0, 1))

    def set_time(self, time: float) -> None:
        """The strip is at row k in the time from k to k + 1; ``length`` is the whole."""
        row = int(np.clip(np.floor(time), 0, self.count - 1))
        came = float(ease(np.clip((time - row) / _MOVE, 0, 1))) if time < self.count else 1.0
        self.row, before = row, max(row - 1, 0)
        centres, halves = self._over(before + (row - before) * came)
        start = self.lying.fill if row == 0 else self.colours[row - 1]
        self.strip.place(centres, halves)
        self.strip.set_arrays(fill=start + (self.colours[row] - start) * came)
        self.frame.stretch_to_fit_height(2 * halves[0, 1] + 0.1).set_y(centres[0, 1])
        shares = ease(np.clip((time - np.arange(self.count) - _MOVE) / self.fall, 0, 1))
        shares[self.known] = 1.0
        self._drop(shares)
        for k in self.eq.sums.rows.large:
            self.eq.sums.number(k).set_opacity(float(np.clip(8 * shares[k] - 7, 0, 1)))

    @property
    def fall(self) -> float:
        """Time a sum needs; in a large layer the rows pass faster than it falls."""
        return max(_FALL, 0.12 * self.count)

    @property
    def length(self) -> float:
        """When the last sum is in its place."""
        return self.count + self.fall

    def run(self, seconds: float) -> Sweeping:
        """Animation over all rows."""
        return Sweeping(self, run_time=seconds)


class Sweeping(Animation):
    """See :class:`Sweep`; the numbers of the sums appear with it."""

    def __init__(self, sweep: Sweep, **kwargs: Any) -> None:
        self.sweep = sweep
        numbers = sweep.eq.sums.numbers
        super().__init__(Group(*sweep, numbers), rate_func=linear, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        self.sweep.set_time(alpha * self.sweep.length)
