"""Where a network hesitates, where it errs with conviction, and why a neuron lights up or not."""

from __future__ import annotations

import numpy as np

from netglow.netcore.digits import Digits
from netglow.netcore.network import Array, Network, Trace
from netglow.netcore.study import facts
from netglow.netcore.study.evaluation import evaluate

_MOVED, _UNMOVED = 0.5, 0.1  # activations, as shares of the layer's strongest


def closest_call(network: Network, digits: Digits, other_than: int) -> int:
    """Index of the image, not of that digit, that is read rightly by the smallest lead.

    The lead of the largest output over the second. Images whose largest output is at least 0.5
    come first; LookupError where no image but that digit's is read rightly.
    """
    found = evaluate(network, digits)
    ranked = np.sort(found.trace.output, axis=1)
    best, lead = ranked[:, -1], ranked[:, -1] - ranked[:, -2]
    fits = found.correct & (digits.labels != other_than)
    if not fits.any():
        raise LookupError(f"no image in {digits.name} but those of a {other_than} is read rightly")
    believed = fits & (best >= 0.5)
    return int(np.where(believed if believed.any() else fits, lead, np.inf).argmin())


def surest_error(network: Network, digits: Digits) -> int:
    """Index of the wrongly read image with the largest output; LookupError if all are right."""
    found = evaluate(network, digits)
    if found.correct.all():
        raise LookupError(f"every image in {digits.name} is answered correctly")
    return int(np.where(found.correct, -np.inf, found.trace.output.max(axis=1)).argmax())


def balances(network: Network, trace: Trace, layer: int = 0) -> Array:
    """(out, 2): how much is added and how much is taken away in each sum, both >= 0."""
    parts = facts.contributions(network, trace, layer)
    return np.stack([np.clip(parts, 0, None).sum(axis=1), np.clip(-parts, 0, None).sum(axis=1)], 1)


def for_and_against(network: Network, trace: Trace) -> tuple[int, int]:
    """Two first-layer neurons: one clearly lit, one clearly dark, each because of the image.

    The lit one has at least half of the layer's largest activation, and more is added than taken
    away, by more than its bias could undo; of those, the one with the largest such share. The dark
    one has at most a tenth of it, and more is taken away, by more than its bias could make up for;
    again the clearest. LookupError where there is no such pair.
    """
    added, taken = balances(network, trace).T
    a, bias = trace.a[1], np.abs(network.b[0])
    share = added / np.maximum(added + taken, 1e-12)
    lit = (a >= _MOVED * a.max()) & (a > 0) & (added - taken > bias)
    dark = (a <= _UNMOVED * a.max()) & (taken - added > bias)
    if not (lit.any() and dark.any()):
        raise LookupError("no first-layer neurons are clearly for and clearly against this image")
    return int(np.where(lit, share, -1).argmax()), int(np.where(dark, share, 2).argmin())
