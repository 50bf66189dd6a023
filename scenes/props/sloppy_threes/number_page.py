"""A page full of numbers that turns out to be a part of an image."""

from __future__ import annotations

import numpy as np
from manim import UpdateFromAlphaFunc

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.motion.wave import Wave, reading_order
from netglow.scenes.props.sloppy_threes.pixel_numbers import PixelNumbers
from netglow.scenes.stage.text import CAPTION
from netglow.scenes.stage.theme import Theme, rgb


class NumberPage:
    """A ``window`` (its rows, its columns) of ``values`` (rows, columns), seen from so near that
    each of its pixels is ``cell`` large.

    ``pixels`` are the image, at first only the ``shown`` cells of the page, black; ``numbers``
    are written on them; ``whole`` is the image as it is in the end. A camera ``zoom`` times
    nearer that looks at ``centre`` sees nothing but the page.
    """

    def __init__(
        self,
        values: np.ndarray,
        theme: Theme,
        size: float,
        middle: np.ndarray,
        window: tuple[range, range],
        cell: float,
    ) -> None:
        self.pixels = PixelImage(values, theme, size).move_to(middle)
        self.whole = self.pixels.copy()
        rows, columns = window
        shown = np.zeros(values.shape, bool)
        shown[rows.start : rows.stop, columns.start : columns.stop] = True
        self.shown = shown.ravel()
        # white cells need an outline on paper
        self.pixels.set_arrays(
            fill=theme.brightness(0.0),
            fill_alpha=self.shown,
            stroke=rgb(theme.faint),
            stroke_width=1.0,
            stroke_alpha=self.shown * theme.is_light,
        )
        self.zoom = cell / self.pixels.pitch
        self.numbers = PixelNumbers(self.pixels, np.flatnonzero(self.shown), CAPTION / self.zoom)
        self.centre = self.pixels.centres()[self.shown].mean(axis=0)

    def shade(self, run_time: float) -> list[Wave | UpdateFromAlphaFunc]:
        """Every cell takes the grey its number stands for; the numbers stay readable."""
        shaded = self.pixels.copy().set_arrays(fill=self.whole.fill)
        order = reading_order(*self.pixels.values.shape)
        return [
            Wave(self.pixels, shaded, order, run_time=run_time),
            UpdateFromAlphaFunc(
                self.numbers, lambda numbers, _: numbers.follow(), run_time=run_time
            ),
        ]
