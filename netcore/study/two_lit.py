"""Outputs that are confidences of their own: the case where two are high, and their sum."""

from __future__ import annotations

import numpy as np

HIGH = 0.5


def most_divided(outputs: np.ndarray) -> int:
    """Index of the image whose second highest output is highest; outputs: (n, classes)."""
    return int(np.sort(outputs, axis=1)[:, -2].argmax())


def ranked(outputs: np.ndarray) -> tuple[int, int]:
    """Classes of the highest and the second highest output of (classes,)."""
    second, first = np.argsort(outputs, kind="stable")[-2:]
    return int(first), int(second)


def places_that_total(values: np.ndarray, total_places: int = 2) -> int:
    """Fewest decimal places, 2 to 5, at which the rounded values (n,) add up to the rounded sum.

    The sum is shown with ``total_places``.
    """
    total = round(float(values.sum()), total_places)
    for places in range(2, 6):
        added = sum(round(float(v), places) for v in values)
        if round(added, total_places) == total and (
            places > total_places or abs(added - total) < 1e-9
        ):
            return places
    return 5
