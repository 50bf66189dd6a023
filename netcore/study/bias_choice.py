"""Which neuron and which image show best what a bias does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from netglow.netcore.study.arithmetic import places_that_add, places_that_follow
from netglow.netcore.study.facts import fires

FIRES = (0.2, 0.6)  # shares of the images that a neuron should fire for
REACH = 10.0  # the bias is moved from -REACH to REACH
BETWEEN = (1.0, 9.0)  # an example's sum: above 0 and below REACH, both clearly


def is_between(sums: ArrayLike) -> np.ndarray:
    """Which sums are above 0, but not above REACH, and near neither."""
    return (np.asarray(sums) >= BETWEEN[0]) & (np.asarray(sums) <= BETWEEN[1])


def most_movable(sums: np.ndarray, biases: np.ndarray, allowed: np.ndarray) -> int:
    """The neuron whose firing depends most on its bias.

    sums: (n, units) without bias; biases, allowed: (units,). Among the ``allowed`` that fire for
    20 to 60% of the n images (where there is none, of all): the largest change between the
    biases -REACH and REACH and between none and its own.
    """
    share = [fires(sums, b) / len(sums) for b in (-REACH, 0.0, biases, REACH)]
    moved = share[3] - share[0] + np.abs(share[2] - share[1])
    often = (share[2] >= FIRES[0]) & (share[2] <= FIRES[1])
    some = sums.max(axis=0) > BETWEEN[0]  # else no sum could serve as an example
    fits = next(
        f for f in (often & allowed & some, often & some, some, np.full(len(some), True)) if f.any()
    )
    return int(np.where(fits, moved, -1).argmax())


def example_for(sums: np.ndarray, liked: np.ndarray, places: Callable[[float], int]) -> int:
    """Index of the image whose sum is nearest to REACH / 2, among the ``liked`` (n,) if one fits.

    sums: (n,) of one neuron, without bias. Those that need the fewest decimal ``places`` go first.
    """
    between = is_between(sums)
    fits = next(f for f in (between & liked, between, np.ones(len(sums), bool)) if f.any())
    return min(
        map(int, np.flatnonzero(fits)),
        key=lambda i: (places(float(sums[i])), abs(sums[i] - REACH / 2)),
    )


def neuron_and_image(
    sums: np.ndarray,
    biases: np.ndarray,
    given: np.ndarray,
    must: bool,
    liked: np.ndarray,
    f: Callable[..., Any],
) -> tuple[int, int | None]:
    """A neuron and an image whose sum is between 0 and REACH.

    sums: (n, units) of all images; given: (units,) of the image one would like to show, which is
    taken if it fits (with ``must`` a neuron that it fits goes first) and is None in the answer.
    Else the answer is one of the n images, of the ``liked`` (n,) if possible.
    """
    k = most_movable(sums, biases, is_between(given) | (not must))
    if is_between(given[k]):
        return k, None
    return k, example_for(sums[:, k], liked, lambda total: places_for(f, total, rests(biases[k])))


def rests(bias: float) -> list[float]:
    """Where the bias rests in the chapter: the sums that are shown have to add up there."""
    return [0.0, -REACH, float(bias), REACH]


def places_for(function: Callable[..., Any], total: float, biases: ArrayLike) -> int:
    """Fewest decimal places, 2 to 5, at which total + bias adds up and f of it follows.

    For each of the biases; f of the sum is shown with two places.
    """
    biases = [float(b) for b in np.ravel(biases)]
    first = places_that_add(*((total, b) for b in biases))
    for places in range(first, 6):
        if all(places_that_follow(function, total + b, places) == 2 for b in biases):
            return places
    return first
