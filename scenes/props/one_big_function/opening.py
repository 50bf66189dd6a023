"""A layer in one line, as it was told before: pictures, symbols, two lines of code."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Group, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.parts.images.matrix import Spacing, boxes, brackets
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.text.code import Listing
from netglow.scenes.stage.text import formula
from netglow.scenes.stage.theme import Theme, robust_scale

_HIGH, _Y, _SYMBOLS_Y, _SIZE = 3.5, 1.5, -0.85, 0.48
_BLOCKS = (0.0, 4.0, 5.62), (6.4, 0.7, 0.7)  # middles and widths: weights, inputs, biases
_CODE_AT = np.array([-6.1, -1.93, 0.0])
_NAMES = {"sigmoid": "sigma", "relu": 'op("ReLU")'}


class Opening(Group):
    """The lit ``column`` a1 (units,) = f(w a0 + b), with w (units, inputs); ``code`` in lines.

    ``rest`` is everything but the column.
    """

    def __init__(
        self,
        w: np.ndarray,
        a0: np.ndarray,
        b: np.ndarray,
        a1: np.ndarray,
        kind: str,
        code: list[str],
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        rows = Spacing.even(len(w), _HIGH)
        spots = boxes(rows, Spacing.even(1, 0.3), np.array([-6.0, _Y, 0]))[0]
        self.column = Neurons(a1, spots, theme, min(0.2, 0.85 * float(rows.halves[0])))
        weights = WeightImage(w, theme, scale=robust_scale(w, 0.95))
        lights = Cells(np.zeros((len(a0), 3)), 0.1, fill=theme.brightness(a0))
        biases = WeightImage(b[:, None], theme)
        cells: list[Any] = [weights, lights, biases]
        fences = VGroup()
        colours = (theme.muted, theme.muted, theme.bias)
        shapes = (w.shape, (len(a0), 1), (len(b), 1))
        for each, shape, x, wide, colour in zip(cells, shapes, *_BLOCKS, colours, strict=True):
            high = Spacing.even(shape[0], _HIGH)
            each.place(*boxes(high, Spacing.even(shape[1], wide), np.array([x, _Y, 0])))
            half, up = wide / 2 + 0.07, _HIGH / 2 + 0.07
            fences.add(brackets(x - half, x + half, _Y - up, _Y + up, colour))
        self.listing = Listing(code, theme, _CODE_AT)
        self.rest = Group(*cells, fences, _symbols(kind, theme), self.listing)
        super().__init__(self.rest, self.column, **kwargs)


def _symbols(kind: str, theme: Theme) -> VGroup:
    """a⁽¹⁾ = f( W a⁽⁰⁾ + b ), each symbol below its picture."""
    places = [
        ("a^((1))", -6.0),
        ("=", -4.9),
        (f"{_NAMES[kind]} paren.l", -3.7),
        ("W", 0.0),
        ("a^((0))", 4.0),
        ("+", 4.85),
        ("b", 5.62),
        ("paren.r", 6.4),
    ]
    made = VGroup()
    for source, x in places:
        symbol = formula(source, theme.bias if source == "b" else theme.text, _SIZE)
        symbol.scale(min(1.0, 1.9 / symbol.width))
        made.add(symbol.move_to(np.array([x, _SYMBOLS_Y, 0])))
    return made
