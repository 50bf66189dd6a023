"""ReLU shows the stored experiment, and derivatives and gradients that are computed anew."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image
from scipy.special import expit

from netglow.netcore.backprop import gradient, one_hot
from netglow.netcore.digits import load_digits
from netglow.netcore.network import forward
from netglow.netcore.study import depth, facts
from netglow.scenes.props.relu.size_bars import SizeBars, plain
from netglow.scenes.stage.theme import crowding
from tests.chapters import checks
from tests.chapters.playing import last_shown
from tests.chapters.words import said

RELU = "assets/models/relu.safetensors"
CHOICES = ({}, {"model": RELU}, {"digit": 7, "theme": "light"})


@pytest.fixture(scope="module")
def digits():
    return load_digits()[0]


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """A user's image with almost nothing on it."""
    path = tmp_path_factory.mktemp("image") / "dot.png"
    pixels = np.zeros((28, 28), np.uint8)
    pixels[14, 14] = 255
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture(
    params=[*CHOICES, "wide", "blank"], ids=["default", "relu", "seven-light", "wide", "dot"]
)
def scene(request, play):
    if request.param == "wide":
        return play("ReLU", model=request.getfixturevalue("wide"))
    if request.param == "blank":
        return play("ReLU", image=request.getfixturevalue("blank"))
    return play("ReLU", **request.param)


@pytest.fixture(scope="module")
def stored():
    return depth.load()


def texts_of(mobjects) -> list[str]:
    return [m.original_text for m in mobjects]


# --- functions and derivatives ---
def test_curves_are_the_functions_and_branches_their_derivatives(scene):
    sigmoid, relu = (scene.plots[kind] for kind in depth.KINDS)
    np.testing.assert_allclose(sigmoid.curve.y, expit(sigmoid.curve.x), atol=1e-12)
    np.testing.assert_allclose(relu.curve.y, np.maximum(0, relu.curve.x), atol=1e-12)
    (bell,) = sigmoid.branches
    np.testing.assert_allclose(bell.y, expit(bell.x) * (1 - expit(bell.x)), atol=1e-8)
    assert bell.y.max() == pytest.approx(0.25)
    off, on = relu.branches
    assert not off.y.any() and (on.y == 1).all() and off.x.max() == on.x.min() == 0


def test_tangents_have_the_slope_that_is_shown(scene):
    sigmoid, relu = scene.tangents
    for tangent in (sigmoid, relu):
        (x0, y0, _), (x1, y1, _) = tangent.line.get_start(), tangent.line.get_end()
        assert (y1 - y0) / (x1 - x0) == pytest.approx(tangent.number.value, abs=0.005)
    assert (sigmoid.at, sigmoid.number.value) == (0, 0.25)
    assert relu.at > 0 and relu.number.value == 1


# --- the deep networks ---
def test_both_start_as_the_experiment_did(scene, digits):
    learn, _ = depth.set_aside(digits)
    for kind, net in scene.nets.items():
        network = depth.start(kind, learn)
        for edges, w in zip(net.edges, network.w, strict=True):
            np.testing.assert_array_equal(edges.weights, w.T)
        assert len(net.columns) == len(network.w)


def test_running_products_are_those_of_derivatives_on_a_way_through_the_network(scene):
    sigmoid, relu = (scene.ways[kind] for kind in depth.KINDS)
    z = forward(scene.starts["sigmoid"], scene.image).z[:-1]
    best = [(expit(s) * (1 - expit(s))).max() for s in z]
    np.testing.assert_allclose(sigmoid.products, np.cumprod([1, *best[::-1]]), rtol=1e-9)
    assert relu.products.tolist() == [1.0] * len(relu.products)
    for kind, way in scene.ways.items():
        for place, column in zip(way.places, scene.nets[kind].columns[::-1], strict=True):
            assert np.abs(column.centres() - place).max(axis=1).min() < 1e-9


def test_products_follow_from_one_another_as_shown(scene):
    way = scene.ways["sigmoid"]
    written = scene.section_ends["the-way-back"][0]
    assert {*way.texts} <= {thing.text for thing in written}
    shown = [float(text) for text in way.texts]
    np.testing.assert_allclose(shown, way.products, atol=0.0005)
    assert f"only {way.texts[-1]}" in said(scene, "the-way-back")
    for before, after in zip(shown, shown[1:], strict=False):
        assert after == pytest.approx(before / 4, abs=0.001) and 0 < after < before


def test_the_image_reaches_every_layer(scene):
    if scene.story.image.sum() > 10:
        assert scene.image is scene.story.image
    assert all(a.any() for a in forward(scene.starts["relu"], scene.image).a[1:-1])


def test_light_is_the_size_of_the_gradient_on_one_scale(scene, digits):
    learn, _ = depth.set_aside(digits)
    batch = depth.part(learn, slice(depth.MEASURED))
    pairs = []
    for kind, net in scene.nets.items():
        _, dw, _ = gradient(scene.starts[kind], batch.images, one_hot(batch.labels))
        for edges, d in zip(net.edges, dw, strict=True):
            assert edges.glow.shape == (d.size,)
            light = edges.glow / crowding(len(edges)) ** 0.75
            pairs += list(zip(np.abs(d).T.ravel()[::37], light[::37], strict=True))
    lights = np.array(sorted(pairs))[:, 1]
    assert (np.diff(lights) >= -1e-12).all() and lights[0] < lights[-1]


def test_numbers_under_the_layers_are_the_stored_sizes(scene, stored):
    for kind, row in scene.rows.items():
        assert texts_of(row) == [plain(size) for size in stored[kind].gradient_start]
        fresh = [float(np.abs(d).mean()) for d in scene.gradients[depth.KINDS.index(kind)]]
        assert texts_of(row) == [plain(size) for size in fresh]


# --- sizes and the race ---
def test_bars_are_the_logarithms_of_the_stored_sizes(scene, stored):
    bars = last_shown(scene, SizeBars)
    lowest = bars.grid[0].get_y()
    pitch = bars.grid[1].get_y() - lowest
    first = float(bars.numbers[0].original_text)
    for row, kind in enumerate(depth.KINDS):
        np.testing.assert_array_equal(bars.sizes[row], stored[kind].gradient_start)
        powers = np.log10(np.array(stored[kind].gradient_start) / first)
        np.testing.assert_allclose(bars.bars[row].ends()[:, 1], lowest + powers * pitch, atol=1e-6)


def test_more_than_so_many_times_is_true(scene, stored):
    true = stored["relu"].gradient_start[0] / stored["sigmoid"].gradient_start[0]
    ratio = int(re.search(r"more than (\d+) times", said(scene, "the-sizes")).group(1))
    assert ratio < true < 2 * ratio


def test_curves_and_numbers_are_the_stored_runs(scene, stored):
    for kind, value in scene.runs.values.items():
        run = 100 * np.array(stored[kind].accuracy)
        np.testing.assert_allclose(value.curve.values, run)
        assert value.value.value == run[-1]
        anchors = value.curve.line.get_anchors()
        height = scene.runs.y.at(run[-1])[1]
        np.testing.assert_allclose(anchors[-1][1], height, atol=1e-6)
        assert f"{stored[kind].rate}" in value.note.original_text
    thin = [c.values / 100 for c in scene.runs.thin]
    np.testing.assert_allclose(thin, stored["sigmoid"].others + stored["relu"].others)
    assert scene.runs.epoch.value == depth.RECIPE.epochs


def test_what_is_said_of_the_race_is_true(scene, stored):
    words, five = said(scene, "the-race"), {k: stored[k].accuracy[5] for k in depth.KINDS}
    assert f"After 5 epochs, ReLU reads {100 * five['relu']:.1f}%" in words
    for run in (stored["sigmoid"].accuracy, *stored["sigmoid"].others):
        assert run[5] < 0.13  # "still guess"
        assert run[-1] > 0.85  # "close in the end"
    assert five["relu"] > stored["sigmoid"].accuracy[-1] - 0.05  # "much later"


def test_what_is_said_of_the_films_network_is_true(scene):
    network = scene.story.network
    hidden = len(network.sizes) - 2
    layers = {1: "one hidden layer", 2: "two hidden layers"}[hidden]
    percent = f"{100 * facts.accuracy(network, scene.story.digits):.1f}%"
    texts = [thing.text for thing in scene.section_ends[scene.sections[-1].name][0]]
    assert layers in texts and f"{percent} right" in texts
    assert {"sigmoid": "sigmoid", "relu": "ReLU"}[network.activations[0]] in texts
    uses = re.search(r"This film's network uses (?:the )?(\w+)", said(scene, "two-functions"))
    assert uses.group(1).lower() == network.activations[0]
    assert layers in said(scene, "closing")


def test_pictures_are_in_order_for_every_network(scene):
    assert checks.disorder(scene.section_ends) == []
