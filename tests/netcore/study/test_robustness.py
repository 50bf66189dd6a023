"""Noise and moved digits, against brute force."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import Digits
from netglow.netcore.network import forward
from netglow.netcore.study import facts, robustness


@pytest.fixture(scope="module")
def some(unseen) -> Digits:
    return Digits(unseen.images[:60], unseen.labels[:60], "some test", "")


def moved_by_hand(image: np.ndarray, down: int, right: int) -> np.ndarray:
    out = np.zeros_like(image)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            if 0 <= r + down < image.shape[0] and 0 <= c + right < image.shape[1]:
                out[r + down, c + right] = image[r, c]
    return out


# --- noise ---
def test_static_is_uniform_and_answered_as_one_image_at_a_time(default_model):
    network, rng = default_model.network, np.random.default_rng(5)
    found = robustness.noise_confidence(network, rng, 40)
    images = np.random.default_rng(5).random((40, 784))
    outputs = [forward(network, image).output for image in images]
    np.testing.assert_allclose(found.largest, [o.max() for o in outputs])
    best = int(np.argmax([o.max() for o in outputs]))
    np.testing.assert_array_equal(found.image.ravel(), images[best])
    np.testing.assert_allclose(found.output, outputs[best])
    assert found.source is None and found.order is None


def test_shuffled_digits_have_the_same_ink_in_other_places(shipped, some, rng):
    network = shipped.network
    found = robustness.noise_confidence(network, rng, 150, some.images)
    digit = some.images[found.source]
    assert sorted(found.order) == list(range(784))
    np.testing.assert_array_equal(found.image.ravel(), digit.ravel()[found.order])
    assert not np.array_equal(found.image, digit)
    np.testing.assert_allclose(forward(network, found.image).output, found.output, atol=1e-12)
    assert found.output.max() == found.largest.max()
    assert found.largest.shape == (150,)


def test_every_image_is_shuffled_in_turn(default_model, some):
    one = some.images[7:8]
    network = default_model.network
    found = robustness.noise_confidence(network, np.random.default_rng(1), 3, one)
    rng = np.random.default_rng(1)
    orders = rng.permuted(np.tile(np.arange(784), (3, 1)), axis=1)
    expected = [forward(network, one.ravel()[o]).output.max() for o in orders]
    np.testing.assert_allclose(found.largest, expected)


def test_many_blocks_are_one_search(default_model, some, monkeypatch):
    monkeypatch.setattr(robustness, "_BLOCK", 7)
    found = robustness.noise_confidence(
        default_model.network, np.random.default_rng(3), 30, some.images
    )
    assert found.output.max() == found.largest.max() and (found.largest > 0).all()
    assert 0 <= found.source < 30  # one shuffle of each of the first thirty


def test_share_above_counts(shipped, some, rng):
    found = robustness.noise_confidence(shipped.network, rng, 200, some.images)
    limit = float(np.quantile(found.largest, 0.8))
    assert found.share_above(limit) == sum(v > limit for v in found.largest) / 200
    assert found.share_above(1.0) == 0


def test_the_same_generator_gives_the_same_noise(default_model, some):
    a, b = (
        robustness.noise_confidence(
            default_model.network, np.random.default_rng(9), 20, some.images
        )
        for _ in range(2)
    )
    np.testing.assert_array_equal(a.image, b.image)


def test_no_noise_is_refused(default_model, rng):
    with pytest.raises(ValueError, match="at least 1, found 0"):
        robustness.noise_confidence(default_model.network, rng, 0)


# --- moved digits ---
@pytest.mark.parametrize("down,right", [(0, 0), (3, 0), (-2, 0), (0, 4), (0, -1), (2, -5), (30, 0)])
def test_shifted_moves_and_brings_in_nothing(down, right, some):
    images = some.images[:3]
    np.testing.assert_array_equal(
        robustness.shifted(images, down, right),
        [moved_by_hand(image, down, right) for image in images],
    )


@pytest.mark.parametrize("pixels", [0, 1, 3])
def test_shifted_accuracy_is_the_mean_over_four_directions(pixels, shipped, some):
    right = 0
    for down, to_right in ((-pixels, 0), (pixels, 0), (0, -pixels), (0, pixels)):
        for image, label in zip(some.images, some.labels, strict=True):
            moved = moved_by_hand(image, down, to_right)
            right += forward(shipped.network, moved).predicted == label
    found = robustness.shifted_accuracy(shipped.network, some, pixels)
    assert found == pytest.approx(right / (4 * len(some)))


def test_in_place_it_is_the_accuracy(shipped, unseen):
    assert robustness.shifted_accuracy(shipped.network, unseen, 0) == pytest.approx(
        facts.accuracy(shipped.network, unseen)
    )


def test_change_of_mind_is_the_first_in_any_direction(shipped, some):
    network = shipped.network
    for image in some.images[:25]:
        direction, pixels = robustness.change_of_mind(network, image, 4)
        before, first = forward(network, image).predicted, None
        for k in range(1, 5):
            for name, (down, right) in robustness.DIRECTIONS.items():
                after = forward(network, moved_by_hand(image, k * down, k * right)).predicted
                if first is None and after != before:
                    first = name, k
        assert (first is None) == (pixels is None)
        if first:
            assert (direction, pixels) == first


def test_a_network_that_never_changes_its_mind(default_model):
    blank = np.zeros((28, 28))  # moved or not, it is the same
    assert robustness.change_of_mind(default_model.network, blank, 4)[1] is None
