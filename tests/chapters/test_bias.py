"""Bias: one neuron's sums over all test images, its threshold, and how often it fires."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image

from netglow.netcore.network import forward, forward_batch
from netglow.netcore.study.arithmetic import shown
from netglow.netcore.study.bias_choice import example_for, is_between, most_movable
from tests.chapters import checks
from tests.chapters.words import said

RELU = "assets/models/relu.safetensors"
CHOICES = ({}, {"model": RELU}, {"digit": 7, "theme": "light"})


@pytest.fixture(params=CHOICES, ids=["default", "relu", "seven-light"])
def scene(request, play):
    return play("Bias", **request.param)


def sums_of(scene) -> np.ndarray:
    """Weighted sums without bias of the chapter's neuron, (n,), from netcore alone."""
    network = scene.story.network
    z = forward_batch(network, scene.story.digits.images).z[0]
    return z[:, scene.k] - network.b[0][scene.k]


def fired(scene, bias: float) -> int:
    return int((sums_of(scene) + bias > 0).sum())


def percents(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"(\d+\.\d) percent", text)]


# --- the examples ---
def test_the_neuron_fires_for_some_and_not_for_most(scene):
    share = fired(scene, scene.story.network.b[0][scene.k]) / len(scene.story.digits)
    assert 0.2 <= share <= 0.6


def test_the_image_lies_between_the_thresholds_and_its_sum_is_its_own(scene):
    assert 1 <= scene.total <= 9
    network = scene.story.network
    z = forward(network, scene.image).z[0][scene.k]
    assert scene.total == pytest.approx(z - network.b[0][scene.k], abs=1e-9)
    assert scene.story.digits.labels[scene.index] == scene.story.label
    assert str(scene.index) in scene.source


def test_a_users_image_is_shown_where_a_neuron_allows():
    rng = np.random.default_rng(4)
    sums, biases = rng.normal(-1, 5, (200, 6)), np.zeros(6)
    assert most_movable(sums, biases, np.arange(6) == 3) == 3
    assert most_movable(sums, biases, np.zeros(6, bool)) in range(6)


def test_a_users_image_keeps_the_chapter_true(play, tmp_path):
    drawing = np.zeros((120, 90), np.uint8)
    drawing[15:105, 40:50] = 255
    Image.fromarray(drawing).save(tmp_path / "one.png")
    scene = play("Bias", image=tmp_path / "one.png")
    assert 1 <= scene.total <= 9
    assert scene.source == ("one.png" if scene.index is None else f"test image {scene.index}")
    assert scene.fired.count.value == fired(scene, scene.row.bias)
    x = scene.axis.at(scene.total)[0]
    np.testing.assert_allclose(scene.ring.get_center()[0], x, atol=1e-6)


def test_an_example_is_found_whatever_the_sums_are():
    liked = np.array([False, True, False, True])
    assert example_for(np.array([5.0, 4.0, 5.1, 20.0]), liked, lambda _: 2) == 1
    assert example_for(np.array([5.0, 4.0, 5.1, 20.0]), liked[::-1] & False, lambda _: 2) == 0
    assert example_for(np.array([-5.0, -4.0, 25.0, 20.0]), liked, lambda _: 2) == 1
    assert not is_between(np.array([0.5, 9.5, -3.0])).any()


# --- the pile, the threshold and the count ---
def test_every_test_image_is_a_dot_at_its_sum(scene):
    sums, pile = sums_of(scene), scene.pile
    np.testing.assert_allclose(pile.sums, sums, atol=1e-9)
    np.testing.assert_allclose(pile.centres()[:, 0], scene.axis.at(sums)[:, 0], atol=1e-6)
    places = pile.centres()
    for storey in range(pile.storeys.max() + 1):
        x = np.sort(places[pile.storeys == storey, 0])
        assert np.diff(x).min(initial=np.inf) >= 2 * pile.radius


def test_it_ends_at_the_learned_bias_everywhere(scene):
    bias = scene.story.network.b[0][scene.k]
    assert scene.row.bias == scene.slider.value == bias
    assert scene.threshold.value == -bias
    np.testing.assert_allclose(scene.threshold.line.get_x(), scene.axis.at(-bias)[0], atol=1e-6)
    np.testing.assert_allclose(scene.slider.knob.get_center(), scene.slider.scale_of.at(bias))
    a = forward_batch(scene.story.network, scene.story.digits.images).a[1][:, scene.k]
    np.testing.assert_allclose(scene.pile.activations, a, atol=1e-9)
    assert scene.row.neuron.value == pytest.approx(
        forward(scene.story.network, scene.image).a[1][scene.k], abs=1e-9
    )


def test_the_count_is_exact_for_every_bias(scene):
    n, bias = len(scene.story.digits), scene.row.bias
    for other in (-10.0, -2.5, 0.0, 10.0, bias):
        scene.set_bias(other)
        assert scene.fired.count.value == fired(scene, other)
        assert scene.fired.share.value == pytest.approx(100 * fired(scene, other) / n)
        right = scene.pile.centres()[:, 0] > scene.axis.at(-other)[0] + 1e-7
        assert right.sum() == scene.fired.count.value


def test_the_shares_said_are_the_shares_counted(scene):
    n, bias = len(scene.story.digits), scene.story.network.b[0][scene.k]
    for section, at in (("every-image", -10), ("turn-it", 10), ("learned", bias)):
        assert percents(said(scene, section)) == [round(100 * fired(scene, at) / n, 1)]
    assert shown(bias, scene.places) in said(scene, "learned")


def test_the_arithmetic_is_right_as_rounded(scene):
    bias = scene.row.bias
    for other in (-10.0, 0.0, 10.0, bias):
        scene.set_bias(other)
        row = scene.row
        total, added, z = (
            float(number.text_of(number.value).replace("\N{MINUS SIGN}", "-"))
            for number in (row.sum, row.size_of_bias, row.z)
        )
        assert z == pytest.approx(total + np.copysign(added, other), abs=1e-9)
        assert round(float(scene.f(z)), 2) == round(row.neuron.value, 2)
        assert [s.get_fill_opacity() for s in row.signs] == [other >= 0, other < 0]


def test_the_image_switches_the_neuron_at_the_bias_that_is_said(scene):
    half = 0.5 if scene.story.network.activations[0] == "sigmoid" else 0.0
    assert scene.tip == pytest.approx(-scene.total, abs=0.006)
    assert scene.f(scene.total + scene.tip) == pytest.approx(half, abs=0.006)
    assert shown(scene.tip, scene.places) in said(scene, "turn-it")


def test_the_images_on_the_axis_stand_at_their_sums(scene):
    samples, sums = scene.samples, sums_of(scene)
    indices = np.insert(samples.chosen, samples.place, scene.index)
    for i, value, picture, number in zip(
        indices, samples.sums, samples.pictures, samples.numbers, strict=True
    ):
        assert value == number.value == pytest.approx(sums[i], abs=1e-9)
        np.testing.assert_array_equal(picture.values, scene.story.digits.images[i])
    np.testing.assert_array_equal(samples.pictures[samples.place].values, scene.image)
    assert (samples.sums < 0).any() and (samples.sums > 10).any()
    between = samples.sums[(samples.sums > 0) & (samples.sums < 10)]
    assert list(between) == [scene.total]


def test_what_is_said_to_be_enough_is_an_image_above_ten(scene):
    above = scene.samples.sums[scene.samples.sums > 10]
    assert f"But {shown(above.min(), scene.places)} is." in said(scene, "bigger-than-ten")


def test_pictures_are_in_order(scene):
    assert checks.disorder(scene.section_ends) == []
