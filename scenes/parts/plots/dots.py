"""Places for dots that stand on an axis, on one another where they would overlap."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def levels(places: ArrayLike, gap: float) -> np.ndarray:
    """Storeys (n,) 0, 1, … for dots at ``places`` (n,) so that none is nearer than ``gap``.

    Dots of one storey are at least ``gap`` apart. The lowest free storey is taken, from both
    ends inwards, so the outermost dots stand on the ground.
    """
    places = np.asarray(places, float)
    storeys = np.zeros(len(places), dtype=int)
    full: list[list[float]] = []
    inwards = np.minimum(places - places.min(initial=np.inf), places.max(initial=-np.inf) - places)
    for i in np.argsort(inwards, kind="stable"):
        free = (
            k for k, dots in enumerate(full) if all(abs(places[i] - other) >= gap for other in dots)
        )
        storeys[i] = next(free, len(full))
        full[storeys[i] :] = full[storeys[i] :] or [[]]
        full[storeys[i]].append(places[i])
    return storeys


def stacked(
    places: ArrayLike, radius: float, side: np.ndarray, within: float = np.inf
) -> tuple[np.ndarray, np.ndarray]:
    """Centres (n, 3) and halves (n, 2) of dots that stand on an axis' ``places`` (n, 3).

    Where dots are too close they stand on one another, towards ``side``: none overlaps, none
    leaves its value. They shrink until the stack is no higher than ``within``.
    """
    places, side = np.array(places, float), np.asarray(side, float)
    along = places[:, 0] if side[0] == 0 else places[:, 1]
    storeys = levels(along, 2.15 * radius)
    if radius * (2 + 2.15 * storeys.max(initial=0)) > within:
        return stacked(places, 0.95 * radius, side, within)
    centres = places + (radius * (1 + 2.15 * storeys))[:, None] * side
    return centres, np.full((len(places), 2), radius)
