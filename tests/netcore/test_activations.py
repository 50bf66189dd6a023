"""The functions a layer may have, against numbers worked out another way."""

from __future__ import annotations

import math

import numpy as np
import pytest

from netglow.netcore.activations import ACTIVATIONS, leaky_name, pulled_back, softmax

Z = np.array([-800.0, -3.0, -0.5, 0.0, 0.5, 3.0, 800.0])
BY_HAND = {
    "tanh": lambda z: (math.exp(2 * z) - 1) / (math.exp(2 * z) + 1) if abs(z) < 300 else z / 800,
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "leaky_relu(0.2)": lambda z: z if z > 0 else 0.2 * z,
    "gelu": lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_values(name):
    np.testing.assert_allclose(ACTIVATIONS[name][0](Z), [BY_HAND[name](z) for z in Z], atol=1e-12)


@pytest.mark.parametrize("name", [*ACTIVATIONS, "leaky_relu(0.3)"])
def test_precision_and_shape_stay(name):
    value, slope = ACTIVATIONS[name]
    for shape in ((5,), (3, 5)):
        z = np.linspace(-2, 2, math.prod(shape), dtype=np.float32).reshape(shape)
        assert value(z).shape == shape and value(z).dtype == np.float32
        if name != "softmax":
            assert slope(z).shape == shape and slope(z).dtype == np.float32


def test_softmax_is_over_the_last_axis_and_never_overflows():
    z = np.array([[1.0, 2, 3], [1001, 1002, 1003], [-1e6, 0, 1e6]])
    a = softmax(z)
    np.testing.assert_allclose(a.sum(axis=1), 1)
    np.testing.assert_allclose(a[0], np.exp([1, 2, 3]) / np.exp([1, 2, 3]).sum())
    np.testing.assert_allclose(a[1], a[0])
    np.testing.assert_allclose(softmax(z[0]), a[0])


def test_the_softmaxs_slopes_are_those_of_its_matrix(rng):
    z, slopes = rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    for row, given, found in zip(z, slopes, pulled_back("softmax", z, slopes), strict=True):
        p = softmax(row)
        np.testing.assert_allclose(found, (np.diag(p) - np.outer(p, p)) @ given)
    with pytest.raises(ValueError, match="pulled_back"):
        ACTIVATIONS["softmax"][1](z)


@pytest.mark.parametrize(
    ("leak", "name"),
    [(0.01, "leaky_relu"), (np.float32(0.2), "leaky_relu(0.2)"), (0, "leaky_relu(0)")],
)
def test_names_of_leaks(leak, name):
    assert leaky_name(leak) == name and name in ACTIVATIONS


@pytest.mark.parametrize("name", ["leaky_relu()", "leaky_relu(-1)", "leaky_relu(a)", "swish", 3])
def test_names_that_are_none(name):
    assert name not in ACTIVATIONS
    with pytest.raises((KeyError, TypeError)):
        ACTIVATIONS[name]
