"""Which entries of a matrix are best to show in numbers."""

from __future__ import annotations

import numpy as np


def telling_rows(values: np.ndarray, row: int, most: int) -> range:
    """At most ``most`` neighbouring rows around ``row`` whose ``values`` (n,) differ most."""
    count = min(most, len(values))
    starts = range(max(0, row - count + 1), min(row, len(values) - count) + 1)
    first = max(starts, key=lambda k: float(np.std(values[k : k + count])))
    return range(first, first + count)


def telling_window(weights: np.ndarray, inputs: np.ndarray, width: int, line: int) -> int:
    """Start of the ``width`` neighbouring products (n,) that are best to show in numbers.

    All in one ``line`` of the image. In this order: rounded to two decimals, products and sums
    still agree; both signs occur; the products are large.
    """
    products = weights * inputs
    total = products.sum()

    def merit(start: int) -> tuple[bool, bool, float]:
        part = slice(start, start + width)
        shown = products[part].round(2)
        return (
            rounding_agrees(weights[part], inputs[part], total),
            bool((shown > 0).any() and (shown < 0).any()),
            float(np.abs(shown).sum()),
        )

    starts = [k for k in range(len(products) - width + 1) if k % line + width <= line]
    return max(starts, key=merit)


def rounding_agrees(weights: np.ndarray, inputs: np.ndarray, total: float) -> bool:
    """Whether ``weights * inputs`` (n,), their rest up to ``total`` and the sums agree in print.

    That is: all numbers rounded to two decimals, every equation made of them is still exact.
    """
    products = weights * inputs
    lines = (weights.round(2) * inputs.round(2)).round(2) == products.round(2)
    rest = total - products.sum()
    gap = products.round(2).sum() + rest.round(2) - np.round(total, 2)
    return bool(lines.all() and abs(gap) < 1e-6)
