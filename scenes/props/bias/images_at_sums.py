"""Images that stand on a number line, each at its sum, lit as the neuron is that sees them."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, UP, Animation, FadeIn, Group, LaggedStart, VGroup
from numpy.typing import ArrayLike

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, Number
from netglow.scenes.stage.theme import Theme

SIZE = 1.1
_PITCH = 1.2  # from image to image, at least
_DOT, _ABOVE = 0.12, 0.22  # radius of the dots, and how high their centres are over the axis
_DARK = 0.3  # an image's ink where the neuron is off


def standing_room(
    places: ArrayLike, ours: float, free: tuple[float, float], ends: tuple[float, float]
) -> list[int]:
    """Which of the ``places`` (n,) between the ``ends`` have room for an image, in ascending order.

    One stands at ``ours`` already; the others leave the stretch ``free`` free and stand as close
    to it and to each other as they can.
    """
    places = np.asarray(places, float)
    chosen: list[int] = []
    for side, border in ((-1, free[0]), (1, free[1])):
        edge = max(side * border + _PITCH / 2, side * ours + _PITCH)
        while True:
            fits = (side * places >= edge) & (places >= ends[0]) & (places <= ends[1])
            if not fits.any():
                break
            chosen.append(int(np.where(fits, side * places, np.inf).argmin()))
            edge = side * places[chosen[-1]] + _PITCH
    return sorted(chosen, key=lambda i: places[i])


class ImagesAtSums(Group):
    """``images`` (n, rows, columns) on a level axis, each above its own of the ``sums`` (n,).

    A dot on the axis is the neuron that sees the image; the sum is written between them.
    """

    def __init__(
        self,
        images: ArrayLike,
        sums: ArrayLike,
        axis: Axis,
        places: int,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.sums = np.array(sums, float)
        feet = axis.at(self.sums)
        self.dots = Neurons(np.zeros(len(feet)), feet + UP * _ABOVE, theme, _DOT)
        self.pictures = [PixelImage(image, theme, SIZE, gap=0.0) for image in images]
        self.numbers = VGroup()
        for picture, value, foot in zip(self.pictures, self.sums, feet, strict=True):
            number = Number(value, theme.text, CAPTION, places)
            number.shift((foot - number.get_center()) * [1, 0, 0])
            self.numbers.add(stand(number, foot[1] + 0.46))
            picture.move_to(foot + UP * (0.8 + SIZE / 2))
        super().__init__(self.dots, self.numbers, *self.pictures, **kwargs)
        self.set_activations(np.zeros(len(feet)))

    @classmethod
    def around(
        cls,
        ours: tuple[np.ndarray, float],
        images: np.ndarray,
        sums: np.ndarray,
        free: tuple[float, float],
        ends: tuple[float, float],
        axis: Axis,
        places: int,
        theme: Theme,
    ) -> Self:
        """Our image with its sum, and those of the ``images`` (n, …) that there is room for.

        None but ours has a sum in ``free``; all stand between the two ``ends``, in x.
        ``chosen`` are the others' indices, ``ours`` is our own place among them.
        """
        x, low, high = (axis.at(v)[..., 0] for v in (sums, *free))
        chosen = standing_room(x, float(axis.at(ours[1])[0]), (low, high), ends)
        k = int((sums[chosen] < ours[1]).sum())
        made = cls(
            np.insert(images[chosen], k, ours[0], axis=0),
            np.insert(sums[chosen], k, ours[1]),
            axis,
            places,
            theme,
        )
        made.chosen, made.ours = chosen, k
        return made

    def set_activations(self, activations: ArrayLike) -> Self:
        """What the neuron answers to each image (n,); the images it is off for are dark."""
        self.dots.set_activations(np.asarray(activations, float))
        for picture, a in zip(self.pictures, self.dots.activations, strict=True):
            picture.set_opacity(_DARK + (1 - _DARK) * min(max(float(a), 0.0), 1.0))
        return self

    def known(self, ours: int | None) -> tuple[np.ndarray, Neurons]:
        """Indices of the images, ours being ``ours``, and their dots; without ours if None."""
        which = [*self.chosen[: self.ours], -1 if ours is None else ours, *self.chosen[self.ours :]]
        kept = np.flatnonzero(np.array(which) >= 0)
        dots = self.dots
        return np.array(which)[kept], Neurons(
            dots.activations[kept], dots.centres()[kept], dots.theme, _DOT
        )

    def arrive(self, run_time: float) -> Animation:
        """Image after image comes down to its place."""
        return LaggedStart(
            *[
                FadeIn(Group(picture, number), shift=DOWN * 0.25)
                for picture, number in zip(self.pictures, self.numbers, strict=True)
            ],
            FadeIn(self.dots),
            lag_ratio=0.35,
            run_time=run_time,
        )

    def shrink(self) -> list[Animation]:
        """Every image shrinks into its dot."""
        return [
            picture.animate.scale(2 * _DOT / SIZE).move_to(place).set_opacity(0)
            for picture, place in zip(self.pictures, self.dots.centres(), strict=True)
        ]
