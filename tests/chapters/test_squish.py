"""Squish shows the first layer's real sums and activations, and counts them over all images."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy.special import expit

from netglow.netcore.network import forward, forward_batch
from netglow.scenes.props.squish.rays import Rays
from netglow.scenes.props.squish.squash import NEAR
from tests.chapters import checks
from tests.chapters.words import numbers_in, said

RELU = "assets/models/relu.safetensors"
CHOICES = ({}, {"model": RELU}, {"digit": 7, "theme": "light"})


@pytest.fixture(params=[*CHOICES, "wide"], ids=["default", "relu", "seven-light", "wide"])
def scene(request, play):
    if request.param == "wide":
        return play("Squish", model=request.getfixturevalue("wide"))
    return play("Squish", **request.param)


def squashed(scene, z):
    """The activation function, written here once more."""
    return np.maximum(0, z) if scene.squash.kind == "relu" else expit(z)


def everything(scene):
    """a[1] of all test images, from netcore alone."""
    return forward_batch(scene.story.network, scene.story.digits.images).a[1]


def texts_of(mobjects) -> list[str]:
    return [m.original_text for m in mobjects]


def written_last(scene) -> list[str]:
    """The texts on the chapter's last picture."""
    return [thing.text for thing in scene.section_ends["saturation"][0]]


# --- the sixteen neurons ---
def test_sums_and_activations_are_those_of_the_trace(scene):
    trace = forward(scene.story.network, scene.story.image)
    np.testing.assert_allclose(scene.z, trace.z[0], atol=1e-12)
    np.testing.assert_allclose(scene.dots.activations, trace.a[1], atol=1e-12)
    np.testing.assert_allclose(scene.landing.rays.x, trace.z[0], atol=1e-12)
    np.testing.assert_allclose(scene.landing.rays.y, trace.a[1], atol=1e-12)


def test_every_neuron_ends_at_the_height_of_its_activation(scene):
    places, axis = scene.dots.centres(), scene.graph.y
    np.testing.assert_allclose(places[:, 1], axis.at(squashed(scene, scene.z))[:, 1], atol=1e-9)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(len(places))
    assert apart.min() >= 2 * scene.dots.halves()[0, 0]


def test_the_examples_are_the_largest_the_smallest_and_the_nearest_to_zero(scene):
    z, picked = scene.z, scene.examples
    assert z[picked["largest"]] == z.max()
    assert z[picked["smallest"]] == z.min()
    assert abs(z[picked["nearest"]]) == np.abs(z).min()


def test_notes_follow_from_the_numbers_they_show(scene):
    for note, i in zip(texts_of(scene.notes), scene.examples.values(), strict=True):
        relation = re.search(r"[≈=<>]", note).group()
        z, a = numbers_in(note.split("max(0,")[-1] if "max" in note else note.split("σ")[1])
        assert z == pytest.approx(scene.z[i], abs=0.005)
        places = len(note.split(".")[-1])
        if relation in "<>":
            assert (scene.a[i] < a) == (relation == "<")
        else:
            assert a == round(float(scene.a[i]), places) == round(float(squashed(scene, z)), places)


# --- the line, the curve, the axes ---
def test_the_curve_is_the_activation_function(scene):
    curve = scene.graph.curve
    np.testing.assert_allclose(curve.y, squashed(scene, curve.x), atol=1e-12)
    anchors = curve.get_start_anchors()
    np.testing.assert_allclose(anchors[:, 0], scene.graph.x.at(curve.x[:-1])[:, 0], atol=1e-6)
    np.testing.assert_allclose(anchors[:, 1], scene.graph.y.at(curve.y[:-1])[:, 1], atol=1e-6)


def test_ticks_stand_where_their_numbers_say(scene):
    for axis in (scene.graph.x, scene.graph.y, scene.sum_axis):
        for tick, value in zip(axis.ticks, axis.values, strict=True):
            np.testing.assert_allclose(tick.get_center(), axis.at(value), atol=0.05)
        for number in axis.numbers:
            (value,) = numbers_in(number.original_text)
            assert np.abs(axis.values - value).min() < 1e-9
            near = np.abs(number.get_center() - axis.at(value))[:2].min()
            assert near < 0.06  # beside its tick, level or upright


def test_the_axes_hold_all_sums_and_activations(scene):
    trace = forward_batch(scene.story.network, scene.story.digits.images)
    assert np.abs(trace.z[0]).max() <= scene.graph.x.high
    assert max(trace.a[1].max(), scene.a.max()) <= scene.graph.y.high + 1e-12


def test_what_is_said_of_far_sums_is_true(scene):
    if scene.squash.kind == "relu":
        return
    z, a = numbers_in(said(scene, "the-line-bends").split("below")[1])[:2]
    assert expit(z) <= a <= expit(z) + 0.001


# --- all images ---
def test_bars_are_the_histogram_over_all_test_images(scene):
    a, tally = everything(scene), scene.tally
    edges = np.linspace(0, scene.graph.y.high, 21)
    if scene.squash.kind == "relu":
        expected = [(a == 0).sum(), *np.histogram(a[a > 0], edges)[0]]
    else:
        expected = np.histogram(a, edges)[0]
    np.testing.assert_array_equal(tally.bars.counts, expected)
    assert tally.bars.counts.sum() == a.size
    assert [n.value for n in tally.counters] == [len(a), a.size]


def test_every_ray_is_one_sum_of_one_image(scene):
    trace = forward_batch(scene.story.network, scene.story.digits.images)
    (rays,) = [m for m in scene.mobjects if isinstance(m, Rays)]
    np.testing.assert_array_equal(rays.x, trace.z[0].ravel())
    np.testing.assert_array_equal(rays.y, trace.a[1].ravel())
    assert (rays.rising.head > 1).all()


def test_the_share_drawn_and_said_is_the_share_counted(scene):
    a = everything(scene)
    picked = (a == 0) if scene.squash.kind == "relu" else (a < NEAR) | (a > 1 - NEAR)
    percent = f"{100 * np.count_nonzero(picked) / a.size:.1f}%"
    assert percent in written_last(scene)
    assert percent in said(scene, "saturation")


def test_the_last_word_is_true(scene):
    first, second = written_last(scene)[-2:]
    if scene.squash.kind == "relu":
        assert numbers_in(second)[-1] == round(float(everything(scene).max()), 1)
        return
    begin, end = numbers_in(first)
    (gain,) = numbers_in(second)
    true = float(expit(end) - expit(begin))
    assert gain == pytest.approx(true, rel=0.5)
    assert gain == round(true, len(second.split(".")[-1]))


def test_the_words_fit_the_activation(scene):
    names = [mark.name for mark in scene.sections]
    own = [name for name in scene.script.sections if name.endswith("-relu")]
    if scene.squash.kind == "relu":
        assert names == own
        assert "silent" in said(scene, "saturation")
    else:
        assert names == [name.removesuffix("-relu") for name in own]
        assert "sigmoid" in said(scene, "the-graph")


def test_pictures_are_in_order_for_every_network(scene):
    assert checks.disorder(scene.section_ends) == []
