"""Numbers the scenes quote, derived from a network and digits; examples chosen by predicate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.digits import Digits
from netglow.netcore.network import Array, Network, Trace
from netglow.netcore.study.evaluation import evaluate
from netglow.netcore.study.thresholds import round_demand


def contributions(network: Network, trace: Trace, l: int) -> Array:
    """What each edge of layer l carries for one image: (out, in), w[l] * a[l].

    Each row's sum plus its bias is z[l].
    """
    return network.w[l] * trace.a[l]


def products(network: Network, trace: Trace, neuron: int) -> Array:
    """Weight times pixel for one first-layer neuron, in image form."""
    return np.asarray((network.w[0][neuron] * trace.a[0]).reshape(network.image_shape))


def accuracy(network: Network, digits: Digits) -> float:
    """Share of the digits predicted correctly, 0..1."""
    return evaluate(network, digits).accuracy


def confusion(network: Network, digits: Digits) -> NDArray[np.int64]:
    """(classes, classes) counts; row = what it is, column = what the network predicted."""
    classes = len(network.class_names)
    table = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(table, (digits.labels, evaluate(network, digits).predictions), 1)
    return table


def first_confident(network: Network, digits: Digits, digit: int, at_least: float = 0.9) -> int:
    """Index of the first image of the digit answered correctly and clearly.

    Clearly: its output is at least `at_least`, every other below 1 - at_least.
    LookupError if there is none.
    """
    output = evaluate(network, digits).trace.output
    others = np.delete(output, digit, axis=1).max(axis=1)
    fits = (digits.labels == digit) & (output[:, digit] >= at_least) & (others < 1 - at_least)
    return _first(
        fits,
        f"no {digit} in {digits.name} is answered with at least {at_least:g} "
        f"while all other outputs stay below {1 - at_least:g}",
    )


def first_wrong(network: Network, digits: Digits, digit: int | None = None) -> int:
    """Index of a wrongly answered image (of the digit, if given), the clearest error first.

    Clearest: the wrong output exceeds the right one by most. LookupError if all are right.
    """
    found = evaluate(network, digits)
    output, wrong = found.trace.output, ~found.correct
    if digit is not None:
        wrong &= digits.labels == digit
    what = "image" if digit is None else str(digit)
    _first(wrong, f"every {what} in {digits.name} is answered correctly")
    lead = output.max(axis=1) - output[np.arange(len(digits)), digits.labels]
    return int(np.where(wrong, lead, -1).argmax())


def readable_neuron(network: Network, trace: Trace) -> int:
    """A first-layer neuron that is on for this image and whose sum can be followed by eye.

    On: activation at least 0.6 of the layer's strongest. Among those with both signs present in
    earnest, the one with the smallest positive and negative totals. LookupError if none fits.
    """
    parts = contributions(network, trace, 0)
    up, down = np.clip(parts, 0, None).sum(axis=1), -np.clip(parts, None, 0).sum(axis=1)
    a = trace.a[1]
    less, more = np.minimum(up, down), np.maximum(up, down)
    fits = (a > 0) & (a >= 0.6 * a.max()) & (less > 0) & (less >= 0.15 * more)
    _first(
        fits,
        "no first-layer neuron is on for this image with both positive and negative "
        "products; choose another image",
    )
    return int(np.where(fits, up + down, np.inf).argmin())


def biased_neuron(network: Network, digits: Digits) -> int:
    """The first layer's neuron (from 0) whose bias changes for the most digits whether it fires.

    Of those that some digit pleases even when they ask for more than nine tenths of their sums'
    sizes (round_demand), if there are such.
    """
    sums = weighted_sums(network, digits, 0)
    changed = ((sums > 0) != (sums + network.b[0] > 0)).sum(axis=0)
    pleased = [own.max() > round_demand(own) for own in sums.T]
    return int((changed + len(sums) * np.array(pleased)).argmax())


def weighted_sums(network: Network, digits: Digits, l: int) -> Array:
    """w[l] @ a[l], without the bias, for every digit: (n, units)."""
    return evaluate(network, digits).trace.z[l] - network.b[l]


def fires(sums: ArrayLike, bias: ArrayLike) -> NDArray[np.int64]:
    """For how many of the weighted sums (n, ...) a neuron with this bias fires: sum + bias > 0."""
    return np.asarray((np.asarray(sums, float) + np.asarray(bias, float) > 0).sum(axis=0))


def _first(fits: NDArray[np.bool_], reason: str) -> int:
    found = np.flatnonzero(fits)
    if not len(found):
        raise LookupError(reason)
    return int(found[0])
