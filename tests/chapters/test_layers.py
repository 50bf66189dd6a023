"""Layers: every layer, edge and number is the network's own."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import save_model
from netglow.netcore.network import forward
from netglow.netcore.study import facts
from netglow.netcore.training import QUICK, train
from netglow.scenes.props.layers.layer_columns import column_boxes
from tests.chapters.words import said, texts

RELU = ASSETS / "models" / "relu.safetensors"
STORIES = [{}, {"model": RELU}, {"digit": 7}]
SECTIONS = [
    "the-input-layer",
    "the-output-layer",
    "the-hidden-layers",
    "why-these-sizes",
    "the-edges",
    "its-name",
    "like-a-brain",
    "one-forward-pass",
]


@pytest.fixture(params=STORIES, ids=["default", "relu", "seven"])
def scene(play, request):
    return play("Layers", **request.param)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """``other(hidden)``: the path of a hastily trained network with other hidden layers."""

    def make(*hidden):
        path = tmp_path_factory.mktemp("model") / "other.safetensors"
        save_model(path, train(*load_digits(), QUICK.with_changes(hidden=hidden, epochs=1)))
        return path

    return make


def counts(scene) -> list[float]:
    return [head[0].value for head in scene.heads]


def test_length_and_sections(scene):
    assert 50 <= scene.duration_seconds <= 68
    assert [mark.name for mark in scene.sections] == SECTIONS


def test_layers_have_their_sizes_and_say_so(scene):
    sizes = scene.story.network.sizes
    assert [len(column) for column in scene.columns] == list(sizes)
    assert counts(scene) == list(sizes)
    assert "Between them stand 2 more layers, of 16 and 16 neurons." in said(scene)
    assert "It is a choice." in said(scene)


def test_the_first_layer_is_the_image(scene):
    assert np.array_equal(scene.columns[0].activations, scene.story.image.ravel())
    assert np.allclose(scene.columns[0].fill, scene.theme.brightness(scene.story.trace.a[0]))
    assert np.array_equal(scene.ghost.values, scene.story.image)


def test_every_weight_is_an_edge_at_rest(scene):
    for edges, w, rest in zip(scene.edges, scene.story.network.w, scene.rest, strict=True):
        assert np.array_equal(edges.weights, w)
        assert np.allclose(edges.light, rest)
        by_strength = rest[np.abs(w).ravel().argsort()]
        assert np.all(np.diff(by_strength) >= 0)  # stronger weights are brighter edges


def test_edges_end_in_the_neurons_they_join(scene):
    for layer, edges in enumerate(scene.edges):
        ends = edges.points.reshape(len(scene.columns[layer + 1]), -1, 2, 3)
        assert np.allclose(ends[0, :, 0], scene.columns[layer].centres())
        assert np.allclose(ends[:, 0, 1], scene.columns[layer + 1].centres())


def test_the_pass_is_the_networks_own(scene):
    network = scene.story.network
    trace = forward(network, scene.ghost.values)
    for layer, edges in enumerate(scene.edges):
        assert np.allclose(edges.contributions, facts.contributions(network, trace, layer))
        assert np.allclose(scene.columns[layer + 1].activations, trace.a[layer + 1], atol=1e-9)
    assert np.allclose(scene.bars.values, trace.output, atol=1e-9)
    assert scene.bars.winner == trace.predicted
    assert f"the answer: {trace.predicted}." in said(scene)
    assert scene.bars.winner_role == (
        "correct" if trace.predicted == scene.story.label else "wrong"
    )


def test_the_neuron_that_fires_holds_its_own_number(scene):
    trace, layer = scene.story.trace, scene.source
    sent = facts.contributions(scene.story.network, trace, layer)
    pushes = np.maximum(sent, 0).sum(axis=0)
    assert texts(scene, "like-a-brain")[-1] == f"{trace.a[layer][pushes.argmax()]:.2f}"
    assert (sent[:, pushes.argmax()] > 0).any()


def test_one_hidden_layer_is_called_one(play, other):
    scene = play("Layers", model=other(32))
    assert "the-hidden-layers-one" in [mark.name for mark in scene.sections]
    assert counts(scene) == [784, 32, 10]
    assert "one more layer, of 32 neurons" in said(scene)


def test_a_network_without_hidden_layers_is_a_perceptron(play, other):
    scene = play("Layers", model=other())
    names = [mark.name for mark in scene.sections]
    assert "its-name-single" in names and "why-these-sizes" not in names
    assert "multilayer" not in said(scene).lower()


def test_three_hidden_layers_are_all_there(play, other):
    scene = play("Layers", model=other(12, 8, 14))
    assert counts(scene) == [784, 12, 8, 14, 10]
    assert "3 more layers, of 12, 8 and 14 neurons" in said(scene)


def test_an_own_image_is_answered_but_not_judged(play, tmp_path):
    from PIL import Image

    digit = (load_digits()[1].images[5] * 255).astype(np.uint8)
    path = tmp_path / "own.png"
    Image.fromarray(255 - np.kron(digit, np.ones((8, 8), np.uint8))).save(path)
    assert play("Layers", image=path).bars.winner_role == "attention"


@pytest.mark.parametrize("count", [1, 8, 11.5, 16, 24])
def test_a_column_keeps_to_its_height_and_grows_at_its_end(count):
    centres, halves = column_boxes(count, 2.0, 0.5, 4.0, 24)
    there = halves[:, 1] > 0
    assert there.sum() == np.ceil(count)
    assert np.ptp(centres[:, 1]) <= 4.0 + 1e-9
    assert abs(centres[there, 1] - 0.5).max() <= 2.0 + 1e-9
    gaps = -np.diff(centres[: int(count), 1])
    assert np.all(gaps > 2 * halves[0, 1])
