"""Shares of a whole as broad columns, each over a picture of what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Group, UpdateFromAlphaFunc, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.neurons import staggered
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, HEADING, label
from netglow.scenes.stage.theme import Theme, rgb

_FOOT, _HIGH = -1.05, 3.2  # where the columns stand, and how high a whole is
_WIDE, _PITCH = 1.7, 2.6
_PICTURE, _PICTURE_Y = 1.65, -2.8


class Columns(Cells):
    """``values`` (n,) 0..1 as columns on ``feet`` (n, 3), before faint ones that stand for 1."""

    DATA = ("values",)

    def __init__(self, values: np.ndarray, feet: np.ndarray, theme: Theme) -> None:
        n = len(feet)
        self.feet = np.asarray(feet, float)
        fill = np.repeat([rgb(theme.panel), rgb(theme.correct)], n, axis=0)
        super().__init__(np.tile(self.feet, (2, 1)), _WIDE / 2, fill=fill)
        self.set_values(values)

    def set_values(self, values: np.ndarray) -> Self:
        """Show other shares (n,) 0..1."""
        self.values = np.array(values, float)
        half = np.concatenate([np.ones(len(self.values)), self.values]) * _HIGH / 2
        middle = np.tile(self.feet, (2, 1)) + half[:, None] * np.array([0.0, 1, 0])
        return self.place(middle, np.column_stack([np.full(len(half), _WIDE / 2), half]))


class ShareColumns(Group):
    """``shares`` (n,) 0..1 as ``columns``, ``images`` (n, rows, columns) and ``names`` below.

    The columns start flat; :meth:`rise` lets them grow. ``percents``, the texts ``written`` above
    them, are not a part of the group.
    """

    def __init__(
        self,
        shares: np.ndarray,
        images: np.ndarray,
        names: Sequence[str],
        written: Sequence[str],
        theme: Theme,
    ) -> None:
        self.shares, n = np.array(shares, float), len(shares)
        xs = _PITCH * (np.arange(n) - (n - 1) / 2)
        feet = np.stack([xs, np.full(n, _FOOT), 0 * xs], axis=1)
        self.columns = Columns(np.zeros(n), feet, theme)
        self.pictures = [
            PixelImage(image, theme, _PICTURE).move_to((x, _PICTURE_Y, 0))
            for image, x in zip(images, xs, strict=True)
        ]
        self.names, self.percents = VGroup(), VGroup()
        for name, text, x, share in zip(names, written, xs, self.shares, strict=True):
            below = label(name, theme.muted, CAPTION).move_to((x, 0, 0))
            self.names.add(stand(below, _FOOT - 0.5))
            above = label(text, theme.correct, HEADING, bold=True).move_to((x, 0, 0))
            self.percents.add(stand(above, _FOOT + _HIGH * share + 0.18))
        super().__init__(self.columns, self.names, *self.pictures)

    def rise(self, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: one column after the other grows to its share."""
        delays = np.linspace(0, 0.5, len(self.shares))

        def step(columns: Any, alpha: float) -> None:
            columns.set_values(self.shares * staggered(alpha, delays))

        return UpdateFromAlphaFunc(self.columns, step, rate_func=lambda t: t, **kwargs)
