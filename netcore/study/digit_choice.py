"""Which labelled images stand for all of them."""

from __future__ import annotations

import numpy as np


def some_of_each(labels: np.ndarray, count: int, chosen: int) -> tuple[list[int], int]:
    """Places in ``labels`` (n,) of ``count`` images, as many of each kind, and where ``chosen`` is.

    The first of every kind, the kinds in turn and every round begun three kinds later; the image
    ``chosen`` takes the place of one of its kind if it is not there anyway.
    """
    kinds = np.unique(labels)
    rounds = np.arange(count) // len(kinds)
    turn = kinds[(np.arange(count) + 3 * rounds) % len(kinds)]
    which = [
        int(np.flatnonzero(labels == kind)[k % (labels == kind).sum()])
        for kind, k in zip(turn, rounds, strict=True)
    ]
    if chosen not in which:
        same = [k for k in range(count) if turn[k] == labels[chosen]]
        which[same[len(same) // 2]] = chosen
    return which, which.index(chosen)
