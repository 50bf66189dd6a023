"""Arithmetic on screen that stays right when every number in it is rounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


def shown(value: float, places: int, plus: bool = False) -> str:
    """A number as drawn: true minus sign, no negative zero, a plus sign only with ``plus``."""
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return ("+" if plus and float(text) > 0 else "") + text.replace("-", "\N{MINUS SIGN}")


def places_that_add(*sums: tuple[float, float], fewest: int = 2, most: int = 6) -> int:
    """The fewest decimal places at which every rounded pair adds up to its rounded sum.

    Each of ``sums`` is a pair (a, b) that is shown as a + b; ``most`` if none will do.
    """
    for places in range(fewest, most):
        unit = 10**places
        if all(round(a * unit) + round(b * unit) == round((a + b) * unit) for a, b in sums):
            return places
    return most


def places_that_follow(
    function: Callable[..., Any],
    x: float,
    x_places: int,
    open_end: float = np.inf,
    fewest: int = 2,
    most: int = 5,
) -> int:
    """The fewest places at which function(x) is the same from x and from x as it is shown.

    The rounded result also stays below ``open_end``, a bound that the function never reaches,
    where that can be shown.
    """
    whole, from_shown = float(function(x)), float(function(round(x, x_places)))
    follows = [p for p in range(fewest, most + 1) if round(whole, p) == round(from_shown, p)]
    below = [p for p in follows if round(whole, p) < open_end]
    return next(iter(below or follows), fewest)


def readable_product(pixels: np.ndarray, weights: np.ndarray, places: int = 2) -> tuple[int, int]:
    """Row and column of the largest product that is right as rounded, too.

    A grey pixel if there is one, else any with ink.
    """
    size = np.abs(pixels * weights)
    rounded = np.round(np.round(pixels, places) * np.round(weights, places), places)
    right = np.isclose(rounded, np.round(pixels * weights, places)) & (size > 0)
    for fits in (right & (pixels > 0.2) & (pixels < 0.95), right, size >= 0):
        if fits.any():
            row, column = np.unravel_index(np.where(fits, size, -1).argmax(), size.shape)
            return int(row), int(column)
    raise LookupError("the image has no pixels")


def totals(products: np.ndarray) -> tuple[float, float]:
    """Sum of the positive products and sum of the negative ones."""
    flat = np.asarray(products, float)
    return float(flat[flat > 0].sum()), float(flat[flat < 0].sum())


@dataclass(frozen=True)
class NeuronSum:
    """Every number of one neuron's step, and the decimals at which they agree with each other.

    ``up`` + ``down`` = ``total``, ``total`` + ``bias`` = ``z``, all shown with ``places``;
    ``activation`` follows from z, shown with ``answer_places``.
    """

    up: float
    down: float
    bias: float
    z: float
    activation: float
    squishes: Callable[..., Any] | None = None  # the function, if its results stay below 1

    @property
    def total(self) -> float:
        return self.up + self.down

    @property
    def places(self) -> int:
        return places_that_add((self.up, self.down), (self.total, self.bias))

    @property
    def answer_places(self) -> int:
        if self.squishes is None:
            return self.places
        return places_that_follow(self.squishes, self.z, self.places, 1.0)

    @property
    def reach(self) -> tuple[float, float]:
        """The lowest and the highest value of any of its bars."""
        return min(self.down, self.z, 0.0), max(self.up, self.z, 0.0)

    def text(self, name: str) -> str:
        """One of the numbers as it is drawn."""
        places = self.answer_places if name == "activation" else self.places
        return shown(getattr(self, name), places)


def easiest_to_follow(layer: Sequence[NeuronSum]) -> int:
    """Index of a neuron that is on and whose sum can be followed by eye.

    On: activation at least 0.6 of the strongest. Among those, one with both signs in earnest,
    whose numbers add up with three decimals, and with the smallest totals.
    """
    strongest = max(neuron.activation for neuron in layer)

    def hardness(i: int) -> tuple[bool, bool, bool, float]:
        up, down = layer[i].up, -layer[i].down
        one_sided = min(up, down) < 0.15 * max(up, down)
        off = layer[i].activation < 0.6 * strongest
        return off, one_sided, layer[i].places > 3, up + down

    return min(range(len(layer)), key=hardness)
