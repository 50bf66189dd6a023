"""One weight turned alone: how the mean cost of all examples rises and falls with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netglow.netcore.backprop import COSTS, backpropagate, one_hot
from netglow.netcore.digits import Digits
from netglow.netcore.network import ACTIVATIONS, Array, Network, forward_batch

_TRIED = 12  # dials, the steepest ones


@dataclass(frozen=True, eq=False)
class OneDial:
    """The weight from unit ``source`` of the last hidden layer to class ``output``.

    ``turned`` (n,) are the values it is given, its own, ``value``, in the middle; ``costs`` (n,) is
    the mean cost of all examples with each.
    """

    source: int
    output: int
    value: float
    turned: Array
    costs: Array

    @property
    def best(self) -> int:
        """Place of the lowest cost among those tried."""
        return int(self.costs.argmin())


def mean_cost(network: Network, digits: Digits, cost: str) -> float:
    """Mean cost of the digits: the sum over the outputs, averaged over the images."""
    trace = forward_batch(network, digits.images)
    wanted = one_hot(digits.labels, network.sizes[-1])
    return float(COSTS[cost](trace.output, trace.z[-1], wanted).mean())


def steepest_dial(
    network: Network, digits: Digits, cost: str, reach: float = 8.0, steps: int = 81
) -> OneDial:
    """The weight of the last layer that changes the mean cost most, turned by up to ±``reach``.

    Of the steepest dozen the first whose lowest cost lies inside, so that there is a valley to be
    seen; the steepest if there is none such. ``steps`` (odd) values are tried, evenly spaced.
    """
    rows = digits.images.reshape(len(digits), -1)
    wanted = one_hot(digits.labels, network.sizes[-1])
    trace = forward_batch(network, digits.images)
    _, dw, _ = backpropagate(network.w, network.b, network.activations, rows, wanted, cost)
    slopes = np.abs(dw[-1])
    order = np.argsort(-slopes, axis=None, kind="stable")[:_TRIED]
    offsets = np.linspace(-reach, reach, steps)
    found = []
    for output, source in zip(*np.unravel_index(order, slopes.shape), strict=True):
        others = np.arange(len(slopes)) != output
        fixed = COSTS[cost](trace.output[:, others], trace.z[-1][:, others], wanted[:, others])
        costs = []
        for offset in offsets:
            z = trace.z[-1][:, [output]] + offset * trace.a[-2][:, [source]]
            a = ACTIVATIONS[network.activations[-1]][0](z)
            costs.append((fixed + COSTS[cost](a, z, wanted[:, [output]])).mean())
        value = float(network.w[-1][output, source])
        found.append(OneDial(int(source), int(output), value, value + offsets, np.array(costs)))
        if 0 < found[-1].best < steps - 1:
            return found[-1]
    return found[0]
