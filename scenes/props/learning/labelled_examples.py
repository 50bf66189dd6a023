"""A field of images with their right answers, out of which one can be taken and put back."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, UP, FadeIn, Group, LaggedStart, VGroup

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.thumbnails import Grow, Thumbnails
from netglow.scenes.parts.images.weight_wall import hang
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.stage.text import BODY, label
from netglow.scenes.stage.theme import Theme


class LabelledExamples(Group):
    """``images`` (n, rows, columns) in rows around ``y``; below each its one of ``labels`` (n,)."""

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        theme: Theme,
        width: float = 12.8,
        height: float = 5.5,
        y: float = 0.0,
        **kwargs: Any,
    ) -> None:
        self.theme = theme
        spots, self.size = hang(len(images), width, height, 1.35, 1.62)
        spots = spots + y * UP
        self.thumbs = Thumbnails(images, spots + 0.15 * UP, self.size, theme)
        self.answers = VGroup(
            *[
                label(str(answer), theme.correct, BODY, bold=True).move_to(
                    spot + DOWN * (0.5 * self.size + 0.08)
                )
                for answer, spot in zip(labels, spots, strict=True)
            ]
        )
        super().__init__(self.thumbs, self.answers, **kwargs)

    def arrive(self, run_time: float = 2.0) -> Grow:
        """Animation: the images, one after the other."""
        return Grow(self.thumbs, np.linspace(0, 0.7, len(self.answers)), run_time=run_time)

    def answer(self, run_time: float = 1.6) -> LaggedStart:
        """Animation: their right answers."""
        return LaggedStart(*map(FadeIn, self.answers), lag_ratio=0.05, run_time=run_time)

    def picture(self, k: int) -> PixelImage:
        """Image k as it hangs there, a picture of its own."""
        image = PixelImage(self.thumbs.values[k], self.theme, self.size, gap=0.0)
        return image.move_to(self.thumbs.spots[k])

    def without(self, k: int | None) -> Thumbnails:
        """The images with a gap where number k hung, or all of them."""
        alpha = np.ones(len(self.answers))
        if k is not None:
            alpha[k] = 0.0
        return self.thumbs.set_alpha(alpha)

    def gather(self, point: np.ndarray, size: float = 0.05, run_time: float = 1.5) -> Wave:
        """Animation: all images shrink into one point."""
        n = len(self.answers)
        there = self.thumbs.copy().hang(np.tile(point, (n, 1)), size)
        return Wave(
            self.thumbs, there, np.linspace(0, 0.45, n)[self.thumbs.owner], run_time=run_time
        )
