"""Pixels and rows of an image that show best what grey values are; found by predicate."""

from __future__ import annotations

import numpy as np

INK, PAPER = 0.5, 0.2  # above the one a pixel is surely bright, up to the other surely dark


def edge_pixel(image: np.ndarray) -> tuple[int, int]:
    """The pixel nearest to a middle grey between ink and paper; any grey if there is none."""
    padded = np.pad(image, 1)
    around = np.stack([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
    between = (around.max(axis=0) >= 0.9) & (around.min(axis=0) <= 0.1)
    distance = np.abs(image - 0.5) + np.where(between & (image > 0) & (image < 1), 0, 1)
    row, at = np.unravel_index(distance.argmin(), image.shape)
    return int(row), int(at)


def strokes(row: np.ndarray) -> int:
    """How often the pen comes and goes in a row (n,) 0..1, seen at a glance.

    It is there where pixels are brighter than INK, and gone where one is as dark as PAPER: at both
    ends, and between two strokes. 0 for a row that is not as clear as that.
    """
    bright = np.flatnonzero(np.asarray(row) > INK)
    if not len(bright) or max(row[0], row[-1]) > PAPER:
        return 0
    gaps = [row[i + 1 : k] for i, k in zip(bright, bright[1:], strict=False) if k > i + 1]
    return 1 + len(gaps) if all(gap.min() <= PAPER for gap in gaps) else 0


def telling_row(image: np.ndarray) -> int:
    """The row that the pen crosses twice; without one, once; of several, the one of most greys."""

    def merit(row: np.ndarray) -> tuple[int, int]:
        crossed = strokes(row)
        return crossed if crossed <= 2 else 0, len(np.unique(row))

    return max(range(len(image)), key=lambda i: merit(image[i]))
