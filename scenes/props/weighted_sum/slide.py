"""An edge detector slides over an image; products and sum follow."""

from __future__ import annotations

from typing import Any

from manim import Animation, Group, linear

from netglow.netcore.study.edge_detector import Sweep
from netglow.scenes.engine.batches import Cells
from netglow.scenes.props.weighted_sum.close_up import frame_around
from netglow.scenes.props.weighted_sum.product_row import ProductRow
from netglow.scenes.props.weighted_sum.sum_bar import SumBar, SumRow
from netglow.scenes.stage.theme import Theme, rgb


class Slide(Animation):
    """The places of a sweep in its order, step by step; ``frames`` mark them in all images."""

    def __init__(
        self, sweep: Sweep, row: ProductRow, bar: SumBar, total: SumRow, theme: Theme, **kwargs: Any
    ) -> None:
        self.sweep, self.row, self.bar, self.total = sweep, row, bar, total
        self.images = (row.pixels, row.weights, row.result)
        self.frames = Cells(
            *frame_around(self.images, sweep.weights[sweep.order[0]]),
            fill_alpha=0,
            stroke=rgb(theme.attention),
            stroke_alpha=1,
            stroke_width=3,
        )
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
        self.frames.place(*frame_around(self.images, self.sweep.weights[i]))
