"""The forward pass against SciPy, against numbers worked out by hand, and its refusals."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy.special import expit

from netglow.netcore.network import ACTIVATIONS, Network, forward, forward_batch, propagate

EXTREMES = np.array([-1000.0, -745.2, -700, -37, -1, -1e-300, 0, 1e-300, 1, 37, 700, 745.2, 1000])


def test_sigmoid_is_scipys_expit_everywhere_without_a_warning(rng):
    z = np.concatenate([EXTREMES, rng.normal(0, 10, 1000)])
    value, slope = ACTIVATIONS["sigmoid"]
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        np.testing.assert_allclose(value(z), expit(z), rtol=1e-14, atol=0)
        np.testing.assert_allclose(slope(z), expit(z) * expit(-z), rtol=1e-14, atol=0)
    assert value(1000.0) == 1 and slope(1000.0) == 0 and value(-1000.0) == 0


def test_sigmoid_keeps_the_precision_it_is_given():
    value, slope = ACTIVATIONS["sigmoid"]
    z = EXTREMES.astype(np.float32)
    assert value(z).dtype == slope(z).dtype == np.float32
    np.testing.assert_allclose(value(z), expit(z), rtol=1e-6)


def test_relu_and_its_slope():
    value, slope = ACTIVATIONS["relu"]
    np.testing.assert_array_equal(value(EXTREMES), np.where(EXTREMES > 0, EXTREMES, 0))
    np.testing.assert_array_equal(slope(EXTREMES), np.where(EXTREMES > 0, 1, 0))
    assert slope(np.float32([2])).dtype == np.float32


@pytest.mark.parametrize("name", [n for n in [*ACTIVATIONS, "leaky_relu(0.2)"] if n != "softmax"])
def test_each_slope_is_the_derivative_of_its_activation(name, rng):
    value, slope = ACTIVATIONS[name]
    z = rng.normal(0, 3, 200)
    step = 1e-6
    np.testing.assert_allclose(
        (value(z + step) - value(z - step)) / (2 * step), slope(z), atol=1e-8
    )


def test_forward_gives_the_numbers_worked_out_by_hand(by_hand):
    trace = forward(by_hand(), [0.5, 1.0])
    # By hand: 1*0.5 - 2*1 + 0.5 = -1 and 3*0.5 + 0.5*1 - 1 = 1; then with 30 decimals.
    np.testing.assert_array_equal(trace.z[0], [-1, 1])
    np.testing.assert_allclose(trace.a[1], [0.268941421369995120, 0.731058578630004879])
    np.testing.assert_allclose(trace.z[1], [-0.19317573589001463, -0.07576568547998048])
    np.testing.assert_allclose(trace.output, [0.451855689223041852, 0.481067634437923260])
    assert trace.predicted == 1 and isinstance(trace.predicted, int)


def test_forward_with_relu_gives_the_numbers_worked_out_by_hand(by_hand):
    trace = forward(by_hand("relu"), [0.5, 1.0])
    np.testing.assert_array_equal(trace.a[1], [0, 1])
    np.testing.assert_array_equal(trace.z[1], [-1, 1])
    np.testing.assert_allclose(trace.output, [0.268941421369995120, 0.731058578630004879])


def test_trace_of_the_default_network_has_every_layer(default_model, unseen):
    trace = forward(default_model.network, unseen.images[0])
    assert [a.shape for a in trace.a] == [(784,), (16,), (16,), (10,)]
    assert [z.shape for z in trace.z] == [(16,), (16,), (10,)]
    np.testing.assert_array_equal(trace.image, unseen.images[0])
    for l, (w, b) in enumerate(zip(default_model.network.w, default_model.network.b, strict=True)):
        np.testing.assert_allclose(trace.z[l], [row @ trace.a[l] for row in w] + b, atol=1e-12)
        np.testing.assert_allclose(trace.a[l + 1], expit(trace.z[l]), rtol=1e-12)


def test_a_batch_says_what_single_images_say(shipped, unseen):
    images = unseen.images[:20]
    batch = forward_batch(shipped.network, images)
    for n, image in enumerate(images):
        one = forward(shipped.network, image)
        for many, single in zip((*batch.z, *batch.a), (*one.z, *one.a), strict=True):
            np.testing.assert_allclose(many[n], single, rtol=1e-10, atol=1e-12)
        assert batch.predictions[n] == one.predicted
    assert batch.image.shape == (20, 28, 28)
    assert forward_batch(shipped.network, images[:0]).output.shape == (0, 10)


def test_image_flattened_or_as_bytes_makes_no_difference(default_model, unseen):
    image = unseen.images[5]
    expected = forward(default_model.network, image).output
    for same in (image.ravel(), np.rint(image * 255).astype(np.uint8), image.tolist()):
        np.testing.assert_allclose(
            forward(default_model.network, same).output, expected, rtol=1e-12
        )


def test_propagate_works_in_single_precision(by_hand):
    network = by_hand()
    w, b = ([x.astype(np.float32) for x in xs] for xs in (network.w, network.b))
    z, a = propagate(w, b, network.activations, np.float32([[0.5, 1]]))
    assert {array.dtype for array in (*z, *a)} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (np.zeros((28, 27)), "expected shape (28, 28)"),
        (np.zeros(783), "expected shape (28, 28)"),
        (np.zeros((3, 28, 28)), "expected shape (28, 28)"),
        (0.5, "expected shape (28, 28)"),
        (np.full((28, 28), 1.01), "0..1"),
        (np.full((28, 28), -0.01), "0..1"),
        (np.full((28, 28), np.nan), "0..1"),
        (np.full((28, 28), 255), "0..1"),
    ],
)
def test_forward_refuses_what_is_no_image(default_model, image, said):
    with pytest.raises(ValueError) as error:
        forward(default_model.network, image)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_forward_batch_refuses_a_single_image(default_model):
    with pytest.raises(ValueError, match=r"\(n, 28, 28\)"):
        forward_batch(default_model.network, np.zeros((28, 28)))


def test_nothing_in_network_or_trace_can_be_changed(by_hand):
    given = np.ones((2, 2))
    network = dataclasses.replace(by_hand(), w=(given, given))
    given[:] = 7  # the caller's array is copied, not kept
    assert network.w[0].max() == 1
    image = np.array([0.5, 1.0])
    trace = forward(network, image)
    assert image.flags.writeable
    for array in (*network.w, *network.b, *trace.z, *trace.a, trace.image):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    for thing, name in ((network, "w"), (network, "activations"), (trace, "a")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, name, ())


def test_counts_of_the_default_network(default_model):
    network = default_model.network
    assert network.sizes == (784, 16, 16, 10)
    assert network.edge_count == 784 * 16 + 16 * 16 + 16 * 10 == 12_960
    assert network.parameter_count == 13_002


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"w": (np.ones((2, 3)), np.ones((2, 2)))}, "w[0] must have shape (out, 2)"),
        ({"w": (np.ones((2, 2)), np.ones((2, 3)))}, "w[1] must have shape (out, 2)"),
        ({"w": (np.ones(2), np.ones((2, 2)))}, "w[0] must have shape"),
        ({"w": (np.ones((2, 2)),)}, "found 1, 2 and 2"),
        ({"w": (), "b": (), "activations": ()}, "found 0, 0 and 0"),
        ({"b": (np.ones(3), np.ones(2))}, "b[0] must have shape (2,)"),
        ({"b": (np.array([0, np.nan]), np.ones(2))}, "b[0] holds NaN"),
        ({"w": (np.full((2, 2), np.inf), np.ones((2, 2)))}, "w[0] or b[0] holds NaN or inf"),
        ({"activations": ("swish", "sigmoid")}, "'swish' of layer 1 is not one of sigmoid, relu"),
        ({"activations": ("sigmoid",)}, "found 2, 2 and 1"),
        ({"image_shape": (2, 2)}, "w[0] must have shape (out, 4)"),
        ({"image_shape": (2,)}, "image shape must be (rows, columns)"),
        ({"class_names": ("left",)}, "2 outputs need 2 class names"),
    ],
)
def test_network_refuses_what_does_not_fit(by_hand, change, said):
    with pytest.raises(ValueError) as error:
        dataclasses.replace(by_hand(), **change)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_networks_of_other_depths_work(rng):
    network = Network((rng.normal(size=(3, 6)),), (np.zeros(3),), ("relu",), (2, 3), "abc")
    assert network.class_names == ("a", "b", "c") and network.sizes == (6, 3)
    assert forward(network, np.zeros((2, 3))).output.shape == (3,)
