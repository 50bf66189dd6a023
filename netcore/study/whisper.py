"""How much of a small change at the beginning of a network arrives in each of its layers."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from netglow.netcore.network import Array, Network, forward_batch


def whisper(
    network: Network, images: ArrayLike, neuron: int, pixel: int, turn: float = 1.0
) -> list[Array]:
    """How far every neuron moves when one weight of the first layer is turned up by ``turn``.

    The weight leads from ``pixel`` (its place in the flat image) to ``neuron``. One array
    (units,) a layer: the mean size of the change of each activation over ``images`` (n, rows,
    columns), measured by the change of ``neuron`` itself, which is 1 in the first array. Nothing
    of the network's is assumed: it answers twice, and the answers are compared. All zeros where
    ``neuron`` itself does not move.
    """
    w = [layer.copy() for layer in network.w]
    w[0][neuron, pixel] += turn
    turned = Network(
        tuple(w), network.b, network.activations, network.image_shape, network.class_names
    )
    before, after = (forward_batch(n, np.asarray(images)).a[1:] for n in (network, turned))
    moved = [np.abs(b - a).mean(axis=0) for b, a in zip(before, after, strict=True)]
    own = float(moved[0][neuron])
    return [change / own if own else 0 * change for change in moved]
