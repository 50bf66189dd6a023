"""ThirteenThousand counts, turns and trains exactly the parameters of the model."""

from __future__ import annotations

import re

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import Model, load_model, save_model
from netglow.netcore.network import forward
from netglow.netcore.study import facts
from netglow.netcore.study.training_path import Record, TrainingPath
from netglow.netcore.training import QUICK, train
from netglow.scenes.parts.plots.dials import TURN, directions
from netglow.scenes.props.thirteen_thousand.dial_wall import DialWall, parameters
from netglow.scenes.props.thirteen_thousand.stopwatch import hours_minutes_seconds
from netglow.scenes.stage.theme import DARK
from tests.chapters import checks
from tests.chapters.words import said

RELU = ASSETS / "models" / "relu.safetensors"


@pytest.fixture(scope="module")
def shallow(tmp_path_factory):
    """A network of one layer of weights."""
    path = tmp_path_factory.mktemp("model") / "shallow.safetensors"
    save_model(path, train(*load_digits(), QUICK.with_changes(hidden=(), epochs=1)))
    return path


@pytest.fixture(params=["default", "relu", "seven", "light", "wide", "shallow", "bare"])
def scene(request, play):
    choices = {
        "default": {},
        "relu": {"model": RELU, "digit": 8},
        "seven": {"digit": 7},
        "light": {"digit": 7, "theme": "light"},
    }
    if request.param in choices:
        return play("ThirteenThousand", **choices[request.param])
    return play("ThirteenThousand", model=request.getfixturevalue(request.param))


def test_every_layer_is_counted_and_the_counts_add_up(scene):
    network = scene.story.network
    shown = [product.count.value for product in scene.products]
    assert shown == [w.size for w in network.w]
    texts = [checks.text_of(checks.texts_in(product)[0]) for product in scene.products]
    for text, w in zip(texts, network.w, strict=True):
        assert [int(n) for n in re.findall(r"\d+", text)] == [w.shape[1], w.shape[0]]
    weights, biases, total = (number.value for number in scene.ledger.numbers)
    assert weights == sum(shown) == network.edge_count
    assert biases == sum(b.size for b in network.b)
    assert weights + biases == total == network.parameter_count


def test_there_is_a_dial_for_every_parameter_and_it_shows_its_value(scene):
    network = scene.story.network
    wall = DialWall(network.w, network.b, network.image_shape, DARK, 12.9, 5.8)
    assert sum(len(dials.faces) for dials in wall.dials) == network.parameter_count
    np.testing.assert_array_equal(wall.values, parameters(network.w, network.b))
    assert scene.big.number.value == network.w[0].ravel()[scene.one]
    assert f"{network.parameter_count:,}" in said(scene)


def test_one_second_a_dial_is_computed(scene):
    h, m, s = hours_minutes_seconds(scene.story.network.parameter_count)
    assert 3600 * h + 60 * m + s == scene.story.network.parameter_count
    assert [n.value for n in scene.watch.numbers] == [s, m, h]
    assert f"{h} hours, {m} minutes and {s} seconds" in said(scene)


def test_hours_minutes_and_seconds():
    assert hours_minutes_seconds(13_002) == (3, 36, 42)
    assert hours_minutes_seconds(90_061) == (25, 1, 1)


def test_at_the_end_the_network_is_the_trained_one(scene):
    if scene.sections[-1].name == "all-at-once-unrecorded":
        pytest.skip("nothing to train along")
    network, d = scene.story.network, scene.diagram
    trace = forward(network, scene.story.image)
    for i, (edges, neurons) in enumerate(zip(d.edges, d.neurons, strict=True)):
        np.testing.assert_array_equal(edges.weights, network.w[i])
        np.testing.assert_allclose(neurons.activations, trace.a[i + 1])
    np.testing.assert_allclose(d.bars.values, trace.output)
    assert d.bars.winner == trace.predicted
    label = scene.story.label
    assert d.bars.winner_role == ("correct" if label == trace.predicted else "wrong")


def test_epoch_and_accuracy_are_those_of_the_run(scene):
    if scene.sections[-1].name == "all-at-once-unrecorded":
        pytest.skip("nothing to train along")
    model = scene.story.model
    assert scene.readout.epoch.value == model.checkpoints[-1].epoch
    assert scene.readout.percent.value == pytest.approx(100 * model.accuracy, abs=1e-4)
    assert f"reads {100 * model.accuracy:.1f} percent of {model.accuracy_sample:,}" in said(scene)


def test_a_model_without_a_record_says_so(play, bare):
    scene = play("ThirteenThousand", model=bare)
    assert scene.sections[-1].name == "all-at-once-unrecorded"
    assert "without a record" in said(scene)
    assert not hasattr(scene, "readout")


def test_a_users_image_is_read_but_not_judged(play, tmp_path):
    from PIL import Image

    digit = (load_digits()[1].images[5] * 255).astype(np.uint8)
    path = tmp_path / "own.png"
    Image.fromarray(255 - np.kron(digit, np.ones((8, 8), np.uint8))).save(path)
    scene = play("ThirteenThousand", image=path)
    assert scene.story.label is None
    assert scene.diagram.bars.winner_role == "attention"


def test_pictures_are_in_order(scene):
    assert checks.disorder(scene.section_ends) == []


# --- parts ---
def test_the_path_goes_through_every_checkpoint():
    model = load_model()
    path = TrainingPath(model.checkpoints)
    for i, checkpoint in enumerate(model.checkpoints):
        share = i / (len(path) - 1)
        assert path.epoch(share) == pytest.approx(checkpoint.epoch)
        for w, kept in zip(path.network(share).w, checkpoint.network.w, strict=True):
            np.testing.assert_allclose(w, kept, atol=1e-9)
    half = path.network(0.5 / (len(path) - 1))
    first, second = (c.network for c in model.checkpoints[:2])
    np.testing.assert_allclose(half.w[1], (first.w[1] + second.w[1]) / 2)


def test_the_record_is_the_history_or_else_what_the_checkpoints_score():
    model, test = load_model(), load_digits()[1]
    record = Record(model, test)
    assert record.at(0) == facts.accuracy(model.checkpoints[0].network, test)
    assert record.at(7.9) == model.history["test_accuracy"][6]
    some = Record(Model(model.network, model.checkpoints), test)
    assert some.sample == len(test)
    assert some.at(8) == facts.accuracy(model.checkpoints[4].network, test)  # after 5 epochs


def test_dials_turn_by_sign_and_size():
    way = directions([0.0, 0.5, -0.5, 3.0], 1.0)
    np.testing.assert_allclose(way[0], [0, 1, 0], atol=1e-12)
    assert way[1, 0] > 0 > way[2, 0]
    np.testing.assert_allclose(way[3], [np.sin(TURN), np.cos(TURN), 0])
