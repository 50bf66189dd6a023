"""What a cost says about one example: the part of every output, and how to show it rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from netglow.netcore.backprop import COSTS, check_cost, one_hot
from netglow.netcore.digits import Digits
from netglow.netcore.network import Network, Trace, forward_batch

PLACES, FINER = 2, 3  # decimals of the costs and of the outputs


def cost_of(meta: Mapping[str, Any], network: Network) -> str:
    """The name of the cost a model was trained with; the quadratic one if it does not say."""
    recipe = meta.get("recipe")
    name = recipe.get("cost") if isinstance(recipe, Mapping) else None
    try:
        check_cost(str(name), network.activations)
    except ValueError:
        return "quadratic"
    return str(name)


def output_costs(cost: str, trace: Trace, wanted: np.ndarray) -> np.ndarray:
    """(classes,) what each output adds to the cost of one image; their sum is its cost."""
    columns = (np.asarray(x)[:, None] for x in (trace.output, trace.z[-1], wanted))
    return COSTS[cost](*columns)


def from_difference(cost: str, difference: np.ndarray) -> np.ndarray:
    """The same from the distance 0..1 between the answer and a wanted 0 or 1."""
    if cost == "quadratic":
        return difference**2
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(1 - difference))


def adds_up(costs: np.ndarray, places: int = PLACES) -> bool:
    """Whether the rounded parts add up to their rounded sum."""
    unit = 10**places
    return bool(round(float(np.round(costs * unit).sum())) == round(float(costs.sum()) * unit))


def follows(cost: str, output: np.ndarray, wanted: np.ndarray, costs: np.ndarray) -> bool:
    """Whether the outputs as shown give the costs as shown, and these their sum as shown."""
    difference = np.abs(np.round(output, FINER) - wanted)
    again = from_difference(cost, difference)
    return bool((np.round(again, PLACES) == np.round(costs, PLACES)).all() and adds_up(costs))


def readable_example(cost: str, networks: Sequence[Network], digits: Digits, digit: int) -> int:
    """Index of the first image of a digit that shows learning, with sums that can be followed.

    The first of ``networks`` reads it wrong, the last one right, and all that is shown adds up
    as rounded with both. A single network reads it wrong. Where there is no such image, the last
    of these wishes are given up, one by one.
    """
    places = np.flatnonzero(digits.labels == digit)
    wanted = one_hot(digit, networks[0].sizes[-1])
    first, last = (forward_batch(n, digits.images[places]) for n in (networks[0], networks[-1]))
    learnt = first.output.argmax(axis=1) != digit
    if len(networks) > 1:
        learnt &= last.output.argmax(axis=1) == digit

    def readable(trace: Trace, k: int) -> bool:
        one = Trace((trace.z[-1][k],), (trace.output[k],))
        return follows(cost, one.output, wanted, output_costs(cost, one, wanted))

    for traces in ((first, last), (first,)):
        for k in map(int, np.flatnonzero(learnt)):
            if all(readable(trace, k) for trace in traces):
                return int(places[k])
    return int(places[learnt][0] if learnt.any() else places[0])
