"""An image, its edges and its sums."""

import numpy as np
import pytest

from netglow.scenes.props.squish.summed_layer import SummedLayer
from netglow.scenes.stage.theme import DARK, rgb


def layer(n, seed=0):
    rng = np.random.default_rng(seed)
    weights, z = rng.normal(size=(n, 784)), rng.normal(0, 9, n)
    image = rng.random((28, 28))
    return SummedLayer(image, weights, z, DARK, "an image", "its sums"), image, weights, z


@pytest.mark.parametrize("n", [1, 10, 16, 32])
def test_it_keeps_its_arrays_and_writes_every_sum_beside_its_neuron(n):
    summed, image, weights, z = layer(n)
    np.testing.assert_array_equal(summed.picture.values, image)
    np.testing.assert_array_equal(summed.edges.weights, weights)
    np.testing.assert_array_equal(summed.z, z)
    for text, value, place in zip(summed.sums, z, summed.neurons.centres(), strict=True):
        assert text.original_text == f"{value:.1f}".replace("-", "\N{MINUS SIGN}")
        assert abs(text.get_y() - place[1]) < 0.03
        assert text.get_left()[0] > place[0]


@pytest.mark.parametrize("n", [16, 32])
def test_sums_never_overlap(n):
    boxes = [
        (s.get_left()[0], s.get_right()[0], s.get_bottom()[1], s.get_top()[1])
        for s in layer(n)[0].sums
    ]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert min(a[1], b[1]) < max(a[0], b[0]) or min(a[3], b[3]) < max(a[2], b[2])


def test_signs_are_colours_of_the_sums():
    summed, *_, z = layer(16)
    for colour, value in zip(summed.signs, z, strict=True):
        np.testing.assert_array_equal(colour, rgb(DARK.positive if value > 0 else DARK.negative))
