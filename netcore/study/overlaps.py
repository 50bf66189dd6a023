"""How much ink images have in common: two of one digit, and two of different digits."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.network import Array

INK = 0.5  # a pixel is inked if it is brighter


def ink(images: ArrayLike) -> NDArray[np.bool_]:
    """Which pixels of images 0..1 (any shape) are inked."""
    return np.asarray(images, float) > INK


def overlaps(first: ArrayLike, second: ArrayLike) -> Array:
    """Shares of ink in common, 0..1, of every image of the first stack with each of the second.

    Images (n, rows, columns) and (m, rows, columns) give (n, m): pixels inked in both, divided by
    pixels inked in either; 0 where neither has ink. Also known as intersection over union, or the
    Jaccard index.
    """
    a, b = (ink(images).astype(float) for images in (first, second))
    a, b = a.reshape(len(a), -1), b.reshape(len(b), -1)
    both = a @ b.T
    either = a.sum(axis=1)[:, None] + b.sum(axis=1) - both
    return np.asarray(both / np.maximum(either, 1))


def mean_of_pairs(shares: ArrayLike) -> float:
    """Mean of the overlaps (n, n) of images with each other, each with all others but itself."""
    shares = np.asarray(shares, float)
    n = len(shares)
    return float((shares.sum() - np.trace(shares)) / (n * (n - 1)))
