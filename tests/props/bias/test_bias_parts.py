"""The parts of the bias chapter: who stands on the axis, what falls, and what a bias moves."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.network import sigmoid
from netglow.netcore.study.bias_choice import REACH, neuron_and_image
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.props.bias.bias_slider import BiasSlider, Threshold
from netglow.scenes.props.bias.dot_pile import DotPile
from netglow.scenes.props.bias.fired_count import FiredCount
from netglow.scenes.props.bias.images_at_sums import SIZE, ImagesAtSums, standing_room
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def axis() -> Axis:
    return Axis(-20, 20, [-6, -2, 0], [4, -2, 0], DARK, 5)


def test_images_leave_room_for_each_other_and_for_the_free_stretch():
    places = np.linspace(-6, 4, 500)
    chosen = places[standing_room(places, -0.5, (-1.0, 1.0), (-5.5, 3.5))]
    row = np.sort(np.append(chosen, -0.5))
    assert np.diff(row).min() > SIZE
    assert np.diff(row).max() <= 2.3  # as close as they can
    assert row.min() >= -5.5 and row.max() <= 3.5
    assert list(chosen) == sorted(chosen)
    assert not (np.abs(chosen) < 1 + SIZE / 2).any()


def test_nobody_else_stands_where_there_is_nobody():
    assert standing_room([0.1, 0.2], 0.0, (-1, 1), (-5, 5)) == []


def test_images_stand_above_their_sums_and_are_dark_where_the_neuron_is_off(axis):
    rng = np.random.default_rng(3)
    images, sums = rng.random((40, 4, 4)), rng.uniform(-20, 20, 40)
    x, low, high = (axis.at(v)[..., 0] for v in (sums, 0, 10))
    chosen = standing_room(x, float(axis.at(5.0)[0]), (low, high), (-5.5, 3.5))
    made = ImagesAtSums((np.ones((4, 4)), 5.0), images, sums, chosen, axis, 1, DARK)
    assert made.sums[made.place] == 5.0 and len(made.sums) == len(made.chosen) + 1
    np.testing.assert_allclose(made.dots.centres()[:, 0], axis.at(made.sums)[:, 0])
    np.testing.assert_allclose([p.get_x() for p in made.pictures], axis.at(made.sums)[:, 0])
    assert [n.value for n in made.numbers] == list(made.sums)
    made.set_activations(made.sums > 0)
    bright = [p.visibility for p in made.pictures]
    assert all((b == 1) == (s > 0) for b, s in zip(bright, made.sums, strict=True))
    which, dots = made.known(77)
    assert which[made.place] == 77 and len(dots) == len(which) == len(made.sums)
    which, dots = made.known(None)  # a user's image is none of the many
    np.testing.assert_array_equal(which, made.chosen)
    assert made.dots.centres()[made.place, 0] not in dots.centres()[:, 0]


def test_dots_fall_to_their_sums_from_the_neuron_or_from_where_they_were(axis):
    sums = np.random.default_rng(1).normal(0, 4, 60)
    pile = DotPile(sums, axis, DARK, 2.0)
    end, source = pile.centres(), np.array([2.0, 2.0, 0.0])
    known = np.array([4, 9])
    dots = Neurons(np.zeros(2), end[known] + [0, 0.5, 0], DARK, 0.12)
    wave = pile.fall_from(source, known, dots, 1.0)
    start = pile.centres()
    np.testing.assert_allclose(start[known], dots.centres())
    np.testing.assert_allclose(np.delete(start, known, axis=0), np.tile(source, (58, 1)))
    wave.begin()
    wave.interpolate(1)
    np.testing.assert_allclose(pile.centres(), end, atol=1e-9)


def test_one_more_dot_lies_on_the_pile(axis):
    pile = DotPile([0.0, 0.0, 0.01, 9.0], axis, DARK, 2.0)
    heights = pile.centres()[:, 1]
    assert pile.on_top(axis.at(0.0))[1] == pytest.approx(heights.max() + 2.15 * pile.radius)
    assert pile.on_top(axis.at(-15.0))[1] == pytest.approx(heights.min())


def test_the_count_follows_the_bias():
    count = FiredCount(np.array([-3.0, -1.0, 2.0, 8.0]), 0.0, "of 4", np.array([6, 1, 0]), DARK)
    assert (count.count.value, count.share.value) == (2, 50)
    assert count.set_bias(2.0).count.value == 3
    assert count.set_bias(-8.0).share.value == 0
    assert count.get_right()[0] == pytest.approx(6, abs=0.02)


def test_knob_and_threshold_stand_at_their_values(axis):
    slider = BiasSlider(0, 10, [5, -2, 0], 2.0, "bias", DARK).set_value(5)
    assert slider.knob.get_y() == pytest.approx(-2 + 2 * 15 / 20)
    assert slider.mark(-10, "low", DARK)[0].get_y() == pytest.approx(-2)
    threshold = Threshold(0.0, axis, 2.0, "above", 1, (-6.4, 4.5), DARK)
    for value in (-20.0, 3.0, 20.0):
        threshold.set_value(value)
        assert threshold.line.get_x() == pytest.approx(axis.at(value)[0])
        assert threshold.number.value == value
        assert threshold.words.get_left()[0] >= -6.4 - 1e-6
        assert threshold.number.get_right()[0] <= 4.5 + 0.02
    assert threshold.set_value(3).beyond.get_left()[0] == pytest.approx(axis.at(3)[0])
    assert threshold.beyond.get_right()[0] == pytest.approx(4)


def test_the_given_image_is_kept_where_it_fits():
    sums = np.stack([np.linspace(-12, 14, 90), np.linspace(-30, 20, 90)], axis=1)
    biases, liked = np.array([-2.0, 0.0]), np.arange(90) % 2 == 0
    given = np.array([4.0, 0.1])
    assert neuron_and_image(sums, biases, given, False, liked, sigmoid) == (0, None)
    k, index = neuron_and_image(sums, biases, np.array([-4.0, 0.1]), False, liked, sigmoid)
    assert k == 0 and liked[index] and 0 < sums[index, 0] < REACH
    # a user's picture goes before the better neuron
    assert neuron_and_image(
        sums, biases * 0 - 0.5, np.array([-4.0, 1.5]), True, liked, sigmoid
    ) == (1, None)
