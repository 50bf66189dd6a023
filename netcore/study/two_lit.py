"""Outputs that are beliefs of their own: how many are high at once, and where two are."""

from __future__ import annotations

import numpy as np

HIGH = 0.5  # an output above it is a belief


def believed(outputs: np.ndarray) -> np.ndarray:
    """(n,) how many of each image's outputs (n, classes) are above HIGH."""
    return np.asarray((outputs > HIGH).sum(axis=1))


def most_divided(outputs: np.ndarray) -> int:
    """Index of the image whose second highest output is highest; outputs: (n, classes)."""
    return int(np.sort(outputs, axis=1)[:, -2].argmax())


def ranked(outputs: np.ndarray) -> tuple[int, int]:
    """Classes of the highest and the second highest output of (classes,)."""
    second, first = np.argsort(outputs, kind="stable")[-2:]
    return int(first), int(second)
