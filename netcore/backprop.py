"""Costs and backpropagation, written out.

Formulas: Nielsen, *Neural Networks and Deep Learning*, chapter 2. For one image
``delta[l] = dC/dz[l]``; then ``dC/dw[l] = delta[l] a[l]^T`` and ``dC/db[l] = delta[l]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.activations import pulled_back
from netglow.netcore.network import Array, Network, as_input, propagate


def quadratic(a: NDArray[Any], z: NDArray[Any], targets: NDArray[Any]) -> NDArray[Any]:
    """Sum over the outputs of (a - target)^2, one number an image."""
    return np.asarray(((a - targets) ** 2).sum(axis=1))


def cross_entropy(a: NDArray[Any], z: NDArray[Any], targets: NDArray[Any]) -> NDArray[Any]:
    """Sum over the sigmoid outputs of -t ln(a) - (1 - t) ln(1 - a), one number an image.

    Computed from z as ln(1 + e^z) - t z, which never takes the logarithm of zero.
    """
    return np.asarray((np.logaddexp(0, z) - targets * z).sum(axis=1))


COSTS = {"cross-entropy": cross_entropy, "quadratic": quadratic}


def one_hot(labels: ArrayLike, classes: int = 10, dtype: type = np.float64) -> NDArray[Any]:
    """The answers wanted: (n, classes), 1 at the label and 0 elsewhere."""
    return np.asarray(np.eye(classes, dtype=dtype)[np.asarray(labels)])


def backpropagate(
    w: Sequence[NDArray[Any]],
    b: Sequence[NDArray[Any]],
    activations: Sequence[str],
    inputs: NDArray[Any],
    targets: NDArray[Any],
    cost: str = "cross-entropy",
) -> tuple[float, list[NDArray[Any]], list[NDArray[Any]]]:
    """Mean cost of a batch and its derivatives by every weight and bias: (cost, dw, db).

    inputs: (n, units); targets: (n, classes), 0..1. Works in the arrays' own precision.
    Raises ValueError for an unknown cost or cross-entropy without sigmoid outputs.
    """
    check_cost(cost, activations)
    n = len(inputs)
    z, a = propagate(w, b, activations, inputs)

    # How the cost changes with the sums of the last layer.
    if cost == "cross-entropy":
        delta = a[-1] - targets  # the sigmoid's flat slope cancels: this is why it learns faster
    else:
        delta = pulled_back(activations[-1], z[-1], 2 * (a[-1] - targets))

    dw: list[NDArray[Any]] = [np.empty(0)] * len(w)
    db: list[NDArray[Any]] = [np.empty(0)] * len(w)
    for l in reversed(range(len(w))):
        # z[l] = w[l] a[l] + b[l]: a weight matters as much as the activation it multiplies.
        dw[l] = delta.T @ a[l] / n
        db[l] = delta.sum(axis=0) / n
        if l > 0:
            # Back through the weights, then through the activation's derivative.
            delta = pulled_back(activations[l - 1], z[l - 1], delta @ w[l])
    return float(COSTS[cost](a[-1], z[-1], targets).mean()), dw, db


def check_cost(cost: str, activations: Sequence[str]) -> None:
    """Raises ValueError unless this cost fits a network with these activations."""
    if cost not in COSTS:
        raise ValueError(f"cost {cost!r} is not one of {', '.join(COSTS)}")
    if cost == "cross-entropy" and activations[-1] != "sigmoid":
        raise ValueError("cross-entropy needs sigmoid outputs; choose the quadratic cost")


def gradient(
    network: Network, images: ArrayLike, targets: ArrayLike, cost: str = "cross-entropy"
) -> tuple[float, tuple[Array, ...], tuple[Array, ...]]:
    """Mean cost over the images and its gradient: (cost, dw, db), shaped like network.w and .b.

    images: (n, *image_shape) or (n, pixels), 0..1; targets: (n, classes), 0..1 (see `one_hot`).
    """
    rows = as_input(images, network.image_shape, batch=True)
    targets = np.asarray(targets, dtype=np.float64)
    if targets.shape != (len(rows), network.sizes[-1]):
        raise ValueError(
            f"targets: expected shape {(len(rows), network.sizes[-1])}, found {targets.shape}"
        )
    value, dw, db = backpropagate(network.w, network.b, network.activations, rows, targets, cost)
    return value, tuple(dw), tuple(db)
