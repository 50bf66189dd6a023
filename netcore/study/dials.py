"""All parameters of a network in one row, as dials that can be turned to anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from netglow.netcore.network import Array, Network

WITHIN = 0.95  # share of a block's parameters that are not at the end of their dials
SEED = 1  # of what is thrown; nobody chose it for what came of it


def in_a_row(w: Sequence[np.ndarray], b: Sequence[np.ndarray]) -> Array:
    """(parameters,) all weights layer by layer, row by row, then all biases."""
    return np.concatenate([np.ravel(array).astype(float) for array in (*w, *b)])


def with_dials(network: Network, values: np.ndarray) -> Network:
    """The network with other parameters (parameters,), in the order of :func:`in_a_row`."""
    ends = np.cumsum([array.size for array in (*network.w, *network.b)])
    shapes = [array.shape for array in (*network.w, *network.b)]
    arrays = [x.reshape(s) for x, s in zip(np.split(values, ends[:-1]), shapes, strict=True)]
    w, b = arrays[: len(network.w)], arrays[len(network.w) :]
    return Network(
        tuple(w), tuple(b), network.activations, network.image_shape, network.class_names
    )


def full_turns(network: Network) -> list[float]:
    """At which size the dials of each layer of weights, and those of all biases, end.

    So that WITHIN of them can turn further than they are; 1 where all are 0.
    """
    blocks = [*network.w, np.concatenate(network.b)]
    sizes = [float(np.quantile(np.abs(block), WITHIN)) for block in blocks]
    return [size if size > 0 else 1.0 for size in sizes]


def thrown(network: Network, times: int) -> Array:
    """(times, parameters) dials at random: anywhere between their ends, equally likely."""
    counts = [*(w.size for w in network.w), sum(b.size for b in network.b)]
    ends = np.repeat(full_turns(network), counts)
    return np.asarray(np.random.default_rng(SEED).uniform(-1, 1, (times, len(ends))) * ends)
