"""Ink that comes apart on the picture it lies on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import AnimationGroup, LaggedStart, Line, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.stage.theme import Theme


class TakenApart:
    """``image`` (rows, columns) and the ink of its ``masks``, which can move on it.

    ``ground`` is the picture without ink, ``inks`` the ink of every mask; ``ways`` (n, 3) is where
    each goes when it all comes apart, in pixels.
    """

    def __init__(
        self,
        image: np.ndarray,
        masks: Sequence[np.ndarray],
        ways: np.ndarray,
        theme: Theme,
        size: float,
        centre: np.ndarray,
    ) -> None:
        self.theme, self.masks = theme, masks
        self.whole = PixelImage(image, theme, size).move_to(centre)
        self.ground = self.whole.copy().set_values(np.zeros_like(image))
        self.inks = [LooseInk(self.whole, mask) for mask in masks]
        self.ways = self.whole.pitch * np.asarray(ways, float)

    def apart(self, **kwargs: Any) -> LaggedStart | AnimationGroup:
        """Animation: every piece goes its way, one a little after the other."""
        moves: list[Any] = [
            ink.animate.shift(way) for ink, way in zip(self.inks, self.ways, strict=True)
        ]
        return LaggedStart(*moves, **{"lag_ratio": 0.3} | kwargs)

    def directions(self) -> VGroup:
        """A line through the ink of every piece, where it is now."""
        much = self.whole.values.ravel()
        return VGroup(
            *[cased(direction(ink, much[ink.places]), self.theme, 7) for ink in self.inks]
        )


def outwards(masks: Sequence[np.ndarray], far: float) -> np.ndarray:
    """Ways (n, 3), ``far`` pixels long, of masks (rows, columns) away from the middle of all."""
    middles = np.array([np.argwhere(mask).mean(axis=0) for mask in masks])
    away = middles - middles.mean(axis=0)
    away = far * away / np.linalg.norm(away, axis=1, keepdims=True)
    return np.column_stack([away[:, 1], -away[:, 0], np.zeros(len(away))])


def direction(cells: Cells, much: np.ndarray, over: float = 1.0) -> Line:
    """A line along the main direction of cells with so ``much`` ink (n,), through its middle.

    It is ``over`` times as long as they reach, from the middle of the first to that of the last.
    """
    places = cells.centres()
    middle = np.average(places, axis=0, weights=much)
    away = places - middle
    main = np.linalg.eigh((away * much[:, None]).T @ away)[1][:, -1]
    along = away @ main
    first, last = over * min(along.min(), -1e-3), over * max(along.max(), 1e-3)
    return Line(middle + first * main, middle + last * main)
