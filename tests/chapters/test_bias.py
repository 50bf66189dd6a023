"""Bias: what is said of the line, the bias and the dots is true of what stands there then."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from netglow.netcore.digits import ASSETS
from netglow.netcore.network import relu, sigmoid
from netglow.scenes.facts.squish import SquishFacts
from netglow.scenes.facts.thirteen_thousand import ThirteenThousandFacts
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.flat_neuron import FlatNeuron
from netglow.scenes.props.bias.dot_pile import DotPile
from tests.chapters.facts import bias as again
from tests.chapters.facts.raw import raw_of
from tests.chapters.playing import last_shown

RELU = ASSETS / "models" / "relu.safetensors"
DEFAULT = ASSETS / "models" / "default.safetensors"
CHOICES = [{}, {"model": RELU}, {"digit": 7, "theme": "light"}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven-light"])
def scene(play, request):
    return play("Bias", **request.param)


def at(scene, moment):
    """What is shown at a moment; sections are named without the suffix of their variant."""
    name, when = moment.rsplit(" ", 1)
    names = [section.name for section in scene.sections]
    (played,) = [n for n in names if n == name or n.startswith(f"{name}-")]
    return [t for t in scene.shown if t.moment == f"{played} {when}"]


def texts(scene, moment, word):
    """Those that are no numbers of an axis."""
    return [t for t in at(scene, moment) if t.text == scene.words(word) and t.kind != "tick"]


def middle(thing):
    left, right, bottom, top = thing.box
    return (left + right) / 2, (bottom + top) / 2


def threshold_x(scene, moment):
    """Where the line stands; it is the only upright one in the colour of biases."""
    bias = scene.theme.bias.lower()
    (line,) = [t for t in at(scene, moment) if t.kind == "Line" and t.colour == bias]
    return line.box[0]


def tick_x(scene, moment, text):
    """Where a number stands on the line of the sums: the lowest line of ticks."""
    ticks = [t for t in at(scene, moment) if t.kind == "tick" and t.text == text]
    return middle(min(ticks, key=lambda t: t.box[2]))[0]


def written(value):
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def lit_in(scene, moment, kind="DotPile.activations"):
    """Activations at a moment, of the dots or of the neurons on the curve."""
    (found,) = [t.value for t in at(scene, moment) if t.kind == kind]
    return found


def outcome(scene, z):
    return sigmoid(z) if scene.facts.kind == "sigmoid" else relu(z)


# --- the line, the sum and the bias ---
def test_the_line_stands_at_zero_then_at_what_is_asked_then_at_zero_of_z(scene):
    ask = written(scene.facts.ask)
    middle_x = scene.graph.x.at(0.0)[0]
    assert threshold_x(scene, "the-line end") == pytest.approx(middle_x)
    assert tick_x(scene, "the-line end", "0") == pytest.approx(middle_x, abs=0.01)
    x = threshold_x(scene, "hard-to-please end")
    assert x == pytest.approx(tick_x(scene, "hard-to-please end", ask), abs=0.01)
    assert x > middle_x + 1
    for moment in ("before-squishing", "its-name", "sign-turned"):
        end = f"{moment} end"
        assert threshold_x(scene, end) == pytest.approx(middle_x)
        assert tick_x(scene, end, ask) == pytest.approx(middle_x, abs=0.01)
        assert tick_x(scene, end, "0") < middle_x - 1  # the line went to the left


def test_numbers_stand_at_their_places_on_the_line_of_sums(scene):
    """As it has slid, and back again; nothing is seen beyond the graph."""
    facts = scene.facts
    unit = 6.2 / facts.reach
    for moment, bias in (("its-name end", -facts.ask), ("learned end", 0.0)):
        ticks = [t for t in at(scene, moment) if t.kind == "tick"]
        lowest = min(t.box[2] for t in ticks)
        row = [t for t in ticks if t.box[2] < lowest + 0.1]
        assert len(row) == 2 * round(facts.reach / facts.step) + 1
        for tick in row:
            value = float(tick.text.replace("\N{MINUS SIGN}", "-"))
            assert middle(tick)[0] == pytest.approx((value + bias) * unit, abs=0.02)


def test_only_above_stands_on_the_side_that_lights_up(scene):
    (wish,) = texts(scene, "hard-to-please end", "wish")
    (tint,) = [t for t in at(scene, "hard-to-please end") if t.kind == "Rectangle"]
    assert wish.box[0] > threshold_x(scene, "hard-to-please end")
    assert tint.box[0] < wish.box[0] and wish.box[1] < tint.box[1]
    assert wish.colour == scene.theme.bias.lower()


@pytest.mark.parametrize("section", ["the-line", "before-squishing", "sign-turned"])
def test_neurons_are_lit_as_their_sums_with_the_bias_are(scene, section):
    facts = scene.facts
    bias = 0.0 if section == "the-line" else -facts.ask
    lit = lit_in(scene, f"{section} end", "Neurons.activations")
    np.testing.assert_allclose(lit, outcome(scene, facts.beads + bias))
    line = 0.5 if facts.kind == "sigmoid" else 0.0
    assert ((lit > line + 1e-12) == (facts.beads + bias > 1e-9)).all()


def test_names_stand_above_their_numbers_in_their_colours(scene):
    """z above 0, weighted sum above the sum, bias above the number in brackets."""
    for over, under, role in (
        ("z", "zero", "text"),
        ("sum", "ask", "text"),
        ("bias", "minus", "bias"),
    ):
        names = texts(scene, "its-name end", over)
        values = texts(scene, "its-name end", under)
        name = min(names, key=lambda t: t.box[0])
        value = min(values, key=lambda t: t.box[0])
        assert middle(name)[0] == pytest.approx(middle(value)[0], abs=0.05)
        assert 0 < name.box[2] - value.box[3] < 0.6
        colour = getattr(scene.theme, role).lower()
        assert name.colour == value.colour == colour


def test_the_axes_are_named_after_what_they_measure(scene):
    """z at the graph's, where the line's ten is zero; weighted sum at the line below it."""
    end = "its-name end"
    z = max(texts(scene, end, "z"), key=lambda t: t.box[0])
    total = max(texts(scene, end, "sum"), key=lambda t: t.box[0])
    graph_y, line_y = scene.graph.x.line.get_y(), scene.slid.line.line.get_y()
    assert line_y < total.box[2] < total.box[3] < graph_y < z.box[2]
    zero = max(texts(scene, end, "zero"), key=lambda t: t.box[0])
    assert abs(zero.box[1] - scene.graph.x.at(0.0)[0]) < 0.4 and zero.box[3] < graph_y


def test_the_sign_is_turned_at_the_foot_of_the_line(scene):
    turned = max(texts(scene, "sign-turned end", "ask"), key=lambda t: t.box[0])
    assert turned.colour == scene.theme.bias.lower()
    x = threshold_x(scene, "sign-turned end")
    assert 0 < turned.box[0] - x < 1
    assert not texts(scene, "sign-turned end", "minus_bare")
    assert texts(scene, "sign-turned end", "minus")


def test_half_way_the_line_has_slid_half_way(play_anew):
    """Begin, interpolate: the neuron whose sum is half of what is asked is at zero then."""
    scene = play_anew("Bias")
    facts, slid = scene.facts, scene.slid
    slid.set_bias(0.0)
    first, *others = scene.slide(-facts.ask, 1.0)
    for animation in (first, *others):
        animation._setup_scene(scene)
        animation.begin()
    first.interpolate(0.5)
    np.testing.assert_allclose(slid.beads.activations, sigmoid(facts.beads - facts.ask / 2))
    assert slid.line.at(facts.ask / 2)[0] == pytest.approx(scene.graph.x.at(0.0)[0])
    assert scene.threshold.x == pytest.approx(slid.line.at(facts.ask)[0])


# --- all images ---
@pytest.mark.parametrize("section", ["all-images", "turn-it-up", "learned"])
def test_dial_line_dots_and_count_agree(scene, section):
    facts = scene.facts
    end = next(f"{s.name} end" for s in scene.sections if s.name.startswith(section))
    bias = {"all-images": -facts.ask, "turn-it-up": facts.ask, "learned": facts.bias}[section]
    lit = lit_in(scene, end)
    np.testing.assert_allclose(lit, outcome(scene, facts.sums + bias))
    wanted = int((facts.sums > -bias).sum())
    numbers = [t for t in at(scene, end) if t.kind == "Number"]
    on_dial, count = sorted(numbers, key=lambda t: t.box[0])
    assert on_dial.value == pytest.approx(bias)
    assert on_dial.colour == scene.theme.bias.lower()
    assert count.value == wanted
    (name,), (of,) = texts(scene, end, "bias"), texts(scene, end, "of")
    assert middle(name)[0] == pytest.approx(middle(on_dial)[0], abs=0.1)
    assert count.box[1] == pytest.approx(of.box[1], abs=0.05) and of.box[3] < count.box[2]
    x = threshold_x(scene, end)
    assert x == pytest.approx(scene.slid.line.at(-bias)[0])
    dots = scene.slid.line.at(facts.sums)[:, 0]
    assert (dots > x + 1e-9).sum() == wanted


@pytest.mark.parametrize("section", ["all-images", "turn-it-up", "learned"])
def test_the_image_above_the_line_is_the_one_that_only_just_makes_it(scene, section):
    facts, end = scene.facts, f"{section} end"
    bias = {"all-images": -facts.ask, "turn-it-up": facts.ask, "learned": facts.bias}[section]
    above = [i for i in range(facts.images) if facts.sums[i] > -bias]
    if not above:
        assert not any(t.kind == "PixelImage.values" for t in at(scene, end))
        return
    (face,) = [t for t in at(scene, end) if t.kind == "PixelImage.values"]
    just = min(above, key=lambda i: facts.sums[i])
    np.testing.assert_allclose(face.value, facts.faces[just])
    assert middle(face)[0] == pytest.approx(threshold_x(scene, end), abs=0.01)


def test_every_dot_stands_at_its_sum_before_they_gather(play_anew):
    scene = play_anew("Bias")
    facts, axis = scene.facts, scene.slid.line
    pile = DotPile(facts.sums, axis, scene.theme, 3.9)
    np.testing.assert_allclose(pile.centres()[:, 0], axis.at(facts.sums)[:, 0])
    assert pile.centres()[:, 1].min() > axis.line.get_y()


def test_the_weights_hang_there_while_they_are_spoken_of(scene):
    end = at(scene, "weights-and-bias end")
    (weights,) = [t for t in end if t.kind == "WeightImage.values"]
    np.testing.assert_allclose(weights.value, scene.facts.weights)
    assert not [t for t in end if t.kind == "PixelImage.values"]
    numbers = sorted((t for t in end if t.kind == "Number"), key=lambda t: t.box[0])
    assert [n.value for n in numbers] == pytest.approx([scene.facts.bias, scene.facts.count])


# --- from the chapter before to the next ---
def test_it_begins_with_the_neuron_that_the_chapter_before_ended_with(scene):
    before, facts = SquishFacts.of(scene.story), scene.facts
    flat = last_shown(scene, FlatNeuron)
    assert flat.total == before.sums[before.flat]
    assert (facts.wide_reach, facts.wide_step) == (before.all_reach, before.all_step)
    assert (facts.wide_top, facts.wide_up) == (before.all_top, before.all_up)


def test_it_ends_with_the_neuron_and_only_its_threads_in_the_network(scene):
    facts = scene.facts
    assert facts.neuron == ThirteenThousandFacts.of(scene.story).neuron
    family = scene.get_mobject_family_members()
    (edges,) = [m for m in family if isinstance(m, LayerEdges)]
    light = edges.light.reshape(edges.weights.shape)
    assert (light[facts.neuron] > 0).any()
    assert not np.delete(light, facts.neuron, axis=0).any()
    np.testing.assert_allclose(edges.weights[facts.neuron], facts.weights.ravel())
    layers = [m for m in family if type(m) is Neurons]
    assert [len(layer) for layer in layers] == list(scene.story.network.sizes[1:])
    assert not any(layer.activations.any() for layer in layers)


# --- networks of which the usual words are not true ---
def altered(path, weights, bias):
    """The default network with other neurons in its first layer, all in the same way."""
    with safe_open(str(DEFAULT), "numpy") as file:
        arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        meta = file.metadata()
    arrays["w.0"] = weights(arrays["w.0"])
    arrays["b.0"][:] = bias
    save_file(arrays, str(path), meta)
    return path


@pytest.mark.parametrize(
    ("weights", "bias", "wanted"),
    [
        (lambda w: -np.abs(w), 0.0, {"all-images-none", "learned-zero"}),
        (np.abs, -9.0, {"learned"}),
        (lambda w: 0.05 * w, 0.4, {"all-images", "learned-generous"}),
        (lambda w: 0 * w, -0.3, {"all-images-none", "learned"}),
    ],
    ids=["all-below", "all-above", "small", "dead"],
)
def test_other_neurons(play, tmp_path, weights, bias, wanted):
    path = altered(tmp_path / "model.safetensors", weights, bias)
    scene = play("Bias", model=path)
    table = again.table(raw_of(path))
    played = [section.name for section in scene.sections]
    assert played == again.sections(table)
    assert wanted <= set(played)
    faces = [t for t in at(scene, "all-images end") if t.kind == "PixelImage.values"]
    assert bool(faces) == ("all-images" in played)


def test_light_shines_over_the_image_and_paper_shows_it_on_top(scene):
    kinds = [t.kind.partition(".")[0] for t in at(scene, "one-neuron end")]
    is_over = kinds.index("LayerEdges") > kinds.index("PixelImage")
    assert is_over != scene.theme.is_light
