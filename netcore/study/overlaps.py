"""How much two images have in common pixel by pixel, and digits for which that misleads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.digits import Digits
from netglow.netcore.network import Array, Network
from netglow.netcore.study.evaluation import evaluate

INK = 0.5  # a pixel is inked if it is brighter


def ink(images: ArrayLike) -> NDArray[np.bool_]:
    """Which pixels of images 0..1 (any shape) are inked."""
    return np.asarray(images, float) > INK


def overlap(first: ArrayLike, others: ArrayLike) -> Array:
    """Share of inked pixels in common, 0..1: inked in both / inked in either.

    ``first`` (rows, columns) against each of ``others`` (..., rows, columns); 0 where neither
    has ink. Also known as intersection over union, or the Jaccard index.
    """
    a, b = ink(first), ink(others)
    either = (a | b).sum(axis=(-2, -1))
    return np.asarray((a & b).sum(axis=(-2, -1)) / np.maximum(either, 1))


@dataclass(frozen=True)
class Misled:
    """Places in a data set: a digit, its ``kin`` (same label) and a ``stranger`` (another one).

    ``overlap`` compares badly: kin (``kin_overlap``) shares less ink with it than the stranger
    (``stranger_overlap``). ``others`` (n,) are all other digits of its label, ``overlaps`` (n,)
    theirs; ``beaten`` of them overlap less than the stranger does.
    """

    own: int
    kin: int
    stranger: int
    kin_overlap: float
    stranger_overlap: float
    others: NDArray[np.int64]
    overlaps: Array

    @property
    def beaten(self) -> int:
        return int((self.overlaps < self.stranger_overlap).sum())


def misled(network: Network, digits: Digits, own: int) -> Misled:
    """The digit at ``own``, its least overlapping kin and its most overlapping stranger.

    Both have about as much ink as it has (at least two thirds, at most one and a half of it),
    so that it is the shapes that differ, and are answered correctly with at least 0.9. Where
    there are none, less sure answers will do, then any ink, and in the end the labels alone.
    LookupError where no stranger overlaps more than some kin.
    """
    labels, same = digits.labels, digits.labels == digits.labels[own]
    shares = overlap(digits.images[own], digits.images)
    others = np.flatnonzero(same & (np.arange(len(digits)) != own))
    amount = ink(digits.images).sum(axis=(1, 2))
    alike = (1.5 * amount >= amount[own]) & (amount <= 1.5 * amount[own])
    sure = _sure(network, digits)
    for clear in [*(mask & alike for mask in sure), *sure]:
        kin, strange = others[clear[others]], np.flatnonzero(clear & ~same)
        if not len(kin) or not len(strange):
            continue
        a, b = int(kin[shares[kin].argmin()]), int(strange[shares[strange].argmax()])
        if shares[a] < shares[b]:
            return Misled(own, a, b, float(shares[a]), float(shares[b]), others, shares[others])
    raise LookupError(
        f"no other digit in {digits.name} overlaps image {own} more than every "
        f"{labels[own]} does; choose another image"
    )


def _sure(network: Network, digits: Digits) -> list[NDArray[np.bool_]]:
    """Masks (n,) of digits read correctly and surely, each less strict than the one before."""
    found = evaluate(network, digits)
    right, best = found.correct, found.trace.output.max(axis=1)
    return [right & (best >= 0.9), right & (best >= 0.5), right, np.ones(len(digits), bool)]
