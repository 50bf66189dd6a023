"""Layers: words stand at the layers they name; what lights up is what was really caused."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import save_model
from netglow.netcore.network import forward
from netglow.netcore.training import QUICK, train
from netglow.scenes.layers import Layers
from netglow.scenes.parts.network.input_column import IMAGE_SIZE
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.props.layers.listener import LISTENER
from tests.chapters.facts.screen import LOOKS, mark
from tests.chapters.words import said

RELU = {"model": ASSETS / "models" / "relu.safetensors"}
CHOICES = [{}, RELU, {"digit": 7}, RELU | {"digit": 8}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven", "relu-eight"])
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


def at(scene, moment: str, kind: str) -> list:
    return [t for t in scene.shown if t.moment == moment and t.kind == kind]


def text(scene, moment: str, words: str):
    return next(t for t in scene.shown if t.moment == moment and t.text == words)


def columns(scene, moment: str) -> list:
    """The layers at a moment, from left to right."""
    return sorted(at(scene, moment, "Neurons.activations"), key=lambda t: t.box[0])


def looks(neurons: Neurons) -> str:
    """The mark of how neurons look, as the screen's notes have it."""
    return mark([getattr(neurons, name) for name in LOOKS if hasattr(neurons, name)])


def middle(thing) -> float:
    return (thing.box[0] + thing.box[1]) / 2


# --- sizes, sides, names ---
def test_each_size_stands_over_a_column_of_so_many_neurons(scene):
    moment = "the-hidden-layers end"
    sizes = sorted(at(scene, moment, "Number"), key=middle)
    layers = columns(scene, moment)
    assert (
        [n.value for n in sizes]
        == [len(c.value) for c in layers]
        == list(scene.story.network.sizes)
    )
    for size, column in zip(sizes, layers, strict=True):
        assert middle(size) == pytest.approx(middle(column), abs=0.05)
        assert size.box[2] > column.box[3]


def test_the_image_is_on_this_side_and_the_digits_on_the_far_side(scene):
    moment = "the-hidden-layers end"
    layers = columns(scene, moment)
    left, right = (text(scene, moment, scene.words(word)) for word in ("input", "output"))
    assert middle(left) == pytest.approx(middle(layers[0]), abs=0.05)
    assert middle(right) == pytest.approx(middle(layers[-1]), abs=0.05)
    assert middle(left) < -2 and middle(right) > 2
    hidden = [t for t in scene.shown if t.moment == moment and t.text == scene.words("hidden")]
    assert [middle(t) for t in sorted(hidden, key=middle)] == pytest.approx(
        [middle(c) for c in layers[1:-1]], abs=0.05
    )


def test_the_output_that_glows_is_the_one_that_is_named(scene):
    """It is framed, has its digit beside it, and at the end of the sentence its real number."""
    facts, moment = scene.facts, "the-last-layer end"
    outputs = columns(scene, moment)[-1]
    (bars,) = at(scene, moment, "Bars.values")
    np.testing.assert_allclose(outputs.value, scene.story.trace.output, atol=1e-6)
    np.testing.assert_allclose(bars.value, scene.story.trace.output, atol=1e-6)
    y = outputs.mobject.centres()[facts.named, 1]
    digit = text(scene, moment, str(facts.named))
    assert (digit.box[2] + digit.box[3]) / 2 == pytest.approx(y, abs=0.05)
    assert scene.frame.get_center()[1] == pytest.approx(y, abs=0.01)
    assert outputs.colour == looks(Neurons(facts.a[-1], np.zeros((10, 3)), scene.theme))
    assert np.argmax(facts.a[-1]) == facts.named


def test_the_brighter_it_glows_the_longer_is_its_bar(play):
    """Half-way through a dimming both are at the same share; the others have not moved."""
    scene = play("Layers")
    facts, real = scene.facts, scene.facts.a[-1]
    seen = []
    scene.play = lambda *moves, **_: seen.extend(moves)
    scene.columns[-1].set_activations(real)
    scene.bars.set_values(real)
    scene.glow(0.5)
    assert len(seen) == 2
    for move in seen:
        move.begin()
        move.interpolate(1)
    wanted = np.where(np.arange(10) == facts.named, 0.5, 1.0) * real
    np.testing.assert_allclose(scene.columns[-1].activations, wanted, atol=1e-6)
    np.testing.assert_allclose(scene.bars.values, wanted, atol=1e-6)


# --- patterns ---
def test_an_image_causes_its_own_patterns_one_after_the_other(scene):
    """First only the next layer, at the end of the sentence all of them: those of this image."""
    trace = scene.story.trace
    first, then, last = (columns(scene, m) for m in ("patterns 1", "patterns 2", "patterns end"))
    np.testing.assert_allclose(first[0].value, trace.a[0])
    np.testing.assert_allclose(first[1].value, trace.a[1], atol=1e-6)
    assert not any(column.value.any() for column in first[2:])
    for column, numbers in zip(then, trace.a, strict=True):
        np.testing.assert_allclose(column.value, numbers, atol=1e-6)
    again = forward(scene.story.network, scene.facts.other_image)
    for column, numbers in zip(last, again.a, strict=True):
        np.testing.assert_allclose(column.value, np.ravel(numbers), atol=1e-6)
    (image,) = at(scene, "patterns end", "PixelImage.values")
    np.testing.assert_allclose(image.value, scene.facts.other_image)
    assert not np.array_equal(scene.facts.other_image, scene.facts.image)


def test_arrows_point_from_each_layer_to_the_next(scene):
    for arrow, left, right in zip(scene.arrows, scene.stack.xs, scene.stack.xs[1:], strict=False):
        assert left < arrow.get_start()[0] < arrow.get_end()[0] < right


# --- the fan ---
def test_the_fan_reaches_every_pixel(scene):
    fan = next(
        t for t in at(scene, "every-neuron-listens 1", "LayerEdges.weights") if len(t.value) == 1
    )
    ends = fan.mobject.points.reshape(-1, 2, 3)
    facts = scene.facts
    assert len(ends) == facts.inputs == len(np.unique(ends[:, 0].round(6), axis=0))
    image = next(
        t for t in at(scene, "every-neuron-listens 1", "Neurons.activations") if len(t.value) > 100
    )
    assert image.box[3] - image.box[2] > 5  # it stands there large
    edge = IMAGE_SIZE / 28
    for side in (0, 2, 3):  # from the first column and from the top row to the bottom row
        assert fan.box[side] == pytest.approx(image.box[side], abs=edge)
    assert fan.box[1] == pytest.approx(LISTENER[0], abs=0.05)
    assert np.ptp(ends[:, 1], axis=0).max() < 1e-9
    np.testing.assert_array_equal(fan.value[0], scene.story.network.w[0][facts.focus])
    assert (fan.mobject.light[np.abs(fan.value[0]) > 0.1] > 0).all()


def test_blue_speaks_for_it_and_orange_against_it(scene):
    """Words, colours and counts; each kind of edge has the colour of its word."""
    theme, facts = scene.theme, scene.facts
    weights = scene.story.network.w[0][facts.focus]
    speak, oppose = (
        text(scene, "every-neuron-listens end", scene.words(word)) for word in ("for", "against")
    )
    assert speak.colour == theme.positive.lower() and oppose.colour == theme.negative.lower()
    assert speak.text.split()[0] == f"{(weights > 0).sum():,}"
    assert oppose.text.split()[0] == f"{(weights < 0).sum():,}"
    edges = scene.listener.fan
    for mine, colour in ((weights > 0, theme.positive), (weights < 0, theme.negative)):
        wanted = np.tile(theme.light_of(colour), (mine.sum(), 1))
        np.testing.assert_allclose(edges.rgb[mine], wanted)


# --- the whole network ---
def test_the_one_that_holds_a_number_holds_its_own(scene):
    facts = scene.facts
    held = scene.story.trace.a[facts.source_layer][facts.source]
    (number,) = at(scene, "like-a-brain end", "Number")
    assert number.value == pytest.approx(held)
    assert scene.one.disc.activations == pytest.approx([held])
    x, y, _ = scene.diagram.neurons[facts.source_layer - 1].centres()[facts.source]
    middle, radius = scene.one.disc.get_center(), scene.one.disc.halves()[0, 1]
    assert middle[0] == pytest.approx(x) and y - radius < middle[1] <= y + 1e-6


def test_what_is_enlarged_keeps_clear_of_the_heading(scene):
    """Also the topmost neuron, with the halo around it."""
    moment = "like-a-brain end"
    (number,) = at(scene, moment, "Number")
    disc = next(t for t in columns(scene, moment) if len(t.value) == 1)
    words = [scene.words(word) for word in ("rosenblatt", "his", "multilayer")]
    heading = [t for t in scene.shown if t.moment == moment and t.text in words]
    assert len(heading) == 3
    for thing in heading:
        assert thing.box[2] > disc.box[3] + 0.1 > number.box[3]


def test_the_perceptron_stands_under_the_name_of_who_made_it(scene):
    whose, his = (text(scene, "its-name end", scene.words(word)) for word in ("rosenblatt", "his"))
    assert whose.box[2] > his.box[3] and whose.box[0] == pytest.approx(his.box[0], abs=0.05)


def test_what_fires_makes_others_fire_from_the_image_to_the_outputs(scene):
    """The light that runs is weight times activation, and each layer is what it adds up to."""
    trace, network = scene.story.trace, scene.story.network
    sent = at(scene, "like-a-brain 1", "LayerEdges.contributions")
    assert len(sent) == len(network.w)
    for thing, b, z in zip(sent, network.b, trace.z, strict=True):
        np.testing.assert_allclose(thing.value.sum(axis=1) + b, z, atol=1e-6)
    for column, numbers in zip(columns(scene, "like-a-brain 1"), trace.a, strict=True):
        np.testing.assert_allclose(column.value, numbers, atol=1e-6)


def test_no_layer_is_lit_before_the_one_that_lights_it(play_anew, monkeypatch):
    """The image first, then layer by layer."""
    lit, tell = [], Layers.like_a_brain

    def told(self):
        play = self.play

        def noted(*moves, **options):
            play(*moves, **options)
            lit.append([bool(layer.activations.any()) for layer in self.diagram.neurons])

        self.play = noted
        tell(self)
        self.play = play

    monkeypatch.setattr(Layers, "like_a_brain", told)
    play_anew("Layers")
    assert lit[0] == [False] * len(lit[0]) and all(lit[-1])
    assert all(row == sorted(row, reverse=True) for row in lit)


def test_it_ends_with_the_network_at_rest_where_the_next_chapter_begins(scene):
    made = NetworkDiagram(scene.story.network, scene.theme)
    shown = at(scene, "what-happens end", "LayerEdges.weights")
    assert len(shown) == len(made.edges)
    for thing, edges in zip(shown, made.edges, strict=True):
        np.testing.assert_array_equal(thing.value, edges.weights)
        np.testing.assert_allclose(thing.mobject.light, edges.light)
        np.testing.assert_allclose(thing.mobject.points, edges.points, atol=1e-6)
        assert not thing.mobject.glow.any()
    for thing, neurons in zip(columns(scene, "what-happens end"), made.neurons, strict=True):
        assert not thing.value.any()
        np.testing.assert_allclose(thing.mobject.centres(), neurons.centres(), atol=1e-6)
    (image,) = at(scene, "what-happens end", "PixelImage.values")
    assert not image.value.any()
    np.testing.assert_allclose(image.mobject.centres(), made.pixels.centres(), atol=1e-6)
    assert isinstance(scene.diagram.bars, Bars) and not scene.diagram.bars.values.any()


# --- other networks ---
def test_hidden_layers_of_several_sizes(play, other):
    scene = play("Layers", model=other(12, 8, 14))
    names = [mark.name for mark in scene.sections]
    assert "the-hidden-layers-unequal" in names and "why-this-size-other" in names
    assert "3 of them, with 12, 8 and 14 neurons." in said(scene)


def test_a_network_without_hidden_layers_is_a_perceptron(play, other):
    scene = play("Layers", model=other())
    names = [mark.name for mark in scene.sections]
    assert "its-name-single" in names and not [n for n in names if "hidden" in n or "size" in n]
    assert "multilayer" not in said(scene).lower() and "hidden" not in said(scene).lower()
    assert scene.facts.source_layer == 1
