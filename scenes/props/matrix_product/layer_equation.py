"""One layer as pictures side by side: the matrix, the column, the biases, the sums, the neurons."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, RIGHT, UP, ManimColor, UpdateFromAlphaFunc, VGroup, interpolate_color

from netglow.scenes.engine.batches import Cells
from netglow.scenes.engine.constants import FEATHER
from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage, grid
from netglow.scenes.parts.images.matrix import ENTRY, POINT, Matrix, Spacing, boxes, set_point
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.text import Number, label
from netglow.scenes.stage.theme import Theme, rgb, robust_scale

Y, HEIGHT, PITCH, WIDE = 0.55, 5.0, 0.5, 0.96  # middle, height; height and width of large entries
W_X, A_X, B_X, Z_X, NEURON_X = -3.28, 0.55, 1.95, 3.5, 5.25  # middles of the pictures


def at(x: float, y: float) -> np.ndarray:
    """A point of the frame."""
    return np.array([x, y, 0.0])


class LayerEquation:
    """The parts of z = w a + b and the neurons that z lights, in their places.

    Parameters
    ----------
    w, b, a
        Weights (out, in), biases (out,), inputs (in,).
    image
        Cells of the inputs, wherever they are; ``a.target`` is the column they become.
    rows, columns
        The outputs and the inputs that are large enough for numbers.

    The cells of ``w`` wait inside the ``neurons``, evenly spaced, those of ``b`` inside the neurons
    at their rows (``spread``). ``sums`` is w a, ``z`` is w a + b in the same place.
    """

    def __init__(
        self,
        w: np.ndarray,
        b: np.ndarray,
        a: np.ndarray,
        image: PixelImage,
        rows: range,
        columns: range,
        theme: Theme,
    ) -> None:
        self.theme, self.products = theme, w * a
        count, inputs = w.shape
        self.rows = Spacing.lens(count, rows[0], len(rows), PITCH, HEIGHT - len(rows) * PITCH)
        wide = Spacing.lens(inputs, columns[0], len(columns), WIDE, 6.3 - len(columns) * WIDE)
        high = Spacing.lens(inputs, columns[0], len(columns), PITCH, HEIGHT - len(columns) * PITCH)
        self._place_neurons(count)
        self.a = Matrix(a, image, high, Spacing.even(1, 0.84), at(A_X, Y), theme)
        cells = WeightImage(w, theme, scale=robust_scale(w, 0.95))
        cells.place(np.repeat(self.neurons.centres(), inputs, axis=0), np.zeros((w.size, 2)))
        self.w = Matrix(w, cells, self.rows, wide, at(W_X, Y), theme)
        sums = self.products.sum(axis=1)
        scale = robust_scale(np.concatenate([sums, sums + b]))
        self.sums, self.z = (self._results(values, scale) for values in (sums, sums + b))
        self.sums.numbers.shift(RIGHT * max(0.0, self.z.point - self.sums.point))
        cells = WeightImage(b[:, None], theme)
        cells.place(self.spread.centres(), np.zeros((count, 2)))
        self.b = Matrix(b, cells, self.rows, Spacing.even(1, WIDE), at(B_X, Y), theme, "bias")

    def _place_neurons(self, count: int) -> None:
        """``neurons``, evenly spaced, and ``spread``, what they are at the heights of the rows."""
        even = Spacing.even(count, HEIGHT)
        start = boxes(even, Spacing.even(1, 0.3), at(NEURON_X, Y))[0]
        radius = min(0.13, 0.8 * float(even.halves[0]))
        self.neurons = Neurons(np.zeros(count), start, self.theme, radius)
        radii = np.minimum(0.2, 0.85 * self.rows.halves)
        places = boxes(self.rows, Spacing.even(1, 0.3), at(NEURON_X, Y))[0]
        self.spread = self.neurons.copy().place(places, np.stack([radii, radii], axis=1))

    def _results(self, values: np.ndarray, scale: float) -> Matrix:
        """A column (out,) at the place of the sums; ``scale`` is that of its colours."""
        column = Spacing.even(1, 1.15)
        places = boxes(self.rows, column, at(Z_X, Y))
        cells = WeightImage(values[:, None], self.theme, scale=scale).place(*places)
        return Matrix(values, cells, self.rows, column, at(Z_X, Y), self.theme)

    def edges(self) -> LayerEdges:
        """Every weight as an edge from its pixel, where the image is now, to its neuron."""
        image = self.a.cells
        edges = LayerEdges(self.w.values, image.centres(), self.neurons.centres(), self.theme)
        begin = edges.share_at(image.get_right()[0])
        return edges.set_arrays(begin=begin + FEATHER)  # at rest the image stays clear

    def drops(self, activations: np.ndarray) -> tuple[Cells, Cells]:
        """The cells of ``z``, and what they become in their neurons with ``activations``."""
        discs = self.z.target.copy().place(self.neurons.centres(), self.neurons.halves())
        discs.set_arrays(corner=1.0, fill=self.theme.brightness(activations))
        return self.z.target.copy(), discs

    def readings(self, activations: np.ndarray, squished: bool) -> VGroup:
        """The activations of the large neurons, as numbers beside them.

        Those that are ``squished`` between 0 and 1 never are 0.00 or 1.00, only close to it.
        """
        places = self.neurons.centres() + RIGHT * 0.35
        made = VGroup()
        for k in self.rows.large:
            close = {0.0: "< 0.01", 1.0: "> 0.99"}.get(round(float(activations[k]), 2))
            text: Any = Number(activations[k], self.theme.text, ENTRY)
            if squished and close:
                text = label(close, self.theme.text, ENTRY)
            made.add(text.move_to(places[k], LEFT))
        return made

    def even_column(self) -> Cells:
        """The column of inputs while all its entries are alike."""
        return self.a.cells.copy().place(
            *boxes(Spacing.even(self.a.values.size, HEIGHT), self.a.columns, self.a.centre)
        )

    def row_as_image(
        self, row: int, shape: tuple[int, int], size: float, centre: np.ndarray
    ) -> Cells:
        """The cells of ``w`` when one row is out, as an image of ``shape`` around ``centre``."""
        in_row, pixels = self.of_row(row), grid(*shape, size=size)
        centres, halves = self.w.cells.centres(), self.w.cells.halves()
        centres[in_row], halves[in_row] = pixels[0] + centre, pixels[1] * 0.46
        return self.w.cells.copy().place(centres, halves)

    def row_alone(self, row: int) -> Cells:
        """The cells of ``w`` when one row is in its place and the others are where they were."""
        alone, in_row = self.w.target.copy(), self.of_row(row)
        alone.points = np.where(
            in_row.repeat(Cells.POINTS_PER_ITEM)[:, None], alone.points, self.w.cells.points
        )
        return alone

    def of_row(self, row: int) -> np.ndarray:
        """Which cells of ``w`` (out * in,) are in a row."""
        rows: np.ndarray = np.arange(self.w.values.size) // self.w.values.shape[1]
        in_row: np.ndarray = rows == row
        return in_row

    def ring(self, row: int) -> Cells:
        """A ring around one neuron."""
        alpha = (np.arange(len(self.neurons)) == row).astype(float)
        return self.neurons.copy().set_arrays(
            fill_alpha=0.0, stroke=rgb(self.theme.attention), stroke_width=5.0, stroke_alpha=alpha
        )

    def recount(self) -> UpdateFromAlphaFunc:
        """The numbers of ``sums`` count to those of ``z``."""
        sums, z = self.sums, self.z

        def count(_: Any, alpha: float) -> None:
            for k in sums.rows.large:
                number = sums.number(k)
                before, after = ManimColor(sums.ink(k)), ManimColor(z.ink(k))
                place = number[POINT].get_x() * RIGHT + number.get_y() * UP
                colour: Any = interpolate_color(before, after, alpha)
                number.colour = colour
                number.set_value(sums.values[k, 0] * (1 - alpha) + z.values[k, 0] * alpha)
                set_point(number, place).set_fill(colour)

        return UpdateFromAlphaFunc(sums.numbers, count)
