"""ForwardPass: what its mobjects hold is what netcore computes."""

from itertools import groupby

import numpy as np
import pytest
from manim import tempconfig

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.network import forward
from netglow.netcore.study import facts
from netglow.scenes.engine.writer import ClipWriter
from netglow.scenes.forward_pass import ForwardPass
from netglow.scenes.parts.network.network_pass import NetworkPass
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.stage.captions import load_script
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import DARK, rgb
from tests.chapters.playing import SMALL
from tests.chapters.words import said, texts

RELU = ASSETS / "models" / "relu.safetensors"
SCRIPT = load_script("forward_pass")
STORIES = [{}, {"digit": 7}, {"model": RELU, "digit": 8}]


@pytest.mark.parametrize("choices", STORIES)
def test_the_network_shows_the_trace_of_the_image_in_front_of_it(play, choices):
    scene = play("ForwardPass", **choices)
    network, diagram = scene.story.network, scene.diagram
    trace = forward(network, diagram.pixels.values)
    for i, (edges, neurons) in enumerate(zip(diagram.edges, diagram.neurons, strict=True)):
        np.testing.assert_array_equal(edges.weights, network.w[i])
        np.testing.assert_allclose(edges.contributions, network.w[i] * trace.a[i], atol=1e-12)
        np.testing.assert_allclose(neurons.activations, trace.a[i + 1], atol=1e-9)
    np.testing.assert_allclose(diagram.bars.values, trace.output, atol=1e-9)
    assert diagram.bars.winner == trace.predicted
    assert f"{trace.output.max():.3f}" in texts(scene, scene.sections[-1].name)


def test_all_weights_are_drawn_and_counted(play):
    scene = play("ForwardPass")
    assert sum(len(edges) for edges in scene.diagram.edges) == 12_960
    assert scene.edge_count.value == scene.story.network.edge_count == 12_960


def test_light_starts_only_where_there_is_ink(play):
    edges = play("ForwardPass").diagram.edges[0]
    dark = np.tile(play("ForwardPass").run.trace.a[0] == 0, len(edges.weights))
    assert dark.any()
    assert (edges.glow[dark] == 0).all()
    assert (edges.glow[~dark] > 0).mean() > 0.99


@pytest.mark.parametrize("choices", STORIES)
def test_the_other_examples_are_read_right_and_the_last_one_wrong(play, choices):
    scene = play("ForwardPass", **choices)
    predicted = scene.story.trace.predicted
    shown = [made.trace for made in scene.props_made if isinstance(made, NetworkPass)]
    answers = [trace.predicted for trace in shown[1:4]]
    assert len(shown) == 5 and shown[0] is scene.story.trace
    assert len({predicted, *answers}) == 4
    assert [scene.story.example(digit) for digit in answers] == [
        facts.first_confident(scene.story.network, scene.story.digits, digit) for digit in answers
    ]
    index = facts.first_wrong(scene.story.network, scene.story.digits)
    np.testing.assert_array_equal(scene.run.trace.image, scene.story.digits.images[index])
    assert scene.run.trace.predicted != scene.story.digits.labels[index]
    words = said(scene)
    truth = scene.story.digits.labels[index]
    assert f"The label says {truth}. The network says {scene.run.trace.predicted}." in words


def test_the_accuracy_is_counted_not_quoted(play):
    scene = play("ForwardPass", model=RELU, digit=8)
    digits = scene.story.digits
    right = sum(
        forward(scene.story.network, image).predicted == label
        for image, label in zip(digits.images, digits.labels, strict=True)
    )
    words = said(scene)
    assert f"reads {100 * right / len(digits):.1f} percent" in words


def test_a_network_that_errs_nowhere_is_said_to_be_just_that(play_anew, monkeypatch):
    def none_wrong(*_):
        raise LookupError("every image is answered correctly")

    monkeypatch.setattr(facts, "first_wrong", none_wrong)
    scene = play_anew("ForwardPass", digit=1)
    assert scene.sections[-1].name == "never-wrong"


def test_another_shape_of_network_tells_its_own_story(play, wide):
    scene = play("ForwardPass", model=wide)
    names = [section.name for section in scene.sections]
    assert "the-next-layer" not in names  # there is only one hidden layer
    assert [len(layer) for layer in scene.diagram.neurons] == [32, 10]
    assert scene.edge_count.value == 784 * 32 + 32 * 10


def test_an_own_image_is_answered_but_not_judged(play_anew, tmp_path, monkeypatch):
    from PIL import Image

    digit = (load_digits()[1].images[5] * 255).astype(np.uint8)
    path = tmp_path / "own.png"
    Image.fromarray(255 - np.kron(digit, np.ones((8, 8), np.uint8))).save(path)
    roles, crown = [], Bars.crown

    def noted(bars: Bars, winner: int | None, role: str = "") -> Bars:
        roles.extend([role] if winner is not None else [])
        return crown(bars, winner, role)

    monkeypatch.setattr(Bars, "crown", noted)
    scene = play_anew("ForwardPass", image=path)
    assert scene.story.label is None
    assert [role for role, _ in groupby(roles)] == ["attention", "correct", "wrong"]
    assert roles.count("correct") == 3 * roles.count("attention")


def test_no_frame_has_a_hole(tmp_path):
    """Light only adds: on the dark ground no pixel of any frame is darker than the ground."""
    darkest = []

    class Watching(ClipWriter):
        def write_frame(self, pixels, *, repeat=1):
            darkest.append(pixels[..., :3].sum(axis=2).min())

    settings = SMALL | {
        "frame_rate": 3,
        "media_dir": str(tmp_path),
        "pixel_width": 854,
        "pixel_height": 480,
    }
    with tempconfig(settings):
        scene = type("Watched", (ForwardPass,), {"writer_class": Watching, "script": SCRIPT})
        scene(story=Story.choose(digit=7)).render()
    ground = 255 * rgb(DARK.background).sum()
    assert len(darkest) > 60
    assert min(darkest) >= ground - 4
