"""Layers out of named tensors: order and orientation are known, told, or asked for."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import save_file

from netglow.netcore.formats.hints import NONE, Hints
from netglow.netcore.formats.tensors import layers
from netglow.netcore.model import ModelError, load_model
from netglow.netcore.refusal import Refused


def tensors(*entries: tuple[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(7)
    return {name: rng.normal(size=shape) for name, shape in entries}


def chain(names: str, shapes: tuple[tuple[int, int], ...], biases: bool = True, out: int = 0):
    """Weights of these shapes, called by the pattern; ``out``: the side that is the output."""
    weight, bias = names.split()
    entries = []
    for i, shape in enumerate(shapes):
        entries.append((weight.format(i), shape))
        entries += [(bias.format(i), (shape[out],))] if biases else []
    return tensors(*entries)


OUT_IN, IN_OUT = ((5, 8), (3, 5)), ((8, 5), (5, 3))
KNOWN = {
    "PyTorch": chain("fc{}.weight fc{}.bias", OUT_IN),
    "PyTorch's Sequential": chain("{}.weight {}.bias", OUT_IN),
    "in a wrapper": chain("module.net.{}.weight module.net.{}.bias", OUT_IN),
    "Keras": chain("dense_{}/kernel:0 dense_{}/bias:0", IN_OUT, out=1),
    "scikit-learn": chain("coefs_{} intercepts_{}", IN_OUT, out=1),
    "letters, (out, in)": chain("W{} b{}", OUT_IN),
    "letters, (in, out)": chain("W{} b{}", IN_OUT, out=1),
    "letters with dots": chain("w.{} b.{}", OUT_IN),
    "np.savez": chain("arr_{0}0 arr_{0}1", IN_OUT, out=1),
    "ten layers": chain("l{}.weight l{}.bias", ((5, 8), *[(5, 5)] * 10, (3, 5))),
}


@pytest.mark.parametrize("name", KNOWN)
def test_names_and_shapes_tell(name):
    given = KNOWN[name]
    shuffled = dict(sorted(given.items()))  # 10 stands before 2
    for entries in (given, shuffled):
        found = layers(entries, NONE)
        assert [found[0].w.shape[1], found[-1].w.shape[0]] == [8, 3]
        weights = [tensor for tensor in given.values() if tensor.ndim == 2]
        for layer, weight in zip(found, weights, strict=True):
            turned = weight if weight.shape == layer.w.shape else weight.T
            np.testing.assert_array_equal(layer.w, turned)


def test_names_without_numbers_are_put_in_order_by_their_shapes():
    given = tensors(("answer.weight", (3, 5)), ("entry.weight", (5, 8)), ("entry.bias", (5,)))
    found = layers(given, NONE)
    assert [layer.w.shape for layer in found] == [(5, 8), (3, 5)]
    assert found[1].b is None


SQUARE = chain("W{} b{}", ((6, 6), (6, 6)))


def test_squares_are_never_guessed():
    with pytest.raises(Refused, match="netglow import takes --orientation out-in"):
        layers(SQUARE, NONE)
    by_rows = layers(SQUARE, Hints(orientation="out-in"))
    by_columns = layers(SQUARE, Hints(orientation="in-out"))
    np.testing.assert_array_equal(by_rows[0].w, SQUARE["W0"])
    np.testing.assert_array_equal(by_columns[0].w, SQUARE["W0"].T)


def test_squares_with_pytorchs_names_lie_as_in_pytorch():
    given = chain("{}.weight {}.bias", ((6, 6), (6, 6)))
    np.testing.assert_array_equal(layers(given, NONE)[0].w, given["0.weight"])
    other = layers(given, Hints(orientation="in-out"))
    np.testing.assert_array_equal(other[0].w, given["0.weight"].T)


REFUSED = {
    "nothing": ({}, "no tensors"),
    "a convolution": (tensors(("conv.weight", (8, 1, 3, 3))), "(8, 1, 3, 3)"),
    "batch normalization": (
        chain("{}.weight {}.bias", OUT_IN) | tensors(("1.running_mean", (5,))),
        "running_mean",
    ),
    "a bias alone": (tensors(("0.bias", (3,))), "weights with two dimensions"),
    "layers that do not fit": (chain("{}.weight {}.bias", ((5, 8), (3, 6))), "fit each other"),
    "PyTorch's names, turned": (chain("{}.weight {}.bias", IN_OUT, out=1), "--orientation"),
    "squares in no order": (tensors(("a.weight", (6, 6)), ("b.weight", (6, 6))), "one order"),
    "no biases, either way": (tensors(("b.w", (3, 5)), ("a.w", (5, 8))), "--orientation"),
    "two of one name": (tensors(("0.weight", (3, 3)), ("0.w", (3, 3))), "two like"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused(name):
    given, said = REFUSED[name]
    with pytest.raises(Refused) as error:
        layers(given, NONE)
    assert said in str(error.value)


def test_names_cannot_steer_the_terminal(tmp_path):
    path = tmp_path / "a.safetensors"
    save_file({"\x1b[31mred\x07.weight": np.zeros((2, 2, 2), np.float32)}, path)
    with pytest.raises(ModelError) as error:
        load_model(path)
    assert "red" in str(error.value) and str(error.value).isprintable()
