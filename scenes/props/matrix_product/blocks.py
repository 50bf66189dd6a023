"""The pictures of a layer in the order of its formula, every symbol below its picture."""

from __future__ import annotations

from typing import cast

import numpy as np
from manim import DOWN, RIGHT, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.matrix import Spacing, boxes, brackets
from netglow.scenes.props.matrix_product.layer_equation import LayerEquation, at
from netglow.scenes.props.matrix_product.layer_formula import LayerFormula

LARGE, SMALL = (4.5, 1.02), (3.5, 1.5)  # height of the pictures, and of their middle
_BELOW = 0.6  # from the pictures to the middle of the symbols
_X = {"out": -6.0, "W": 0.0, "inp": 4.0, "b": 5.62, "close": 6.4}
_OPEN_X = -3.5  # the function ends before it
_WIDTHS = {"W": 6.4, "inp": 0.7, "b": 0.7}


class Blocks:
    """Where the pictures of ``equation`` go: so high, around a height; see ``LARGE`` and ``SMALL``.

    ``symbol_y`` is where the symbols stand. ``targets`` are the pictures there, all entries
    alike, and ``fences`` their new brackets, by the names of the symbols (``out``, ``W``,
    ``inp``, ``b``).
    """

    def __init__(self, equation: LayerEquation, size: tuple[float, float] = LARGE) -> None:
        eq, (height, middle) = equation, size
        self.symbol_y = middle - height / 2 - _BELOW
        self.pictures: dict[str, Cells] = {
            "out": eq.neurons,
            "W": eq.w.cells,
            "inp": eq.a.cells,
            "b": eq.b.cells,
        }
        self.fences_before = {"W": eq.w.fence, "inp": eq.a.fence, "b": eq.b.fence}
        self.targets = {key: cells.copy() for key, cells in self.pictures.items()}
        self.fences: dict[str, VGroup] = {}
        rows = Spacing.even(len(eq.neurons), height)
        radius = min(0.2, 0.85 * float(rows.halves[0]))
        centres = boxes(rows, Spacing.even(1, 0.3), at(_X["out"], middle))[0]
        self.targets["out"].place(centres, np.full((len(centres), 2), radius))
        plain = {
            "W": eq.theme.signed(eq.w.values.ravel(), cast(float, eq.w.cells.value_scale)),
            "inp": eq.theme.brightness(eq.a.values.ravel()),
            "b": eq.b.target.fill,
        }
        for key, matrix in (("W", eq.w), ("inp", eq.a), ("b", eq.b)):
            across = Spacing.even(matrix.values.shape[1], _WIDTHS[key])
            high = Spacing.even(matrix.values.shape[0], height)
            self.targets[key].place(*boxes(high, across, at(_X[key], middle)))
            self.targets[key].set_arrays(fill=plain[key])
            x, y = _X[key], height / 2 + 0.07
            wide = _WIDTHS[key] / 2 + 0.07
            colour = eq.theme.bias if key == "b" else eq.theme.muted
            self.fences[key] = brackets(x - wide, x + wide, middle - y, middle + y, colour)

    def set(self, line: LayerFormula) -> None:
        """Every symbol below its picture, all on one base line."""
        line.scale(1.15).set_y(self.symbol_y)
        for key, x in _X.items():
            line.part(key).shift(RIGHT * (x - line.part(key).get_x()))
        line.part("open").shift(RIGHT * (_OPEN_X - line.part("open").get_x()))
        name = line.part("f")  # a long one is made smaller, so that "=" has room before it
        name.scale(min(1.0, 1.15 / name.width), about_point=name.get_corner(DOWN + RIGHT))
        right = line.part("open").get_left()[0] - 0.08
        line.part("f").shift(RIGHT * (right - line.part("f").get_right()[0]))
        for key, left, after in (("is", "out", "f"), ("plus", "inp", "b")):
            between = (line.part(left).get_right()[0] + line.part(after).get_left()[0]) / 2
            line.part(key).shift(RIGHT * (between - line.part(key).get_x()))
