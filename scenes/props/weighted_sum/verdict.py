"""What weights say of one image: its products as a bar, and their sum below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import DOWN, LEFT, UP, FadeIn, Group, UpdateFromAlphaFunc

from netglow.netcore.study.arithmetic import totals
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.weighted_sum.sum_bar import Pour, Span, SumBar, SumRow
from netglow.scenes.stage.text import CAPTION, HEADING, label
from netglow.scenes.stage.theme import Theme

_SMALL, _LEFT = 1.25, 3.3  # of the small image; from its left side to the zero
_BELOW = 0.6  # from the bar to the sum
_UNIT = 2.0 / 32  # length of 1: there is room for 32 on either side


class Verdict(Group):
    """The small ``picture`` (rows, columns), the ``bar`` of the products, and their ``total``.

    ``zero`` is a point between the bar and the sum, where both are 0; ``called`` is the word for
    the sum. At first no product is negative; :meth:`cancel` is for those that come later.
    """

    def __init__(
        self, image: np.ndarray, products: np.ndarray, zero: np.ndarray, name: str, theme: Theme
    ) -> None:
        self.theme = theme
        above, below = zero + UP * _BELOW / 2, zero + DOWN * _BELOW / 2
        self.picture = PixelImage(image, theme, _SMALL)
        self.picture.move_to(zero + LEFT * (_LEFT - _SMALL / 2))
        self.bar = SumBar(products, theme, above, _UNIT, below=_BELOW)
        self.bar.remove(self.bar.up, self.bar.down)  # only the sum has a number
        self.total = SumRow(float(products.sum()), theme, below, _UNIT, 1, HEADING)
        self.called = label(name, theme.muted, CAPTION)
        stand(self.called.next_to(below + LEFT * 0.12, LEFT, buff=0), below[1] - CAPTION / 2)
        super().__init__(self.picture, self.bar, self.total, self.called)

    def pour(self, source: Cells, **kwargs: Any) -> Pour:
        """Animation: the cells of the large image become the bar."""
        return Pour(self.bar, source, **kwargs)

    def pour_against(self, products: np.ndarray, source: Cells, **kwargs: Any) -> Pour:
        """Animation: negative products come to the positive ones that are there already."""
        self.bar.set_products(products)
        return Pour(self.bar, source, there=products > 0, **kwargs)

    def cancel(self) -> Iterator[list[Any]]:
        """Steps: the negative side is laid over the end of the sum, and takes it away."""
        up, down = totals(self.bar.products)
        row = self.total.span.origin
        self.minus = Span(down, 0, self.bar.origin, _UNIT, self.theme.negative)
        self.minus.set_opacity(0)
        minus: Any = self.minus
        yield [
            minus.animate(run_time=0.5).set_opacity(1).stretch_to(down, 0, row),
            FadeIn(self.total.span, run_time=0.5),  # until now it was as long as the bar
        ]
        yield [minus.animate(run_time=0.6).stretch_to(up + down, up)]

        def shrink(parts: Any, alpha: float) -> None:
            end = up + alpha * down
            parts[0].set_total(end)
            parts[1].stretch_to(up + down, end)

        yield [UpdateFromAlphaFunc(Group(self.total, self.minus), shrink, run_time=0.7)]
