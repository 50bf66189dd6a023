"""Backpropagation against finite differences and against numbers worked out by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from netglow.netcore.backprop import COSTS, backpropagate, gradient, one_hot
from netglow.netcore.network import ACTIVATIONS, Network


def network_of(hidden: str, output: str, rng: np.random.Generator) -> Network:
    sizes = (6, 5, 4, 3)
    w = [rng.normal(0, 0.8, (n, m)) for m, n in zip(sizes[:-1], sizes[1:], strict=True)]
    b = [rng.normal(0, 0.5, n) for n in sizes[1:]]
    return Network(w, b, (hidden, hidden, output), (2, 3), "abc")


@pytest.mark.parametrize(
    ("cost", "hidden", "output"),
    [
        (cost, hidden, output)
        for cost, hidden, output in product(COSTS, ACTIVATIONS, ACTIVATIONS)
        if cost == "quadratic" or output == "sigmoid"
    ],
)
def test_gradient_is_what_finite_differences_find(cost, hidden, output, rng):
    network = network_of(hidden, output, rng)
    images, targets = rng.random((7, 2, 3)), rng.random((7, 3))
    _, dw, db = gradient(network, images, targets, cost)
    step = 1e-6
    for kind, slopes in (("w", dw), ("b", db)):
        for l, slope in enumerate(slopes):
            assert slope.shape == getattr(network, kind)[l].shape
            for at in np.ndindex(slope.shape):
                costs = []
                for sign in (1, -1):
                    changed = {k: [x.copy() for x in getattr(network, k)] for k in "wb"}
                    changed[kind][l][at] += sign * step
                    moved = Network(
                        **changed,
                        activations=network.activations,
                        image_shape=(2, 3),
                        class_names="abc",
                    )
                    costs.append(gradient(moved, images, targets, cost)[0])
                found = (costs[0] - costs[1]) / (2 * step)
                assert slope[at] == pytest.approx(found, rel=1e-6, abs=2e-9), (kind, l, at)


def test_gradient_of_the_default_network_along_its_own_direction(default_model, digits):
    """784 inputs and saturated neurons, too: a step down the gradient lowers the cost by its
    squared length."""
    network, train = default_model.network, digits[0]
    images, targets = train.images[:100], one_hot(train.labels[:100])
    value, dw, db = gradient(network, images, targets)
    length = sum((x**2).sum() for x in (*dw, *db))
    step = 1e-5
    moved = Network(
        [w - step * d for w, d in zip(network.w, dw, strict=True)],
        [b - step * d for b, d in zip(network.b, db, strict=True)],
        network.activations,
    )
    after = gradient(moved, images, targets)[0]
    assert (value - after) / step == pytest.approx(length, rel=1e-3)


def test_one_image_worked_out_by_hand(by_hand):
    value, dw, db = gradient(by_hand(), [[0.5, 1.0]], [[1, 0]])
    assert value == pytest.approx(1.45037414290268281, rel=1e-14)
    np.testing.assert_allclose(db[1], [0.451855689223041852 - 1, 0.481067634437923260])
    np.testing.assert_allclose(
        dw[1], [[-0.147418710056231, -0.400725600720726], [0.1293790133808362, 0.3516886210570869]]
    )
    np.testing.assert_allclose(db[0], [-0.215543425274354, 0.4861062631441636])
    np.testing.assert_allclose(
        dw[0], [[-0.107771712637177, -0.215543425274354], [0.2430531315720818, 0.4861062631441636]]
    )


def test_costs_are_their_formulas_and_survive_certainty():
    z = np.array([[0.3, -2.0], [1000.0, -1000.0]])
    a, targets = ACTIVATIONS["sigmoid"][0](z), np.array([[1.0, 0.25], [0.0, 1.0]])
    expected = -(targets[0] * np.log(a[0]) + (1 - targets[0]) * np.log(1 - a[0])).sum()
    np.testing.assert_allclose(COSTS["cross-entropy"](a, z, targets), [expected, 2000])
    np.testing.assert_allclose(
        COSTS["quadratic"](a, z, targets), [(a[0, 0] - 1) ** 2 + (a[0, 1] - 0.25) ** 2, 2]
    )


def test_gradient_of_a_batch_is_the_mean_over_its_images(rng):
    network = network_of("sigmoid", "sigmoid", rng)
    images, targets = rng.random((4, 2, 3)), one_hot([0, 1, 2, 1], 3)
    value, dw, _ = gradient(network, images, targets)
    alone = [gradient(network, images[n : n + 1], targets[n : n + 1]) for n in range(4)]
    assert value == pytest.approx(np.mean([v for v, _, _ in alone]))
    for l in range(3):
        np.testing.assert_allclose(dw[l], np.mean([d[l] for _, d, _ in alone], axis=0))


def test_backpropagation_stays_in_single_precision(rng):
    network = network_of("relu", "sigmoid", rng)
    w, b = ([x.astype(np.float32) for x in xs] for xs in (network.w, network.b))
    inputs, targets = np.float32(rng.random((5, 6))), one_hot([0, 1, 2, 1, 0], 3, np.float32)
    for cost in COSTS:
        value, dw, db = backpropagate(w, b, network.activations, inputs, targets, cost)
        assert {x.dtype for x in (*dw, *db)} == {np.dtype(np.float32)}
        exact = gradient(network, inputs, targets, cost)
        assert value == pytest.approx(exact[0], rel=1e-5)
        np.testing.assert_allclose(dw[0], exact[1][0], rtol=1e-3, atol=1e-5)


def test_refusals_are_one_line(rng):
    network = network_of("sigmoid", "relu", rng)
    images = rng.random((2, 2, 3))
    for targets, cost, said in (
        (np.zeros((2, 3)), "hinge", "'hinge' is not one of cross-entropy, quadratic"),
        (np.zeros((2, 3)), "cross-entropy", "cross-entropy needs sigmoid outputs"),
        (np.zeros((2, 4)), "quadratic", "expected shape (2, 3), found (2, 4)"),
        (np.zeros(3), "quadratic", "expected shape (2, 3)"),
    ):
        with pytest.raises(ValueError) as error:
            gradient(network, images, targets, cost)
        assert said in str(error.value) and "\n" not in str(error.value)


def test_one_hot():
    np.testing.assert_array_equal(one_hot([2, 0], 3), [[0, 0, 1], [1, 0, 0]])
