"""Arithmetic on screen that stays right when every number in it is rounded."""

from __future__ import annotations

import numpy as np


def places_that_add(*sums: tuple[float, float], fewest: int = 2, most: int = 6) -> int:
    """The fewest decimal places at which every rounded pair adds up to its rounded sum.

    Each of ``sums`` is a pair (a, b) that is shown as a + b; ``most`` if none will do.
    """
    for places in range(fewest, most):
        unit = 10**places
        if all(round(a * unit) + round(b * unit) == round((a + b) * unit) for a, b in sums):
            return places
    return most


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


def easiest_to_follow(products: np.ndarray) -> int:
    """Which of the neurons with ``products`` (neurons, ...) has a sum that the eye can follow.

    One whose sum is at least 1, with both signs in earnest, whose numbers add up with three
    decimals, and of these the one with the smallest totals.
    """

    def hardness(one: np.ndarray) -> tuple[bool, bool, bool, float]:
        up, down = totals(one)
        one_sided = min(up, -down) < 0.15 * max(up, -down)
        return up + down < 1, one_sided, places_that_add((up, down)) > 3, up - down

    return min(range(len(products)), key=lambda i: hardness(products[i]))
