"""From layers to a network: what is folded, merged and named, and what has to be told."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.activations import sigmoid, softmax
from netglow.netcore.formats.chain import LOGITS, MERGED, TWO_OUTPUTS, Chain, Dense, to_network
from netglow.netcore.formats.hints import NONE, Hints, InputScale
from netglow.netcore.network import forward_batch
from netglow.netcore.refusal import Refused


def dense(rng, out: int, into: int, activation: str | None, bias: bool = True) -> Dense:
    b = rng.normal(size=out) if bias else None
    return Dense(rng.normal(size=(out, into)), b, activation)


def answers(layers, hints=NONE, images=None, **about) -> np.ndarray:
    network, _ = to_network(Chain("test", layers, **about), hints)
    return forward_batch(network, images).output


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("0-1", lambda ink: ink),
        ("0-255", lambda ink: 255 * ink),
        ("0-16", lambda ink: 16 * ink),
        ("1-0", lambda ink: 1 - ink),
        ("-1-1", lambda ink: 2 * ink - 1),
        ("0.1307,0.3081", lambda ink: (ink - 0.1307) / 0.3081),
    ],
)
def test_the_input_scale_goes_into_the_first_layer(text, change, rng):
    layers = [dense(rng, 5, 9, "tanh"), dense(rng, 3, 5, "softmax")]
    ink = rng.random((20, 9))
    found = answers(layers, Hints(input_scale=InputScale.parse(text)), ink)
    z = np.tanh(change(ink) @ layers[0].w.T + layers[0].b) @ layers[1].w.T + layers[1].b
    np.testing.assert_allclose(found, softmax(z), atol=1e-4)


@pytest.mark.parametrize("text", ["", "0", "0-", "5-5", "1,0", "a-b", "1e9-2", "0-1-2", "1,2,3"])
def test_a_scale_that_is_none(text):
    with pytest.raises(ValueError, match="such as 0-255"):
        InputScale.parse(text)


def test_a_scale_of_the_files_own_comes_after_the_users(rng):
    layers, ink = [dense(rng, 2, 4, "sigmoid")], rng.random((7, 4))
    own = {"scale": np.arange(1.0, 5), "offset": -0.5}
    found = answers(layers, Hints(input_scale=InputScale.parse("0-16")), ink, **own)
    z = (16 * ink * own["scale"] - 0.5) @ layers[0].w.T + layers[0].b
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-z)), atol=1e-4)


def test_plain_sums_at_the_end_get_a_softmax_and_a_note(rng):
    chain = Chain("test", [dense(rng, 3, 4, "linear")])
    network, notes = to_network(chain, NONE)
    assert network.activations == ("softmax",) and LOGITS in notes


def test_layers_with_nothing_between_them_are_one(rng):
    layers = [dense(rng, 6, 4, "identity", bias=False), dense(rng, 3, 6, "sigmoid")]
    network, notes = to_network(Chain("test", layers), NONE)
    assert network.sizes == (4, 3) and MERGED in notes
    np.testing.assert_allclose(network.w[0], layers[1].w @ layers[0].w, atol=1e-6)


def test_one_sigmoid_output_becomes_no_and_yes(rng):
    layers, ink = [dense(rng, 1, 4, "sigmoid")], rng.random((7, 4))
    network, notes = to_network(Chain("test", layers), NONE)
    no, yes = forward_batch(network, ink).output.T
    assert network.class_names == ("0", "1") and TWO_OUTPUTS in notes
    np.testing.assert_allclose(no + yes, 1)
    np.testing.assert_allclose(yes, sigmoid(ink @ layers[0].w[0] + layers[0].b), atol=1e-6)


def test_no_bias_is_zeros_and_half_precision_is_fine(rng):
    w = rng.normal(size=(3, 4)).astype(np.float16)
    network, _ = to_network(Chain("test", [Dense(w, None, "relu")]), NONE)
    np.testing.assert_array_equal(network.w[0], w)
    assert not network.b[0].any()


def test_two_names_are_hidden_and_output_and_aliases_are_known(rng):
    layers = [dense(rng, 4, 4, None) for _ in range(3)]
    hints = Hints(activations=("LeakyReLU", "log_softmax"))
    network, _ = to_network(Chain("test", layers), hints)
    assert network.activations == ("leaky_relu", "leaky_relu", "softmax")
    hints = Hints(activations=("logistic", "leaky_relu(0.3)", "none"))
    network, _ = to_network(Chain("test", layers), hints)
    assert network.activations == ("sigmoid", "leaky_relu(0.3)", "softmax")


def test_what_the_user_says_goes_before_what_the_file_says(rng):
    chain = Chain("test", [dense(rng, 2, 6, "relu")], classes=("a", "b"), image_shape=(1, 6))
    hints = Hints(("sigmoid",), classes=("no", "yes"), image_shape=(2, 3))
    network, _ = to_network(chain, hints)
    assert network.activations == ("sigmoid",)
    assert network.class_names == ("no", "yes") and network.image_shape == (2, 3)


def test_class_names_cannot_steer_the_terminal(rng):
    chain = Chain("test", [dense(rng, 2, 4, "relu")], classes=("\x1b[2Ja\n", "b" * 99))
    network, _ = to_network(chain, NONE)
    assert network.class_names == ("?[2Ja", "b" * 39 + "…")


def layer(w: object, b: object = None, activation: str = "relu") -> Dense:
    return Dense(np.array(w), None if b is None else np.array(b), activation)


REFUSED = {
    "no layers": ([], NONE, "found none"),
    "whole numbers": ([layer([[1, 2], [3, 4]])], NONE, "int64"),
    "three dimensions": ([layer(np.ones((2, 2, 2)))], NONE, "2 dimensions"),
    "no outputs": ([layer(np.ones((0, 4)))], NONE, "2 dimensions"),
    "NaN": ([layer([[np.nan] * 4] * 2)], NONE, "NaN or infinity"),
    "too large for float32": ([layer([[1e300] * 4] * 2)], NONE, "float32"),
    "biases of another layer": ([layer(np.ones((2, 4)), np.ones(3))], NONE, "2 biases"),
    "layers that do not fit": ([layer(np.ones((3, 4))), layer(np.ones((2, 5)))], NONE, "5 inputs"),
    "unknown function": ([layer(np.ones((2, 4)), None, "swish")], NONE, "'swish'"),
    "one output that is no class": ([layer(np.ones((1, 4)))], NONE, "an output for each class"),
    "no square": ([layer(np.ones((2, 6)))], NONE, "--image-shape"),
    "another shape": ([layer(np.ones((2, 6)))], Hints(image_shape=(2, 4)), "found 2x4"),
    "class names": ([layer(np.ones((2, 4)))], Hints(classes=("a",)), "--classes"),
    "three names": ([layer(np.ones((2, 4)))], Hints(("relu",) * 3), "1 names"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_a_network(name):
    layers, hints, said = REFUSED[name]
    with pytest.raises(Refused) as error:
        to_network(Chain("test", layers), hints)
    assert said in str(error.value)
