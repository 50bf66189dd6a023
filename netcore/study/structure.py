"""Whether a neuron's weights are static, or show a structure."""

from __future__ import annotations

import numpy as np


def agreement(image: np.ndarray) -> float:
    """Correlation -1..1 of every weight (rows, columns) with its neighbours: 0 is static."""
    pairs = [(image[:, 1:], image[:, :-1]), (image[1:], image[:-1])]
    first, second = (np.concatenate([pair[k].ravel() for pair in pairs]) for k in (0, 1))
    if min(first.std(), second.std()) == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def most_structured(weights: np.ndarray, ink: np.ndarray) -> int:
    """Index of the weight image (n, rows, columns) whose neighbouring weights agree most.

    Weights where there is hardly ever ``ink`` (rows, columns) count less.
    """
    energy = weights**2
    share = (energy * (ink > 0.1 * ink.max())).sum(axis=(1, 2)) / energy.sum(axis=(1, 2))
    return int(np.argmax([agreement(image) for image in weights] * share))
