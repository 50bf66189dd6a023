"""What WhatIsANeuron shows: one number, one pixel, one row, and all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import Array
from netglow.netcore.study.telling_pixels import edge_pixel, strokes, telling_row
from netglow.scenes.facts.base import Facts

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

RATHER_BRIGHT = 0.75  # a number that is easily seen not to be 0 or 1
HALF = (0.4, 0.6)  # what one may call about a half


@dataclass(frozen=True, eq=False)
class WhatIsANeuronFacts(Facts):
    """The story's ``image`` (``rows``, ``columns``), whose pixels become ``count`` neurons.

    The first neuron that is looked at is number ``neuron`` of ``layer`` (1 is the first after the
    image); for the image it holds the number that is nearest to RATHER_BRIGHT, ``held``. The pixel
    at ``pixel_row`` and ``pixel_column`` has a middle grey, ``value``; ``is_half`` says whether it
    may be called about a half. In its row, the darkest pixel (the farthest of them) is in
    ``dark_column``, the brightest (the nearest) in ``bright_column``. The pen crosses the row
    number ``row`` (``row_values``) so many times, ``strokes``; 0 if that is not clear.
    """

    image: Array
    rows: int
    columns: int
    count: int
    layer: int
    neuron: int
    held: float
    pixel_row: int
    pixel_column: int
    value: float
    is_half: bool
    dark_column: int
    bright_column: int
    row: int
    row_values: Array
    strokes: int

    @classmethod
    def of(cls, story: Story) -> Self:
        image, a = story.image, story.trace.a
        places = [(layer, i) for layer in range(1, len(a)) for i in range(len(a[layer]))]
        layer, neuron = min(places, key=lambda at: abs(float(a[at[0]][at[1]]) - RATHER_BRIGHT))
        pixel = edge_pixel(image)
        row = telling_row(image)
        beside = image[pixel[0]]
        away = np.abs(np.arange(len(beside)) - pixel[1])
        return cls(
            image=image,
            rows=image.shape[0],
            columns=image.shape[1],
            count=image.size,
            layer=layer,
            neuron=neuron,
            held=float(np.asarray(a[layer])[neuron]),
            pixel_row=pixel[0],
            pixel_column=pixel[1],
            value=float(image[pixel]),
            is_half=bool(HALF[0] <= image[pixel] <= HALF[1]),
            dark_column=int(np.lexsort((-away, beside))[0]),
            bright_column=int(np.lexsort((away, -beside))[0]),
            row=row,
            row_values=image[row],
            strokes=strokes(image[row]),
        )
