"""Finds a GELU that is written out in several nodes, as exporters did before ONNX had one.

There are many ways to write it. So it is found by what it does: the nodes that follow are computed
for some numbers, and the first value that is GELU's for all of them is its end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.activations import gelu
from netglow.netcore.formats.onnx_graph import Graph, Node

MOST = 12  # nodes; the longest way known has six
NEAR = 1e-5  # as constants are float32; the tanh form differs by 5e-4
NUMBERS = np.linspace(-6, 6, 241)


def _erf(z: NDArray[Any]) -> NDArray[Any]:
    from scipy.special import erf

    return np.asarray(erf(z))


OPERATIONS: dict[str, Callable[..., NDArray[Any]]] = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mul": np.multiply,
    "Div": np.divide,
    "Erf": _erf,
}


def gelu_end(graph: Graph, name: str) -> str | None:
    """The value that is the GELU of this one; None if there is none soon after it."""
    values: dict[str, NDArray[Any]] = {name: NUMBERS}
    for node in graph.nodes:
        if not values.keys() & set(node.inputs):
            continue
        found = _computed(graph, node, values)
        if found is None or len(values) > MOST:
            return None
        values[node.outputs[0]] = found
        if np.allclose(found, gelu(NUMBERS), rtol=0, atol=NEAR):
            return node.outputs[0]
    return None


def _computed(graph: Graph, node: Node, values: dict[str, NDArray[Any]]) -> NDArray[Any] | None:
    """What the node makes of the numbers; None if it needs more than single constants."""
    given = []
    for name in node.inputs:
        stored = graph.array(name)
        if name not in values and (stored is None or stored.size != 1):
            return None
        given.append(values[name] if stored is None else stored.astype(np.float64).reshape(()))
    if node.op not in OPERATIONS or len(given) != (1 if node.op == "Erf" else 2):
        return None
    return np.asarray(OPERATIONS[node.op](*given))
