"""ONNX graphs in their many spellings, written node by node."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from netglow.netcore.activations import gelu
from netglow.netcore.formats.chain import Chain
from netglow.netcore.formats.onnx_file import read
from netglow.netcore.formats.wire import field
from netglow.netcore.refusal import Refused

W = np.arange(12.0).reshape(3, 4) / 12
B = np.array([0.5, 0.0, -0.5])
TENSORS = {"w": W, "wt": W.T, "b": B, "row": B[None], "mean": np.array(0.25), "std": np.array(0.5)}
TENSORS |= {"half": np.array(0.5), "root": np.array(2**0.5), "one": np.array(1.0)}


def node(op: str, inputs: str, output: str, **attributes: float) -> bytes:
    named = b"".join(field(1, name) for name in inputs.split()) + field(2, output) + field(4, op)
    for name, value in attributes.items():
        named += field(5, field(1, name) + field(3 if isinstance(value, int) else 2, value))
    return field(1, named)


def tensor(name: str, array: np.ndarray, raw: bool) -> bytes:
    sides = b"".join(field(1, side) for side in array.shape)
    data = array.astype("<f4").tobytes()
    return field(5, sides + field(2, 1) + field(8, name) + field(9 if raw else 4, data))


def chain(*nodes: bytes, raw: bool = True) -> Chain:
    graph = b"".join(nodes)
    graph += b"".join(tensor(name, array, raw) for name, array in TENSORS.items())
    return read(field(1, 8) + field(7, graph + field(11, field(1, "x"))))


SAME = {
    "Gemm": [node("Gemm", "x wt b", "y")],
    "Gemm, turned": [node("Gemm", "x w b", "y", transB=1)],
    "Gemm with factors": [node("Gemm", "x w b", "y", transB=1, alpha=1.0, beta=1.0)],
    "MatMul and Add": [node("MatMul", "x wt", "m"), node("Add", "m b", "y")],
    "Add the other way round": [node("MatMul", "x wt", "m"), node("Add", "row m", "y")],
    "what does nothing": [
        node("Flatten", "x", "f", axis=1),
        node("Cast", "f", "c", to=1),
        node("Gemm", "c wt b", "g"),
        node("Identity", "g", "y"),
    ],
}


@pytest.mark.parametrize("raw", [True, False], ids=["raw", "as floats"])
@pytest.mark.parametrize("name", SAME)
def test_spellings_of_one_layer(name, raw):
    found = chain(*SAME[name], node("Sigmoid", "y", "z"), raw=raw)
    (layer,) = found.layers
    np.testing.assert_allclose(layer.w, W, rtol=1e-6)
    np.testing.assert_allclose(layer.bias, B)
    assert layer.activation == "sigmoid"


def test_factors_of_gemm_count():
    (layer,) = chain(node("Gemm", "x wt b", "y", alpha=2.0, beta=0.5)).layers
    np.testing.assert_allclose(layer.w, 2 * W, rtol=1e-6)
    np.testing.assert_allclose(layer.bias, B / 2)


SCALES = {
    "less the mean, by the deviation": ("Sub x mean p;Div p std y", lambda x: (x - 0.25) / 0.5),
    "times, then plus": ("Mul std x p;Add mean p y", lambda x: 0.5 * x + 0.25),
    "one minus": ("Sub mean x y", lambda x: 0.25 - x),
}


@pytest.mark.parametrize("name", SCALES)
def test_arithmetic_at_the_start_is_a_scale(name):
    text, change = SCALES[name]
    steps = [line.split() for line in text.split(";")]
    nodes = [node(op, f"{one} {two}", out) for op, one, two, out in steps]
    found = chain(*nodes, node("Gemm", "y wt b", "z"))
    x = np.linspace(0, 1, 5)
    np.testing.assert_allclose(found.scale * x + found.offset, change(x))


def test_gelu_written_out_is_recognized_and_its_approximation_is_not():
    start = [node("Gemm", "x wt b", "y"), node("Div", "y root", "d"), node("Erf", "d", "e")]
    start += [node("Add", "e one", "a")]
    usual = [*start, node("Mul", "y a", "m"), node("Mul", "m half", "g")]
    other = [*start, node("Mul", "y half", "h"), node("Mul", "h a", "g")]
    for nodes in (usual, other):
        first, second = chain(*nodes, node("Gemm", "g w", "out")).layers[0:2]
        assert (first.activation, second.activation) == ("gelu", "identity")
    assert gelu(1.0) == pytest.approx(0.8413447)
    with pytest.raises(Refused, match="a branch into"):
        chain(*start, node("Mul", "y a", "g"), node("Gemm", "g w", "out"))


REFUSED = {
    "Conv": ([node("Conv", "x w", "y")], "a node Conv"),
    "another order": ([node("MatMul", "w x", "y")], "another order"),
    "an input turned": ([node("Gemm", "x wt b", "y", transA=1)], "another order"),
    "a residual": (
        [node("Gemm", "x wt b", "y"), node("Relu", "y", "r"), node("Add", "r y", "s")],
        "a branch",
    ),
    "two activations": (
        [node("Gemm", "x wt b", "y"), node("Relu", "y", "r"), node("Tanh", "r", "t")],
        "Tanh without one",
    ),
    "an activation first": ([node("Relu", "x", "y")], "Relu without one"),
    "weights that are computed": ([node("MatMul", "x other", "y")], "'other' stored"),
    "a circle": ([node("Identity", "x", "y"), node("Identity", "y", "x")], "a circle"),
    "an approximate GELU": (
        [
            node("Gemm", "x wt b", "y"),
            field(
                1,
                field(1, "y")
                + field(2, "g")
                + field(4, "Gelu")
                + field(5, field(1, "approximate") + field(4, "tanh")),
            ),
        ],
        "exact GELU",
    ),
    "softmax over images": (
        [node("Gemm", "x wt b", "y"), node("Softmax", "y", "s", axis=0)],
        "last axis",
    ),
    "a leak above 1": (
        [node("Gemm", "x wt b", "y"), node("LeakyRelu", "y", "s", alpha=2.0)],
        "leak",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_graphs_are_refused(name):
    nodes, said = REFUSED[name]
    with pytest.raises(ValueError) as error:
        chain(*nodes)
    assert said in str(error.value)


def test_a_float_is_written_as_onnx_has_it():
    assert field(2, 0.5) == b"\x15" + struct.pack("<f", 0.5)
