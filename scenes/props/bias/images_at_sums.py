"""Images that stand on a number line, each at its sum, lit as the neuron is that reads them."""

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
    places: ArrayLike, taken: float, free: tuple[float, float], ends: tuple[float, float]
) -> list[int]:
    """Which of the ``places`` (n,) between the ``ends`` have room for an image, in ascending order.

    One image stands at ``taken`` already; the others keep the stretch ``free`` free and stand as
    close to it and to each other as they can. All are x of the frame.
    """
    places = np.asarray(places, float)
    chosen: list[int] = []
    for side, border in ((-1, free[0]), (1, free[1])):
        edge = max(side * border + _PITCH / 2, side * taken + _PITCH)
        while True:
            fits = (side * places >= edge) & (places >= ends[0]) & (places <= ends[1])
            if not fits.any():
                break
            chosen.append(int(np.where(fits, side * places, np.inf).argmin()))
            edge = side * places[chosen[-1]] + _PITCH
    return sorted(chosen, key=lambda i: places[i])


class ImagesAtSums(Group):
    """An ``example`` (image, sum) and others on a level axis, each image above its sum.

    ``chosen`` are the others' indices in ``images`` (n, rows, columns) and ``sums`` (n,), in
    ascending order of their sums; ``place`` is the example's among them. A dot on the axis is the
    neuron that reads the image; the sum, with ``places`` decimals, is written between them.
    ``sums`` (m,) are those of the images shown.
    """

    def __init__(
        self,
        example: tuple[np.ndarray, float],
        images: np.ndarray,
        sums: np.ndarray,
        chosen: list[int],
        axis: Axis,
        places: int,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.chosen, self.place = chosen, int((sums[chosen] < example[1]).sum())
        self.sums = np.insert(sums[chosen], self.place, example[1])
        feet = axis.at(self.sums)
        self.dots = Neurons(np.zeros(len(feet)), feet + UP * _ABOVE, theme, _DOT)
        shown = np.insert(images[chosen], self.place, example[0], axis=0)
        self.pictures = [PixelImage(image, theme, SIZE, gap=0.0) for image in shown]
        self.numbers = VGroup()
        for picture, value, foot in zip(self.pictures, self.sums, feet, strict=True):
            number = Number(value, theme.text, CAPTION, places)
            number.shift((foot - number.get_center()) * [1, 0, 0])
            self.numbers.add(stand(number, foot[1] + 0.46))
            picture.move_to(foot + UP * (0.8 + SIZE / 2))
        super().__init__(self.dots, self.numbers, *self.pictures, **kwargs)
        self.set_activations(np.zeros(len(feet)))

    def set_activations(self, activations: ArrayLike) -> Self:
        """The neuron's activation for each image (m,); images for which it is off are dark."""
        self.dots.set_activations(np.asarray(activations, float))
        for picture, a in zip(self.pictures, self.dots.activations, strict=True):
            picture.set_opacity(_DARK + (1 - _DARK) * min(max(float(a), 0.0), 1.0))
        return self

    def known(self, index: int | None) -> tuple[np.ndarray, Neurons]:
        """Indices (m,) of the images shown, the example's being ``index``, and their dots.

        With None the example is none of the images and is left out.
        """
        which = np.insert(np.array(self.chosen, int), self.place, -1 if index is None else index)
        kept = np.flatnonzero(which >= 0)
        dots = self.dots
        known = Neurons(dots.activations[kept], dots.centres()[kept], dots.theme, _DOT)
        return which[kept], known

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

    def shrink(self) -> list[Any]:
        """Every image shrinks into its dot."""
        return [
            picture.animate.scale(2 * _DOT / SIZE).move_to(place).set_opacity(0)
            for picture, place in zip(self.pictures, self.dots.centres(), strict=True)
        ]
