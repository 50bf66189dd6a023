"""Pixels and rows of an image that show best what grey values are; found by predicate."""

from __future__ import annotations

import numpy as np


def edge_pixel(image: np.ndarray) -> tuple[int, int]:
    """The pixel nearest to a middle grey between ink and paper; any grey if there is none."""
    padded = np.pad(image, 1)
    around = np.stack([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
    between = (around.max(axis=0) >= 0.9) & (around.min(axis=0) <= 0.1)
    distance = np.abs(image - 0.5) + np.where(between & (image > 0) & (image < 1), 0, 1)
    row, at = np.unravel_index(distance.argmin(), image.shape)
    return int(row), int(at)


def richest_row(image: np.ndarray) -> int:
    """The row with the most different grey values."""
    return int(np.argmax([len(np.unique(row)) for row in image]))
