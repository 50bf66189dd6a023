"""A neuron that gives clearly different numbers for different images."""

from __future__ import annotations

from itertools import combinations

import numpy as np

_LIT = 0.5  # share of the layer's strongest activation from which a neuron is lit
STOPS = 3


def most_telling(
    lit: np.ndarray, activations: np.ndarray, left_out: int | None, ends: tuple[float, float]
) -> tuple[int, list[int]]:
    """The neuron whose four numbers are farthest apart, and the places of three images for it.

    The four are its activation for one image, ``lit`` (neurons,), and for three of the others,
    ``activations`` (n, neurons), see :func:`tour`; never that at the place ``left_out``. The
    neuron is one of those that are lit by that image; the smallest difference between any two of
    the numbers counts. All four lie between the ``ends``, if that is possible.
    """
    free = np.ones(activations.shape, bool)
    if left_out is not None:
        free[left_out] = False
    inside = free & (activations >= ends[0]) & (activations <= ends[1])
    bright = lit >= _LIT * lit.max()
    fits = bright & (lit >= ends[0]) & (lit <= ends[1]) & (inside.sum(axis=0) >= STOPS)
    if not fits.any():
        fits, inside = bright, free
    merits = {}
    for k in np.flatnonzero(fits):
        places = tour(activations[:, k], float(lit[k]), inside[:, k])
        four = [lit[k], *activations[places, k]]
        merits[int(k)] = min(abs(a - b) for a, b in combinations(four, 2)), places
    best = max(merits, key=lambda k: merits[k][0])
    return best, merits[best][1]


def tour(values: np.ndarray, start: float, free: np.ndarray) -> list[int]:
    """Three places in ``values`` (n,) that show how a value changes, begun at ``start``.

    The one farthest from the start, the one farthest from both, and again the one farthest from
    all that were there; only places that are ``free`` (n,), and none twice.
    """
    left, away, found = free.copy(), np.abs(values - start), list[int]()
    for _ in range(STOPS):
        place = int(np.where(left, away, -np.inf).argmax())
        found.append(place)
        left[place] = False
        away = np.minimum(away, np.abs(values - values[place]))
    return found
