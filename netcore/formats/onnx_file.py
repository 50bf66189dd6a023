"""ONNX: a graph that is one chain of dense layers, read without the package onnx.

Understood are Gemm, MatMul and Add, what reshapes an image at the start, arithmetic with constants
before the first layer, activations, and what scikit-learn's converter puts behind the outputs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.activations import LEAK, leaky_name
from netglow.netcore.formats import limits, onnx_graph
from netglow.netcore.formats.chain import IDENTITY, Chain, Dense
from netglow.netcore.formats.onnx_gelu import gelu_end
from netglow.netcore.formats.onnx_graph import Graph, Node
from netglow.netcore.refusal import Refused, plain

FORMAT = "ONNX"
EXPORT = "export a plain chain of dense layers"
NAMES = {"Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh"}
NOTHING = ("Identity", "Dropout")
SHAPES = ("Flatten", "Reshape", "Squeeze", "Unsqueeze")
AFTER = ("ArgMax", "ZipMap")  # take the answer out of the outputs
PAIR = ("Sub", "Concat")  # 1 - p and p, out of a single output
FLOATS = (1, 10, 11, 16)


def read(data: bytes) -> Chain:
    """The layers; Refused for another graph than one chain of them."""
    graph = onnx_graph.parse(data)
    walk = _Walk(graph)
    name = graph.start
    while (node := walk.next(name)) is not None:
        walk.take(node, name)
        name = node.outputs[0]
    layers = [Dense(layer.w, layer.b, layer.activation or IDENTITY) for layer in walk.layers]
    shape, classes = _image_shape(graph.shape), _classes(graph)
    return Chain(FORMAT, layers, classes, shape, walk.scale, walk.offset)


@dataclass(eq=False)
class _Layer:
    w: NDArray[Any]
    b: NDArray[Any] | None = None
    activation: str | None = None


@dataclass(eq=False)
class _Walk:
    """Follows the graph node by node."""

    graph: Graph
    layers: list[_Layer] = field(default_factory=list)
    scale: NDArray[Any] = field(default_factory=lambda: np.array(1.0))
    offset: NDArray[Any] = field(default_factory=lambda: np.array(0.0))
    steps: int = 0
    budget: limits.Budget = field(default_factory=limits.Budget)

    def next(self, name: str) -> Node | None:
        """The node that takes this value on; None at the end."""
        self.steps += 1
        users = self.graph.users(name)
        last = self.layers[-1] if self.layers else None
        if last is not None and last.activation is not None:
            ends = AFTER + (PAIR if len(last.w) == 1 else ())
            users = [node for node in users if node.op not in ends]
        if len(users) > 1 and last is not None and last.activation is None:
            found = gelu_end(self.graph, name)
            if found is not None:
                last.activation = "gelu"
                return Node("Identity", (name,), (found,), {})
        if len(users) > 1:
            kinds = plain(", ".join(node.op for node in users), 60)
            raise Refused("one operation after the other", f"a branch into {kinds}", EXPORT)
        if self.steps > len(self.graph.nodes) + 1:
            raise Refused("a chain", "a circle", EXPORT)
        return users[0] if users else None

    def take(self, node: Node, name: str) -> None:
        """Add what the node does."""
        op = node.op
        if op in NOTHING or (op == "Cast" and node.attributes.get("to") in FLOATS):
            return
        if op in SHAPES and not self.layers:
            return
        if op in ("Gemm", "MatMul"):
            (self.gemm if op == "Gemm" else self.matmul)(node, name)
        elif op in ("Add", "Sub", "Mul", "Div"):
            self.arithmetic(node, name)
        elif (found := _activation(node)) is not None:
            if not self.layers or self.layers[-1].activation is not None:
                raise Refused("a dense layer before each activation", f"{op} without one", EXPORT)
            self.layers[-1].activation = found
        else:
            kinds = "Gemm, MatMul, Add and activations"
            raise Refused(f"dense layers ({kinds})", f"a node {plain(op, 40)}", EXPORT)

    def gemm(self, node: Node, name: str) -> None:
        given = node.attributes
        if node.inputs[0] != name or given.get("transA", 0):
            raise Refused("Gemm with the activations first", "another order", EXPORT)
        w = self.stored(node.inputs[1]) * given.get("alpha", 1.0)
        b = None
        if len(node.inputs) > 2 and node.inputs[2]:
            b = _row(self.stored(node.inputs[2]) * given.get("beta", 1.0))
        self.layers.append(_Layer(w if given.get("transB", 0) else w.T, b))

    def matmul(self, node: Node, name: str) -> None:
        if node.inputs[0] != name:
            raise Refused("MatMul with the activations first", "another order", EXPORT)
        self.layers.append(_Layer(self.stored(node.inputs[1]).T))

    def arithmetic(self, node: Node, name: str) -> None:
        """A bias after MatMul, or a scale before the first layer."""
        first = node.inputs[0] == name
        value = self.stored(node.inputs[1] if first else node.inputs[0])
        last = self.layers[-1] if self.layers else None
        if last is not None:
            if node.op != "Add" or last.b is not None or last.activation is not None:
                raise Refused("activations between layers", f"{plain(node.op, 20)}", EXPORT)
            last.b = _row(value)
        else:
            change = _CHANGES.get((node.op, first))
            if change is None or (node.op == "Div" and not np.all(value)):
                raise Refused("a scale of the inputs", f"a constant in {node.op} with them", EXPORT)
            value = value.ravel() if value.size > 1 else value.reshape(())
            self.scale, self.offset = change(self.scale, self.offset, value.astype(np.float64))

    def stored(self, name: str) -> NDArray[Any]:
        found = self.graph.array(name)
        if found is None or found.dtype.kind != "f":
            shown = repr(plain(name, 40))
            raise Refused(f"float weights {shown} stored in the file", "none", EXPORT)
        self.budget.count(found.shape, plain(name, 40))
        return found


Change = Callable[[NDArray[Any], NDArray[Any], NDArray[Any]], tuple[Any, Any]]
# What scale * x + offset becomes; True: the constant comes second.
_CHANGES: dict[tuple[str, bool], Change] = {
    ("Add", True): lambda scale, offset, c: (scale, offset + c),
    ("Add", False): lambda scale, offset, c: (scale, offset + c),
    ("Sub", True): lambda scale, offset, c: (scale, offset - c),
    ("Sub", False): lambda scale, offset, c: (-scale, c - offset),
    ("Mul", True): lambda scale, offset, c: (scale * c, offset * c),
    ("Mul", False): lambda scale, offset, c: (scale * c, offset * c),
    ("Div", True): lambda scale, offset, c: (scale / c, offset / c),
}


def _row(bias: NDArray[Any]) -> NDArray[Any]:
    """(out,) out of (out,) or (1, out)."""
    return bias.reshape(-1) if bias.size == math.prod(bias.shape[-1:]) else bias


def _activation(node: Node) -> str | None:
    """Our name of the node's activation; None if it is none."""
    given = node.attributes
    if node.op in ("Softmax", "LogSoftmax"):
        if given.get("axis", -1) not in (-1, 1):
            raise Refused("a softmax over the last axis", f"axis {given['axis']}", EXPORT)
        return "softmax"
    if node.op == "LeakyRelu":
        return leaky_name(float(given.get("alpha", LEAK)))
    if node.op == "Gelu":
        if given.get("approximate", "none") != "none":
            raise Refused("the exact GELU", "an approximation of it", EXPORT)
        return "gelu"
    return NAMES.get(node.op)


def _image_shape(shape: tuple[int, ...]) -> tuple[int, int] | None:
    """Rows and columns, if images come in as such: (n, rows, columns), or with one channel."""
    sides = [n for n in shape[1:] if n != 1]
    return (sides[0], sides[1]) if len(sides) == 2 and min(sides) > 0 else None


def _classes(graph: Graph) -> tuple[str, ...] | None:
    """Names that the file gives to its outputs; None if it does not."""
    for node in graph.nodes:
        for name in ("classlabels_int64s", "classlabels_strings"):
            if node.op == "ZipMap" and node.attributes.get(name):
                return tuple(map(str, node.attributes[name]))
        if node.op == "ArrayFeatureExtractor" and node.inputs[0] in graph.tensors:
            found = graph.tensors[node.inputs[0]]
            return tuple(map(str, found if isinstance(found, tuple) else found.ravel().tolist()))
    try:
        names = json.loads(graph.about["class_names"])
    except (KeyError, ValueError, RecursionError):
        return None
    return tuple(map(str, names)) if isinstance(names, list) else None
