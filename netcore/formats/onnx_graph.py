"""ONNX's graph out of a file's bytes: nodes, and the tensors that are stored in it.

The numbers of the fields are those of onnx.proto. Nothing outside the file is ever opened.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.formats import limits, wire
from netglow.netcore.formats.bytes_of import BFLOAT16, numbers
from netglow.netcore.refusal import Refused, plain

# Of TensorProto.DataType: how raw bytes are read, and the field that may hold them instead.
KINDS = {1: "f4", 6: "i4", 7: "i8", 10: "f2", 11: "f8", 16: BFLOAT16}
TEXT = 8
INSIDE = "export it with the weights inside (external_data=False)"


@dataclass(frozen=True)
class Node:
    """An operation; attributes are whole numbers, floats, text, tensors or lists of these."""

    op: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Graph:
    """What a file holds. tensors: arrays or tuples of text; shape: of the input, 0 is any."""

    nodes: Sequence[Node]
    tensors: Mapping[str, NDArray[Any] | tuple[str, ...]]
    start: str
    shape: tuple[int, ...]
    about: Mapping[str, str]

    def users(self, name: str) -> list[Node]:
        """The nodes that take this value."""
        return [node for node in self.nodes if name in node.inputs]

    def array(self, name: str) -> NDArray[Any] | None:
        """A stored array; None for what is computed, and for text."""
        found = self.tensors.get(name)
        return found if isinstance(found, np.ndarray) else None


def parse(data: bytes) -> Graph:
    """The graph; Refused for weights in other files, ValueError for what is no ONNX file."""
    read = wire.Reader()
    model = read.message(data)
    if 7 not in model:
        raise Refused("an ONNX model", "a file without a graph", "export it again")
    graph = read.message(wire.bytes_of(model[7][-1]))
    if len(graph.get(1, [])) > limits.PARTS or len(graph.get(5, [])) > limits.PARTS:
        raise Refused(f"at most {limits.PARTS} nodes and tensors", "more", "give a smaller network")
    tensors = dict(_tensor(read, wire.bytes_of(one)) for one in graph.get(5, []))
    nodes = []
    for node in (_node(read, wire.bytes_of(one)) for one in graph.get(1, [])):
        if node.op == "Constant" and "value" in node.attributes:
            tensors[node.outputs[0]] = node.attributes["value"]
        else:
            nodes.append(node)
    inputs = [read.message(wire.bytes_of(one)) for one in graph.get(11, [])]
    named = [(wire.texts(one.get(1, []))[0], one) for one in inputs]
    real = [(name, one) for name, one in named if name not in tensors]
    if len(real) != 1:
        raise Refused("one input", len(real), "export a network with images as its only input")
    pairs = [read.message(wire.bytes_of(one)) for one in model.get(14, [])]
    about = {wire.texts(pair[1])[0]: wire.texts(pair[2])[0] for pair in pairs if 2 in pair}
    return Graph(nodes, tensors, real[0][0], _shape(read, real[0][1]), about)


def _shape(read: wire.Reader, value: wire.Message) -> tuple[int, ...]:
    """The sides of an input, as far as they are known."""
    message = value
    for number in (2, 1, 2):  # type, tensor_type, shape
        if number not in message:
            return ()
        message = read.message(wire.bytes_of(message[number][-1]))
    sides = (read.message(wire.bytes_of(one)) for one in message.get(1, [])[:8])
    return tuple(wire.last(side, 1) for side in sides)


def _node(read: wire.Reader, data: bytes) -> Node:
    message = read.message(data)
    domain = "".join(wire.texts(message.get(7, [])))
    op = "".join(wire.texts(message.get(4, [])))
    attributes = dict(_attribute(read, wire.bytes_of(one)) for one in message.get(5, []))
    inputs, outputs = (tuple(wire.texts(message.get(number, []))) for number in (1, 2))
    return Node(
        op if domain in ("", "ai.onnx", "ai.onnx.ml") else f"{domain}.{op}",
        inputs,
        outputs,
        attributes,
    )


def _attribute(read: wire.Reader, data: bytes) -> tuple[str, Any]:
    message = read.message(data)
    name, value = "".join(wire.texts(message.get(1, []))), None
    if 5 in message:
        _, value = _tensor(read, wire.bytes_of(message[5][-1]))
    elif 2 in message:
        (value,) = struct.unpack("<f", wire.bytes_of(message[2][-1]))
    elif 3 in message:
        (value,) = read.whole_numbers(message[3][-1:])
    elif 4 in message:
        value = wire.texts(message[4])[-1]
    elif 8 in message:
        value = read.whole_numbers(message[8])
    elif 9 in message:
        value = wire.texts(message[9])
    return name, value


def _tensor(read: wire.Reader, data: bytes) -> tuple[str, Any]:
    """Name and array (or text) of a tensor; its size is checked before its numbers are read."""
    message = read.message(data)
    name = "".join(wire.texts(message.get(8, [])))
    if wire.last(message, 14) or 13 in message:
        raise Refused(
            "weights in the file itself", f"{plain(name, 40)!r} stored in another one", INSIDE
        )
    shape, kind = tuple(read.whole_numbers(message.get(1, []))), wire.last(message, 2)
    count = limits.check_count(shape, plain(name, 40))
    if kind == TEXT:
        return name, tuple(wire.texts(message.get(6, [])))
    if kind not in KINDS:
        raise Refused(
            "float weights", f"data type {kind} in {plain(name, 40)!r}", "do not quantize it"
        )
    found = _values(read, message, kind)
    if len(found) != count:
        raise Refused(f"{count:,} numbers in {plain(name, 40)!r}", f"{len(found):,}", wire.COPY)
    return name, found.reshape(shape)


def _values(read: wire.Reader, message: wire.Message, kind: int) -> NDArray[Any]:
    """The flat numbers, from raw bytes or from the field for their kind."""
    if 9 in message:
        return numbers(wire.bytes_of(message[9][-1]), KINDS[kind])
    if kind in (1, 11):
        parts = [wire.bytes_of(part) for part in message.get(4 if kind == 1 else 10, [])]
        return numbers(b"".join(parts), KINDS[kind])
    whole = np.array(read.whole_numbers(message.get(7 if kind == 7 else 5, [])), np.int64)
    if kind in (6, 7):
        return whole
    return numbers(whole.astype("<u2").tobytes(), KINDS[kind])  # 16-bit floats as whole numbers
