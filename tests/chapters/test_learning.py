"""Learning shows the real costs, the real run and the real answers to unseen images."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import load_model, save_model
from netglow.netcore.network import forward, forward_batch
from netglow.netcore.study import facts
from netglow.netcore.study.digit_choice import some_of_each
from netglow.netcore.study.output_costs import cost_of, follows, from_difference, output_costs
from netglow.netcore.training import QUICK, train
from netglow.scenes.props.learning.snapshots import agreement, most_structured
from tests.chapters import checks
from tests.chapters.words import said

RELU = ASSETS / "models" / "relu.safetensors"


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    """A hastily trained 784-32-10 network, with the quadratic cost."""
    path = tmp_path_factory.mktemp("model") / "wide.safetensors"
    recipe = QUICK.with_changes(hidden=(32,), epochs=2, cost="quadratic")
    save_model(path, train(*load_digits(), recipe))
    return path


@pytest.fixture(params=["default", "relu", "seven", "light", "wide", "bare"])
def scene(request, play):
    choices = {
        "default": {},
        "relu": {"model": RELU, "digit": 8},
        "seven": {"digit": 7},
        "light": {"digit": 7, "theme": "light"},
    }
    if request.param in choices:
        return play("Learning", **choices[request.param])
    return play("Learning", model=request.getfixturevalue(request.param))


def label_of(scene) -> int:
    """The digit that the example is marked against."""
    return int(scene.table.wanted.argmax())


def cost_again(name: str, output: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The costs, written here once more."""
    if name == "quadratic":
        return (output - wanted) ** 2
    return -wanted * np.log(output) - (1 - wanted) * np.log(1 - output)


def written_last(scene) -> list[str]:
    """The texts on the chapter's last picture."""
    return [thing.text for thing in scene.section_ends[scene.sections[-1].name][0]]


def test_the_example_is_a_labelled_training_image(scene):
    training, _ = load_digits()
    assert training.labels[scene.example] == label_of(scene)
    np.testing.assert_array_equal(scene.picture.values, training.images[scene.example])
    assert label_of(scene) == (scene.story.label if scene.story.label is not None else 3)


def test_answers_and_costs_are_those_of_the_last_network_shown(scene):
    network = scene.networks[-1]
    output = forward(network, scene.image).output
    np.testing.assert_allclose(scene.table.given.activations, output)
    np.testing.assert_allclose([n.value for n in scene.table.outputs], output)
    name = scene.story.model.meta.get("recipe", {}).get("cost", "quadratic")
    costs = cost_again(name, output, np.eye(10)[label_of(scene)])
    np.testing.assert_allclose([n.value for n in scene.table.costs], costs, rtol=1e-6, atol=1e-12)
    assert scene.table.total.value == pytest.approx(costs.sum())
    np.testing.assert_allclose(scene.table.bars.values, np.abs(output - scene.table.wanted))


def test_the_costs_said_are_computed_before_and_after(scene):
    name = scene.cost
    wanted = np.eye(10)[label_of(scene)]
    first, last = (
        cost_again(name, forward(n, scene.image).output, wanted).sum()
        for n in (scene.networks[0], scene.networks[-1])
    )
    assert f"{first:.2f} in all" in said(scene)
    if scene.path:
        assert f"from {first:.2f} to {last:.2f}" in said(scene)


def test_the_label_is_written_below_the_example(scene):
    assert scene.labelled.original_text.endswith(str(label_of(scene)))


def test_what_is_shown_adds_up_as_rounded(scene):
    for network in (scene.networks[0], scene.networks[-1]):
        trace = forward(network, scene.image)
        assert follows(scene.cost, trace.output, scene.wanted, scene.costs(trace))


def test_the_dials_are_the_last_weights(scene):
    if not scene.path:
        pytest.skip("nothing moves")
    last = scene.story.network.w[-1]
    np.testing.assert_array_equal(scene.dials.values, last[:, :32].ravel())


def test_the_curves_are_the_history(scene):
    history = scene.story.model.history
    if not len(history["cost"]):
        assert "over-all-images" not in [mark.name for mark in scene.sections]
        return
    cost, accuracy = scene.curves.cost, scene.curves.accuracy
    np.testing.assert_array_equal(cost.values[0], history["cost"])
    np.testing.assert_array_equal(accuracy.values[0], 100 * history["train_accuracy"])
    assert cost.epoch == accuracy.epoch == len(history["cost"])
    percent = 100 * history["train_accuracy"]
    texts = [text.original_text for text in scene.curves.ends]
    assert f"{history['cost'][-1]:.2f}" in texts[0]
    assert f"{percent[-1]:.1f}%" in texts[1]
    assert f"from {history['cost'][0]:.2f} to {history['cost'][-1]:.2f}" in said(scene)
    assert f"{percent[0]:.1f} percent" in said(scene)
    assert f"of its training images: {percent[-1]:.1f}%" in written_last(scene)


def test_the_film_shows_the_neuron_at_every_checkpoint(scene):
    shape = scene.story.network.image_shape
    assert len(scene.film.images) == len(scene.networks)
    first = scene.story.network.w[0].reshape(-1, *shape)
    neuron = most_structured(first, scene.train.images.mean(axis=0))
    assert scene.headline.original_text.endswith(str(neuron + 1))
    for picture, network in zip(scene.film.images, scene.networks, strict=True):
        np.testing.assert_array_equal(picture.values, network.w[0][neuron].reshape(shape))
    np.testing.assert_allclose(scene.weights.image.values, scene.film.images[-1].values)
    assert scene.weights.image.value_scale == pytest.approx(scene.film.scales[-1])
    assert scene.weights.scale_number.value == pytest.approx(scene.film.scales[-1])
    if scene.path:
        drawn = agreement(scene.weights.image.values) > 0.3
        assert ("nobody drew" in said(scene)) == drawn


def test_unseen_images_are_answered_not_quoted(scene):
    digits = scene.story.digits
    right = forward_batch(scene.story.network, digits.images).predictions == digits.labels
    np.testing.assert_array_equal(scene.exam.sheet.right, right)
    percent = 100 * facts.accuracy(scene.story.network, digits)
    assert scene.exam.score.value == pytest.approx(percent)
    assert f"{right.sum():,}" in said(scene)
    assert f"{percent:.1f} percent" in said(scene)


def test_a_model_without_a_record_says_so(play, bare):
    names = [mark.name for mark in play("Learning", model=bare).sections]
    assert names == [
        "labelled-examples",
        "the-cost-trained",
        "out-of-static-only",
        "never-seen-only",
    ]


def test_a_users_image_still_has_a_labelled_example(play, tmp_path):
    from PIL import Image

    digit = (load_digits()[1].images[5] * 255).astype(np.uint8)
    path = tmp_path / "own.png"
    Image.fromarray(255 - np.kron(digit, np.ones((8, 8), np.uint8))).save(path)
    scene = play("Learning", image=path)
    assert scene.story.label is None
    assert label_of(scene) == load_digits()[0].labels[scene.example]


def test_pictures_are_in_order(scene):
    assert checks.disorder(scene.section_ends) == []


# --- parts ---
@pytest.mark.parametrize("name", ["cross-entropy", "quadratic"])
def test_the_cost_of_an_output_follows_from_its_difference(name):
    image = load_digits()[1].images[0]
    trace = forward(load_model().network, image)
    wanted = np.eye(10)[3]
    costs = output_costs(name, trace, wanted)
    np.testing.assert_allclose(costs, cost_again(name, trace.output, wanted))
    np.testing.assert_allclose(from_difference(name, np.abs(trace.output - wanted)), costs)


def test_a_cost_that_is_not_recorded_is_quadratic():
    network = load_model().network
    assert cost_of({}, network) == "quadratic"
    assert cost_of({"recipe": {"cost": "guessing"}}, network) == "quadratic"
    assert cost_of({"recipe": {"cost": "cross-entropy"}}, network) == "cross-entropy"


def test_some_of_each_has_the_example_among_all_digits():
    labels = np.arange(200) % 10
    which, place = some_of_each(labels, 40, 193)
    assert which[place] == 193
    assert len(set(which)) == 40
    assert np.bincount(labels[which]).tolist() == [4] * 10


def test_static_does_not_agree_and_a_ramp_does():
    noise = np.random.default_rng(1).normal(size=(28, 28))
    assert abs(agreement(noise)) < 0.15
    assert agreement(np.add.outer(np.arange(28.0), np.arange(28.0))) > 0.99
