"""Three pictures of what could be tried next, made from the network's own data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    Group,
    Line,
    MoveAlongPath,
    Square,
    VGroup,
    VMobject,
    smooth,
)

from netglow.scenes.parts.images.cell_images import PixelImage, grid
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.parts.images.thumbnails import Thumbnails
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb

SIDE = 7  # pixels of the small frame


class Window(Group):
    """A small ``frame`` on an image: the same few weights look at one place after the other."""

    def __init__(self, image: np.ndarray, theme: Theme, size: float) -> None:
        self.pixels = PixelImage(image, theme, size)
        self.frame = cased(Square(SIDE * self.pixels.pitch), theme, 4)
        super().__init__(self.pixels, self.frame.move_to(self.places()[0]))

    def places(self) -> np.ndarray:
        """Where the frame stops (n, 3), there and back, wherever the image is now."""
        image = self.pixels.values
        rows, columns = (length // SIDE for length in image.shape)
        cells = self.pixels.centres().reshape(*image.shape, 3)
        blocks = cells[: SIDE * rows, : SIDE * columns].reshape(rows, SIDE, columns, SIDE, 3)
        places = blocks.mean(axis=(1, 3))
        places[1::2] = places[1::2, ::-1].copy()
        return np.asarray(places.reshape(-1, 3))

    def sweep(self, back: bool = False, **kwargs: Any) -> Animation:
        """Animation: the frame goes over the whole image, row by row, or ``back`` from its end."""
        places = self.places()[:: -1 if back else 1]
        path = VMobject().set_points_as_corners(places)
        return MoveAlongPath(self.frame, path, rate_func=smooth, **kwargs)


class OneMoreOutput(Group):
    """An ``image`` that is no digit; its ``outputs`` (n,) with ``names``, and a ``new`` one below.

    A thread leads from the image to the new one.
    """

    def __init__(
        self,
        image: np.ndarray,
        outputs: np.ndarray,
        names: Sequence[str],
        new: str,
        theme: Theme,
        size: float,
    ) -> None:
        n = len(outputs)
        self.pixels = PixelImage(image, theme, 0.52 * size).shift(0.24 * size * LEFT)
        places = column(n + 1, 0.27 * size, size / (n + 1))
        radius = 0.38 * size / (n + 1)
        self.neurons = Neurons(outputs, places[:-1], theme, radius)
        self.new = Neurons(np.zeros(1), places[-1:], theme, radius)
        self.new.set_arrays(stroke=rgb(theme.attention), stroke_width=4.0)
        words = [(name, theme.muted) for name in names] + [(new, theme.attention)]
        self.names = VGroup(*[label(text, colour, CAPTION) for text, colour in words])
        for name, place in zip(self.names, places, strict=True):
            name.move_to(place + (radius + 0.15) * RIGHT, LEFT)
        corner = self.pixels.get_corner(DOWN + RIGHT)
        self.thread = Line(corner, places[-1] + radius * LEFT, buff=0.1)
        self.thread.set_stroke(theme.attention, 4)
        super().__init__(self.pixels, self.neurons, self.names, self.new, self.thread)

    def without(self) -> Group:
        """All but the new one."""
        return Group(self.pixels, self.neurons, *self.names[:-1])

    def addition(self) -> Group:
        """The new one, its name and its thread."""
        return Group(self.thread, self.new, self.names[-1])


class MoreExamples(Thumbnails):
    """Examples (n, rows, columns) in a square of so many as fit; the first row is there first."""

    def __init__(self, images: np.ndarray, theme: Theme, size: float) -> None:
        self.side = int(np.sqrt(len(images)))
        places, pitch = grid(self.side, self.side, size=size)
        super().__init__(images[: self.side**2], places, 0.92 * pitch, theme)

    def few(self) -> Thumbnails:
        """The first row alone, where it is now."""
        row = self.values[: self.side]
        return Thumbnails(row, self.centres()[: self.side], self.sizes[0], self.theme)

    def arrive(self, **kwargs: Any) -> Wave:
        """Animation: the others, faster and faster."""
        whole, n = self.copy(), len(self.values)
        late = np.sqrt(np.maximum(np.arange(n) - self.side, 0) / n) * 0.7
        self.set_alpha(np.where(np.arange(n) < self.side, 1.0, 0.0))
        return Wave(self, whole, late[self.owner], **kwargs)
