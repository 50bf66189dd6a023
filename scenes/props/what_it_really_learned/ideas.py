"""Three pictures of what could be tried next, made from the network's own data."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from manim import Animation, Group, MoveAlongPath, Square, VGroup, VMobject, smooth

from netglow.netcore.study.robustness import shifted
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb

SIDE = 7  # pixels of the small frame
FAR = 4  # pixels by which a digit is moved for training


class Window(Group):
    """A small ``frame`` on an image: the same few weights look at one place after the other."""

    def __init__(self, image: np.ndarray, theme: Theme, size: float) -> None:
        self.pixels = PixelImage(image, theme, size)
        rows, columns = (length // SIDE for length in image.shape)
        cells = self.pixels.centres().reshape(*image.shape, 3)
        places = np.array(
            [
                cells[SIDE * i : SIDE * (i + 1), SIDE * j : SIDE * (j + 1)].mean((0, 1))
                for i, j in product(range(rows), range(columns))
            ]
        )
        self.places = places.reshape(rows, columns, 3)
        self.places[1::2] = self.places[1::2, ::-1]  # there and back
        self.frame = cased(Square(SIDE * self.pixels.pitch).move_to(places[0]), theme, 3)
        super().__init__(self.pixels, self.frame)

    def sweep(self, **kwargs: Any) -> Animation:
        """Animation: the frame goes over the whole image, row by row."""
        start = self.frame.get_center() - self.places[0, 0]  # wherever the group is now
        path = VMobject().set_points_as_corners(self.places.reshape(-1, 3) + start)
        return MoveAlongPath(self.frame, path, rate_func=smooth, **kwargs)


class OneMoreOutput(Group):
    """The ``outputs`` (n,) of the last layer, with ``names``; below them a ``new`` neuron."""

    def __init__(
        self, outputs: np.ndarray, names: Sequence[str], new: str, theme: Theme, height: float
    ) -> None:
        places = column(len(outputs) + 1, 0.0, height / (len(outputs) + 1))
        radius = 0.38 * height / (len(outputs) + 1)
        self.neurons = Neurons(outputs, places[:-1], theme, radius)
        self.new = Neurons(np.zeros(1), places[-1:], theme, radius)
        self.new.set_arrays(stroke=rgb(theme.attention), stroke_width=3.0)
        beside = np.array([radius + 0.2, 0, 0])
        self.names = VGroup(
            *[
                label(text, colour, CAPTION)
                for text, colour in (
                    *((name, theme.muted) for name in names),
                    (new, theme.attention),
                )
            ]
        )
        for name, place in zip(self.names, places, strict=True):
            name.move_to(place + beside, aligned_edge=np.array([-1.0, 0, 0]))
        super().__init__(self.neurons, self.new, self.names)


class MovedExamples(Group):
    """An image nine times: in its place, and moved by FAR pixels to all sides."""

    def __init__(self, image: np.ndarray, theme: Theme, size: float) -> None:
        pitch = size / 3
        self.images = [
            PixelImage(shifted(image, FAR * i, FAR * j), theme, 0.92 * pitch).shift(
                (pitch * j, -pitch * i, 0)
            )
            for i, j in product((-1, 0, 1), repeat=2)
        ]
        super().__init__(*self.images)
