"""A network's answers to a whole labelled data set: one forward pass, kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.digits import Digits
from netglow.netcore.network import Network, Trace, forward_batch

_KEPT = 4  # evaluations at a time; each holds about 7 MB for 1,000 images


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a network answers to each of n digits; everything is read-only."""

    network: Network
    digits: Digits

    @cached_property
    def trace(self) -> Trace:
        """All pre-activations and activations, (n, units) a layer."""
        return forward_batch(self.network, self.digits.images)

    @cached_property
    def predictions(self) -> NDArray[np.int64]:
        """(n,) the class of each image's largest output."""
        return self.trace.predictions

    @cached_property
    def correct(self) -> NDArray[np.bool_]:
        """(n,) whether that is the label."""
        return np.equal(self.predictions, self.digits.labels)

    @cached_property
    def accuracy(self) -> float:
        """Share of the digits that are predicted correctly, 0..1."""
        return float(self.correct.mean())


@lru_cache(maxsize=_KEPT)
def evaluate(network: Network, digits: Digits) -> Evaluation:
    """The evaluation of a network on a data set; the latest few are kept.

    Both are read-only, so the same two always have the same answers.
    """
    return Evaluation(network, digits)
