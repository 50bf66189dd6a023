"""An edge detector slides over an image; products and sum follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Group, linear

from netglow.netcore.study.edge_detector import Sweep
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.frames import frames
from netglow.scenes.props.weighted_sum.product_row import ProductRow
from netglow.scenes.props.weighted_sum.sum_bar import SumBar, SumRow
from netglow.scenes.stage.theme import Theme


class Slide(Animation):
    """The places of a sweep in its order, step by step; ``frames`` mark them in all images.

    Weights and products of the ``row``, the ``bar`` and the ``total`` follow.
    """

    def __init__(
        self, sweep: Sweep, row: ProductRow, bar: SumBar, total: SumRow, theme: Theme, **kwargs: Any
    ) -> None:
        self.sweep, self.row, self.bar, self.total = sweep, row, bar, total
        self.images = (row.pixels, row.weights, row.result)
        self.frames = frames(*boxes_around(self.images, sweep.weights[sweep.order[0]]), theme)
        # the numbers of the bar are not drawn by the slide: they may be hidden meanwhile
        moving = Group(row.weights, row.result, bar.slivers, total, self.frames)
        super().__init__(moving, rate_func=kwargs.pop("rate_func", linear), **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        order = self.sweep.order
        i = order[round(self.rate_func(alpha) * (len(order) - 1))]
        self.row.weights.set_values(self.sweep.weights[i])
        self.row.result.set_values(self.sweep.products[i])
        self.bar.set_products(self.sweep.products[i])
        self.total.set_total(self.sweep.sums[i])
        self.frames.place(*boxes_around(self.images, self.sweep.weights[i]))


def boxes_around(images: Sequence[Cells], mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre (n, 3) and half size (n, 2) of the box around the masked cells of each of n images."""
    these = np.flatnonzero(mask)
    sides = [image.sides()[these] for image in images]
    corners = np.array([[s.min(axis=(0, 1)), s.max(axis=(0, 1))] for s in sides])
    half = (corners[:, 1] - corners[:, 0])[:, :2] / 2
    return corners.mean(axis=1), half + 0.05
