"""What Netglow writes is read by itself and by others: the same network, the same answers."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from safetensors import safe_open

from netglow.netcore.formats.export import WRITERS
from netglow.netcore.model import load_model
from netglow.netcore.network import Network, forward_batch
from tests.netcore.formats.cases import CASES

FUNCTIONS = ("tanh", "leaky_relu", "leaky_relu(0.2)", "gelu", "relu", "sigmoid", "softmax")


def every_function(rng: np.random.Generator) -> Network:
    """A small network with a layer of each kind."""
    sizes = (12, 7, 6, 7, 5, 6, 5, 3)
    pairs = pairwise(sizes)
    w = [rng.normal(size=(out, into)).astype(np.float32) for into, out in pairs]
    b = [rng.normal(size=n).astype(np.float32) for n in sizes[1:]]
    return Network(tuple(w), tuple(b), FUNCTIONS, (3, 4), ("cat", "dog", "grüße"))


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_is_written_comes_back(suffix, rng, tmp_path, default_model):
    for number, network in enumerate((every_function(rng), default_model.network)):
        path = tmp_path / f"{number}{suffix}"
        path.write_bytes(WRITERS[suffix](network))
        back = load_model(path).network
        for name in ("sizes", "activations", "class_names", "image_shape"):
            assert getattr(back, name) == getattr(network, name)
        for one, again in zip(network.w + network.b, back.w + back.b, strict=True):
            np.testing.assert_array_equal(one, again)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("suffix", WRITERS)
def test_through_both_doors(suffix, case, tmp_path):
    """In from the other library, and out again."""
    network = load_model(case.path, case.hints).network
    (tmp_path / f"out{suffix}").write_bytes(WRITERS[suffix](network))
    again = load_model(tmp_path / f"out{suffix}").network
    outputs = forward_batch(again, case.images).output
    np.testing.assert_allclose(outputs, case.answers, rtol=0, atol=1e-5)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_onnxruntime_gives_the_same_answers(case, tmp_path):
    runtime = pytest.importorskip("onnxruntime")
    network = load_model(case.path, case.hints).network
    session = runtime.InferenceSession(WRITERS[".onnx"](network))
    (outputs,) = session.run(None, {"image": case.images.astype(np.float32)})
    np.testing.assert_allclose(outputs, case.answers, rtol=0, atol=1e-5)


def test_onnxruntime_knows_every_function(rng):
    runtime = pytest.importorskip("onnxruntime")
    network, images = every_function(rng), rng.random((9, 3, 4))
    session = runtime.InferenceSession(WRITERS[".onnx"](network))
    (outputs,) = session.run(None, {"image": images.astype(np.float32)})
    np.testing.assert_allclose(outputs, forward_batch(network, images).output, atol=1e-5)
    about = session.get_modelmeta().custom_metadata_map
    assert json.loads(about["class_names"]) == list(network.class_names)


def test_others_read_the_plain_forms(rng, tmp_path):
    network = every_function(rng)
    (tmp_path / "a.npz").write_bytes(WRITERS[".npz"](network))
    with np.load(tmp_path / "a.npz", allow_pickle=False) as found:
        np.testing.assert_array_equal(found["w1"], network.w[1])
        assert found["activations"].tolist() == list(FUNCTIONS)
    (tmp_path / "a.safetensors").write_bytes(WRITERS[".safetensors"](network))
    with safe_open(tmp_path / "a.safetensors", "numpy") as file:  # as nn.Sequential calls them
        assert file.get_tensor("2.weight").shape == (6, 7)
        np.testing.assert_array_equal(file.get_tensor("2.bias"), network.b[1])


def test_the_same_network_gives_the_same_bytes(rng):
    network = every_function(rng)
    for suffix in (".onnx", ".npz"):
        assert WRITERS[suffix](network) == WRITERS[suffix](network)
