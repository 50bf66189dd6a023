"""OneBigFunction: real activations in and out, and ten outputs that are no shares of a whole."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.netcore.model import save_model
from netglow.netcore.network import forward, forward_batch
from netglow.netcore.study.two_lit import most_divided, places_that_total, ranked
from netglow.netcore.training import QUICK, train
from netglow.scenes.one_big_function import OneBigFunction
from netglow.scenes.props.one_big_function.sum_tower import SumTower
from tests.chapters import checks
from tests.chapters.playing import last_shown
from tests.chapters.words import said

RELU = "assets/models/relu.safetensors"
CHOICES = ({}, {"model": RELU}, {"digit": 7, "theme": "light"})


def trained(path, **changes):
    save_model(path, train(*load_digits(), QUICK.with_changes(epochs=1, **changes)))
    return path


@pytest.fixture(params=[*CHOICES, "wide"], ids=["default", "relu", "seven-light", "wide"])
def scene(request, play):
    if request.param == "wide":
        return play("OneBigFunction", model=request.getfixturevalue("wide"))
    return play("OneBigFunction", **request.param)


def outputs_of(scene) -> np.ndarray:
    return forward_batch(scene.story.network, scene.story.digits.images).output


def numbers_in(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"\d+\.\d+", text)]


def test_the_neuron_takes_the_layer_before_and_gives_its_activation(scene):
    network, last = scene.story.network, scene.others[-1]
    trace = forward(network, last.image)
    np.testing.assert_allclose([n.value for n in scene.inputs], trace.a[scene.layer], atol=1e-9)
    assert len(scene.inputs) == network.w[scene.layer].shape[1]
    assert scene.big.value == pytest.approx(trace.a[scene.layer + 1][scene.k], abs=1e-9)
    np.testing.assert_allclose(scene.edges.weights, network.w[scene.layer][[scene.k]])


def test_other_digits_change_what_the_neuron_gives(scene):
    a = [t.a[scene.layer + 1][scene.k] for t in (scene.story.trace, *scene.others)]
    assert abs(a[0] - a[1]) > 0.2
    assert abs(a[1] - a[2]) > 0.2


def test_the_bars_rise_to_the_outputs_of_the_image_before_them(play_anew, monkeypatch):
    images, run_through = [], OneBigFunction.run_through

    def checked(scene: OneBigFunction, *args: Any, **kwargs: Any) -> None:
        run_through(scene, *args, **kwargs)
        image = scene.diagram.pixels.values
        images.append(image.tobytes())
        output = forward(scene.story.network, image).output
        np.testing.assert_allclose(scene.output.bars.values, output, atol=1e-9)

    monkeypatch.setattr(OneBigFunction, "run_through", checked)
    play_anew("OneBigFunction")
    assert len(set(images)) == len(images) == 4


def test_the_divided_image_is_the_one_with_the_highest_second_output(scene):
    outputs = outputs_of(scene)
    second = np.sort(outputs, axis=1)[:, -2]
    assert second[scene.index] == second.max()
    name = "two-light-up" if second.max() > 0.5 else "two-light-up-one"
    assert scene.sections[-1].name == name
    assert f"test image {scene.index}: {scene.story.digits.labels[scene.index]}" == (
        scene.source.original_text.replace("\N{NO-BREAK SPACE}", " ")
    )


def test_bars_numbers_and_tower_are_its_outputs(scene):
    output = forward(scene.story.network, scene.story.digits.images[scene.index]).output
    np.testing.assert_allclose(scene.output.bars.values, output, atol=1e-9)
    np.testing.assert_allclose([n.value for n in scene.output.numbers], output, atol=1e-9)
    assert all(n[0].get_fill_opacity() == 1 for n in scene.output.numbers)
    tower = last_shown(scene, SumTower)
    pieces = tower.pieces
    np.testing.assert_allclose(tower.values, output, atol=1e-9)
    np.testing.assert_allclose(2 * pieces.halves()[:, 1], output * tower.unit, atol=0.04)
    top = pieces.centres()[-1, 1] + pieces.halves()[-1, 1]
    assert top == pytest.approx(tower.axis.at(output.sum())[1], abs=0.03)
    assert tower.total.value == pytest.approx(output.sum())


def test_the_rounded_numbers_add_up_to_the_rounded_sum(scene):
    added = sum(float(n.text_of(n.value)) for n in scene.output.numbers)
    total = last_shown(scene, SumTower).total
    assert round(added, 2) == float(total.text_of(total.value))


def test_what_is_said_of_the_two_is_true(scene):
    output = outputs_of(scene)[scene.index]
    one, other = ranked(output)
    first, second, total = numbers_in(said(scene, "two-light-up"))[:3]
    assert (first, second) == (round(output[one], scene.places), round(output[other], scene.places))
    assert total == round(output.sum(), 2)
    assert f"for the {one}" in said(scene, "two-light-up")


def test_the_range_of_the_sums_is_counted_over_all_images(scene):
    sums = outputs_of(scene).sum(axis=1)
    texts = [thing.text for thing in scene.section_ends[scene.sections[-1].name][0]]
    assert f"sums from {sums.min():.2f}" in texts and f"to {sums.max():.2f}" in texts


def test_the_size_of_the_function_is_that_of_the_network(scene):
    network, words = scene.story.network, said(scene, "the-network")
    assert f"{network.sizes[0]:,} numbers in, {network.sizes[-1]} numbers out" in words
    assert f"{network.parameter_count:,} weights and biases" in words


def test_a_network_that_is_never_sure_of_two_is_said_to_be_so(play, tmp_path):
    weak = trained(tmp_path / "weak.safetensors", lr=0.003)
    scene = play("OneBigFunction", model=weak)
    two = (np.sort(outputs_of(scene), axis=1)[:, -2] > 0.5).any()
    assert scene.sections[-1].name == ("two-light-up" if two else "two-light-up-one")
    assert not two, "the network of this test is meant to be weaker"


def test_places_and_ranks():
    assert most_divided(np.array([[0.9, 0.1, 0.0], [0.4, 0.6, 0.5], [0.7, 0.4, 0.4]])) == 1
    assert ranked(np.array([0.1, 0.7, 0.9])) == (2, 1)
    assert places_that_total(np.array([0.5, 0.25])) == 2
    values = np.array([0.004, 0.004, 0.004])  # 0.00 three times would not make 0.01
    assert places_that_total(values) == 3


def test_pictures_are_in_order(scene):
    assert checks.disorder(scene.section_ends) == []
