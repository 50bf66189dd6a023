"""Sums that a neuron's bias lets through: a round bias that few pass, and who only just passes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

MOST = 0.9  # of all sums lie no farther from 0 than the round number


def round_demand(sums: ArrayLike) -> float:
    """The smallest of …, 0.5, 1, 2, 5, 10, 20, … that nine tenths of the |sums| do not exceed.

    So with a bias of minus that at most a tenth of them pass, with plus that at least nine tenths.
    """
    sizes = np.abs(np.asarray(sums, float)).ravel()
    for power in range(-3, 9):
        for digit in (1, 2, 5):
            number = digit * 10**power if power >= 0 else digit / 10**-power
            if (sizes <= number).mean() >= MOST:
                return float(number)
    raise ValueError("these sums are too large")


def just_passing(sums: ArrayLike, biases: ArrayLike) -> np.ndarray:
    """For each bias (m,) the index of the smallest of the ``sums`` (n,) that is above minus that.

    -1 where there is none.
    """
    sums, biases = np.asarray(sums, float), np.asarray(biases, float)
    rest = np.where(sums + biases[:, None] > 0, sums, np.inf)
    return np.where(np.isfinite(rest).any(axis=1), rest.argmin(axis=1), -1)
