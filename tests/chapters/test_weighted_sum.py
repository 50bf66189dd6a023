"""WeightedSum draws the numbers of one real neuron, and they add up as they are shown."""

from __future__ import annotations

import re
from itertools import product as pairs

import numpy as np
import pytest

from netglow.netcore.network import ACTIVATIONS, forward
from netglow.netcore.study import facts
from netglow.netcore.study.arithmetic import (
    NeuronSum,
    easiest_to_follow,
    places_that_add,
    readable_product,
    shown,
    totals,
)
from netglow.netcore.study.edge_detector import ACROSS, LENGTH, LINE, SIDE, Sweep
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.weight_wall import LayerWall, hang
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import DARK
from tests.chapters.words import said

RELU = "assets/models/relu.safetensors"
CHOICES = ({}, {"model": RELU}, {"digit": 8, "theme": "light"})


@pytest.fixture(params=CHOICES, ids=["default", "relu", "eight-light"])
def scene(request, play):
    return play("WeightedSum", **request.param)


def as_number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", ""))


def truth(scene):
    """(weights, products, trace) of the neuron, from netcore alone."""
    network = scene.story.network
    trace = forward(network, scene.story.image)
    weights = network.w[0][scene.k].reshape(network.image_shape)
    return weights, facts.products(network, trace, scene.k), trace


def ends_of(span) -> np.ndarray:
    """Lower and upper value that a drawn bar reaches."""
    return (span.sides()[0, [1, 0], 0] - span.origin[0]) / span.unit


def test_images_hold_the_pixels_weights_and_products(scene):
    weights, products, _ = truth(scene)
    assert np.array_equal(scene.row.pixels.values, scene.story.image)
    assert np.array_equal(scene.row.weights.values, weights)
    assert np.allclose(scene.row.result.values, products, atol=1e-15)
    assert scene.row.weights.value_scale == scene.row.result.value_scale


def test_bars_are_as_long_as_the_products(scene):
    _, products, _ = truth(scene)
    bar = scene.bar
    lengths = 2 * bar.slivers.halves()[:, 0] / bar.unit
    sizes = np.abs(products.ravel())
    gaps = np.minimum(0.016, 0.25 * sizes * bar.unit) / bar.unit
    assert np.allclose(lengths, sizes - gaps)
    sides = np.sign(bar.slivers.centres()[:, 0] - bar.origin[0])
    assert np.array_equal(sides[sizes > 0], np.sign(products.ravel()[sizes > 0]))


def test_totals_sum_bias_z_and_activation_are_netcores(scene):
    _, products, trace = truth(scene)
    k, network = scene.k, scene.story.network
    assert scene.bar.up.value == pytest.approx(products[products > 0].sum())
    assert scene.bar.down.value == pytest.approx(products[products < 0].sum())
    assert scene.sum_row.number.value == pytest.approx(products.sum())
    assert ends_of(scene.sum_row.span) == pytest.approx(sorted((0, products.sum())))
    step, number, _ = scene.bias_row
    assert number.value == network.b[0][k]
    assert ends_of(step) == pytest.approx(sorted((products.sum(), trace.z[0][k])))
    line = scene.formula_row
    assert line.sum.value == pytest.approx(products.sum())
    assert line.z.value == trace.z[0][k]
    assert line.neuron.activations[0] == trace.a[1][k]
    places = len(line.activation.text.partition(".")[2])
    assert as_number(line.activation.text) == round(float(trace.a[1][k]), places)


def test_what_is_shown_adds_up(scene):
    bar, line = scene.bar, scene.formula_row
    up, down = (as_number(n.text_of(n.value)) for n in (bar.up, bar.down))
    total, z = (as_number(n.text_of(n.value)) for n in (line.sum, line.z))
    bias = as_number(scene.bias_row[1].text_of(scene.bias_row[1].value))
    assert up + down == pytest.approx(total, abs=1e-9)
    assert total + bias == pytest.approx(z, abs=1e-9)
    function = ACTIVATIONS[scene.function][0]
    places = len(line.activation.text.partition(".")[2])
    assert round(float(function(z)), places) == pytest.approx(as_number(line.activation.text))


@pytest.mark.parametrize("digit", range(10))
def test_every_digit_adds_up_as_rounded(digit):
    story = Story.choose(digit=digit)
    network, trace = story.network, story.trace
    sigmoid = ACTIVATIONS["sigmoid"][0]
    layer = [
        NeuronSum(
            *totals(facts.products(network, trace, k)),
            network.b[0][k],
            trace.z[0][k],
            trace.a[1][k],
            sigmoid,
        )
        for k in range(network.sizes[1])
    ]
    k = easiest_to_follow(layer)
    n = layer[k]
    assert n.activation >= 0.6 * trace.a[1].max()
    r = {name: as_number(n.text(name)) for name in ("up", "down", "total", "bias", "z")}
    assert r["up"] + r["down"] == pytest.approx(r["total"], abs=1e-9)
    assert r["total"] + r["bias"] == pytest.approx(r["z"], abs=1e-9)
    assert round(float(sigmoid(r["z"])), n.answer_places) == as_number(n.text("activation"))
    assert 0 < as_number(n.text("activation")) < 1 and n.places <= 4
    at = readable_product(story.image, network.w[0][k].reshape(story.image.shape))
    pixel, weight = story.image[at], network.w[0][k].reshape(story.image.shape)[at]
    rounded = round(pixel, 2) * round(weight, 2)
    assert f"{rounded:.2f}" == f"{pixel * weight:.2f}"
    sweep = Sweep(story.image)
    assert sweep.sums[sweep.best] > 0  # "ink on the line, less around it"


def test_detector_set_by_hand_is_the_best_by_brute_force(scene):
    image, sweep = scene.story.image, Sweep(scene.story.image)
    best = -np.inf
    for grid in (image, image.T):
        rows, columns = grid.shape
        for r, c in pairs(range(rows - ACROSS + 1), range(columns - LENGTH + 1)):
            block = grid[r : r + ACROSS, c : c + LENGTH]
            line = block[SIDE : SIDE + LINE].sum()
            best = max(best, line - (block.sum() - line))
    assert sweep.sums[sweep.best] == pytest.approx(best)
    assert sweep.order[-1] == sweep.best
    assert set(sweep.order) == set(range(len(sweep.sums)))
    for weights, products, total in zip(sweep.weights, sweep.products, sweep.sums, strict=True):
        assert set(np.unique(weights)) == {-1.0, 0.0, 1.0}
        assert np.array_equal(products, weights * image)
        assert total == pytest.approx((weights * image).sum())
    words = said(scene)
    places = places_that_add(*(totals(sweep.products[i]) for i in (sweep.order[0], sweep.best)))
    assert f"Greatest here: {shown(sweep.sums[sweep.best], places)}." in words


def test_last_section_shows_the_whole_layer(scene):
    network = scene.story.network
    (wall,) = (m for m in scene.mobjects if isinstance(m, LayerWall))
    trace = forward(network, scene.story.image)
    weights = network.w[0].reshape(-1, *network.image_shape)
    assert np.array_equal(wall.images.values, weights)
    assert np.array_equal(wall.neurons.activations, trace.a[1])
    assert sorted(wall.numbers) == list(range(len(weights)))
    for i, number in wall.numbers.items():
        assert number.value == trace.a[1][i]
    ink = scene.story.image > 0
    products = (weights * scene.story.image)[:, ink].ravel()
    flown = max((m for m in scene.mobjects if type(m) is Cells), key=len)
    assert np.allclose(flown.fill, scene.theme.signed(products, wall.images.value_scale))
    places = wall.images.centres().reshape(len(weights), *network.image_shape, 3)[:, ink]
    assert np.allclose(flown.centres(), places.reshape(-1, 3))


def test_large_layers_have_images_and_no_crowded_numbers():
    centres, size = hang(32, 9.2, 6.4)
    apart = np.abs(centres[:, None] - centres[None])
    free = (apart[..., 0] >= 1.5 * size) | (apart[..., 1] >= 1.1 * size)
    assert (free | np.eye(32, dtype=bool)).all()
    assert np.abs(centres[:, 0]).max() + size / 2 <= 4.6


def test_sentences_fit_the_activation(scene):
    words = said(scene)
    assert ("squishes" in words) == (scene.function == "sigmoid")
    assert ("ReLU keeps" in words) == (scene.function == "relu")
    assert not re.search(r"[{}]", words)
    assert scene.sum.text("activation") in words and scene.sum.text("total") in words
    assert 55 <= scene.duration_seconds <= 75
    assert [s.name for s in scene.sections] == [
        "one-neuron",
        "set-by-hand",
        "learned",
        "multiply",
        "add-up",
        "bias-and-activation",
        "one-of-many",
    ]


def test_a_saturated_sigmoid_is_not_shown_as_one():
    sigmoid = ACTIVATIONS["sigmoid"][0]
    n = NeuronSum(9.0, -1.0, 0.0, 8.0, float(sigmoid(8.0)), sigmoid)
    assert as_number(n.text("activation")) < 1
    assert DARK.brightness([16.0]).tolist() == DARK.brightness([1.0]).tolist()  # ReLU: fully lit
