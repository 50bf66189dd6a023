"""ReLU: what is said of an end, a step, a layer, a run or a year stands there."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS
from netglow.netcore.model import Model, save_model
from netglow.netcore.network import Network
from netglow.scenes.facts.learning import LearningFacts
from netglow.scenes.facts.relu import ReLUFacts
from netglow.scenes.parts.images.dare_won import DareWon
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.stage.story import Story
from tests.chapters import checks
from tests.chapters.playing import last_shown
from tests.chapters.words import said

CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7, "theme": "light"}]
FUNCTIONS = {
    "closing-deep": ("sigmoid",) * 4,
    "closing-mixed": ("sigmoid", "relu", "sigmoid"),
    "closing-none": ("sigmoid",),
}


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven-light"])
def scene(play, request):
    return play("ReLU", **request.param)


def at(scene, moment, kind):
    return [t for t in scene.shown if t.moment == moment and t.kind == kind]


def text_at(scene, moment, text):
    (found,) = [t for t in scene.shown if t.moment == moment and t.text == text]
    return found


def middle(thing):
    left, right, bottom, top = thing.box
    return np.array([(left + right) / 2, (bottom + top) / 2])


def section(scene, stem):
    return next(s.name for s in scene.sections if s.name.startswith(stem))


# --- where it begins ---
@pytest.mark.parametrize("model", [None, "bare"])
def test_it_begins_with_the_last_picture_of_learning(request, model):
    story = Story.choose(model=request.getfixturevalue(model)) if model else Story.choose()
    before, mine = LearningFacts.of(story), ReLUFacts.of(story)
    np.testing.assert_array_equal(mine.picture, before.image)
    np.testing.assert_array_equal(mine.weights, before.snapshots[-1])


def test_the_example_is_at_the_left_and_the_program_at_the_right(scene):
    won = last_shown(scene, DareWon)
    assert won.picture.get_right()[0] < won.page.get_left()[0]
    np.testing.assert_array_equal(won.picture.values, scene.facts.picture)
    np.testing.assert_array_equal(won.weights.values, scene.facts.weights)


# --- in and out ---
def test_a_step_is_as_long_on_both_axes(scene):
    for graph in scene.graphs.values():
        units = [np.linalg.norm(axis.at(1.0) - axis.at(0.0)) for axis in (graph.x, graph.y)]
        assert units[0] == pytest.approx(units[1])


def ways(scene, moment):
    """Length of the step in, below the curve, and of what comes out, on the upright axis."""
    theme = scene.theme
    lines = [t for t in at(scene, moment, "Line") if t.mobject.stroke_width == 14]
    (into,) = [t for t in lines if t.colour == theme.text.lower()]
    (out,) = [t for t in lines if t.colour == theme.positive.lower()]
    assert into.box[2] == pytest.approx(into.box[3])  # level, and on the axis of the sums
    assert out.box[0] == pytest.approx(out.box[1], abs=1e-6) and abs(out.box[0]) < 1e-6
    return into.box[1] - into.box[0], out.box[3] - out.box[2]


def test_hardly_anything_comes_out_at_the_end_and_a_quarter_in_the_middle(scene):
    flat = section(scene, "flat-ends")
    into, out = ways(scene, f"{flat} 1")
    assert 0 < out < 0.05 * into
    into, out = ways(scene, f"{flat} end")
    assert 0.2 * into < out <= 0.25 * into


def test_with_relu_all_of_it_comes_out(scene):
    into, out = ways(scene, f"{section(scene, 'off-or-on')} end")
    assert out == pytest.approx(into)


def test_the_dial_is_named_at_the_dial_and_the_light_at_the_lamp(scene):
    for stem, lamp in (("flat-ends", 0.5), ("off-or-on", scene.facts.on)):
        moment = f"{section(scene, stem)} end"
        (dial,) = at(scene, moment, "Dials.values")
        (large,) = [t for t in at(scene, moment, "Neurons.activations") if t.box[1] - t.box[0] > 1]
        assert large.value == pytest.approx([lamp])
        for thing, word in ((dial, "dial"), (large, "lamp")):
            name = text_at(scene, moment, scene.words(word))
            assert 0 < name.box[2] - thing.box[3] < 0.5
            assert abs(middle(name)[0] - middle(thing)[0]) < 0.1


def test_below_zero_stands_out_first_and_then_above(scene):
    """And once more below, when it is said that the left half is flat."""
    bold = [m for m in scene.props_shown if isinstance(m, Curve) and m.stroke_width == 18]
    sides = [np.sign(curve.x.mean()) for curve in dict.fromkeys(bold)]
    assert sides == [-1, 1, -1]


# --- the whisper ---
def test_the_light_is_how_far_neurons_move_and_dies_with_the_s_alone(scene):
    facts, full = scene.facts, scene.facts.full
    for kind, moved in (("sigmoid", facts.s_moved), ("relu", facts.relu_moved)):
        for neurons, change in zip(scene.nets[kind].columns, moved, strict=True):
            np.testing.assert_allclose(neurons.activations, change / full)
    whole = {k: [m.sum() for m in getattr(facts, f"{k}_moved")] for k in ("s", "relu")}
    assert (np.diff(whole["s"]) < 0).all()
    assert whole["s"][-1] < 0.01  # next to nothing arrives
    assert whole["relu"][-1] > 0.1  # passed along
    brightest = [m.max() / full for m in facts.s_moved]
    assert brightest[-1] < 0.05 and facts.relu_moved[-1].max() / full > 0.3  # seen as well


def test_only_the_turned_neuron_shines_in_the_first_layer(scene):
    for net in scene.nets.values():
        lit = np.flatnonzero(net.columns[0].activations)
        assert lit.tolist() == [scene.facts.neuron]
        np.testing.assert_allclose(
            net.wire.get_end()[1], net.columns[0].centres()[scene.facts.neuron][1], atol=0.05
        )


def test_in_every_layer_some_neurons_are_on(scene):
    """Of the ReLU network as it begins, for practically every digit."""
    a = scene.story.digits.images.reshape(len(scene.story.digits), -1)
    for w in scene.facts.relu_weights[:-1]:
        a = np.maximum(a @ w.T, 0)
        assert (a > 0).any(axis=1).mean() > 0.99


def test_the_curve_above_each_network_is_its_own(scene):
    for moment, kind in (("whispered end", "sigmoid"), ("passed-on end", "relu")):
        colour = {"sigmoid": scene.theme.text, "relu": scene.theme.attention}[kind]
        (curve,) = at(scene, moment, "Curve")
        assert curve.colour == colour.lower()
        (edges,) = [
            t
            for t in at(scene, moment, "LayerEdges.weights")
            if t.value.shape == scene.facts.s_weights[0].shape
        ]
        weights = {"sigmoid": scene.facts.s_weights, "relu": scene.facts.relu_weights}[kind]
        np.testing.assert_array_equal(edges.value, weights[0])


# --- the race ---
def test_every_run_has_its_own_name_number_and_colour(scene):
    facts, theme = scene.facts, scene.theme
    for moment, epoch in (("the-race 2", facts.early), ("the-race end", facts.epochs)):
        for word, runs, colour in (
            ("relu", facts.relu_runs, theme.attention),
            ("sigmoid", facts.s_runs, theme.text),
        ):
            name = text_at(scene, moment, scene.words(word))
            near = [
                t
                for t in at(scene, moment, "Number")
                if 0 < middle(name)[1] - middle(t)[1] < 1.0 and t.box[0] > 3
            ]
            (number,) = near
            assert number.value == pytest.approx(100 * runs[0][epoch])
            assert name.colour == number.colour == colour.lower()
    for curve, runs, colour in zip(
        scene.runs.curves,
        (facts.relu_runs, facts.s_runs),
        (theme.attention, theme.text),
        strict=True,
    ):
        np.testing.assert_allclose(curve.values, 100 * runs[0])
        assert curve.line.get_color().to_hex().lower() == colour.lower()
    thin = [c.values / 100 for c in scene.runs.thin]
    np.testing.assert_allclose(thin, [*facts.relu_runs[1:], *facts.s_runs[1:]])


def test_what_is_said_of_the_race_is_true_of_every_random_start(scene):
    facts = scene.facts
    early, end = facts.early, facts.epochs
    assert (facts.s_runs[:, early] < 0.13).all()  # still guessing
    assert (facts.relu_runs[:, early] > 0.8).all()
    assert (facts.s_runs[:, end] > 0.85).all()  # it does wake up
    assert (np.abs(facts.relu_runs[:, end] - facts.s_runs[:, end]) < 0.06).all()  # close
    assert (facts.s_runs[:, 2 * early] < facts.relu_runs[:, 1]).all()  # it takes its time


# --- the story ---
def test_years_stand_where_they_are_and_names_at_their_years(scene):
    past, facts, moment = scene.past, scene.facts, "its-own-shape end"
    years = [facts.first_year, *facts.decades, facts.then_year]
    xs = [middle(text_at(scene, moment, str(year)))[0] for year in years]
    assert xs == sorted(xs)
    for year, x in zip(years[1:], xs[1:], strict=True):
        assert x == pytest.approx(past.at(year)[0], abs=0.05)
    first = text_at(scene, moment, scene.words("first"))
    then = text_at(scene, moment, scene.words("then").split("\n")[0])
    assert first.box[1] < middle(text_at(scene, moment, str(facts.then_year)))[0] < then.box[0]
    assert first.box[0] == pytest.approx(past.at(facts.first_year)[0], abs=0.1)
    heights = [past.at(year)[1] for year in (*years, past.end)]
    assert np.ptp(heights[:-1]) < 1e-9 and heights[-1] > heights[0] + 3  # flat, then not


def test_names_come_with_their_years(scene):
    before = [t.text for t in scene.shown if t.moment == "its-own-shape 1"]
    assert scene.words("first") in before and str(scene.facts.first_year) in before
    assert str(scene.facts.then_year) not in before
    assert scene.words("then").split("\n")[0] not in before


# --- the end ---
def test_it_ends_with_our_own_network_about_to_read_the_image(scene):
    """The next chapter lets it; here it is dark."""
    family = scene.get_mobject_family_members()
    edges = [m for m in family if isinstance(m, LayerEdges)]
    assert [e.weights.shape for e in edges] == [w.shape for w in scene.story.network.w]
    for layer, w in zip(edges, scene.story.network.w, strict=True):
        np.testing.assert_array_equal(layer.weights, w)
    neurons = [m for m in family if isinstance(m, Neurons)]
    assert len(neurons) == len(edges) and not any(layer.activations.any() for layer in neurons)


def test_the_whisper_in_our_own_network_is_its_own_and_arrives(scene):
    """Where that is said; as the network began, with the same light as in the deep ones."""
    facts = scene.facts
    if scene.ending():
        pytest.skip("not said of this network")
    np.testing.assert_array_equal(
        facts.own_weights[0], scene.story.model.checkpoints[0].network.w[0]
    )
    for layer, w in zip(scene.own.edges, facts.own_weights, strict=True):
        np.testing.assert_array_equal(layer.weights, w)
    for neurons, change in zip(scene.own.columns, facts.own_moved, strict=True):
        np.testing.assert_allclose(neurons.activations, change / facts.full)
    assert facts.own_moved[-1].max() > 20 * facts.s_moved[-1].max()
    shown = [t.text for t in scene.shown if t.moment == "closing 1"]
    assert any(f"{facts.full:.0%}" in (text or "") for text in shown)


def test_where_nothing_arrives_that_is_not_said(play):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("netglow.scenes.facts.relu.ARRIVES", 1e9)
        scene = play("ReLU", index=5)  # nobody else's: what was played is kept
    assert scene.sections[-1].name == "closing-faint"
    assert "arrives" not in said(scene, "closing-faint")
    assert checks.disorder(scene.section_ends) == []


def test_both_learn_more_briefly_than_our_own_network_where_that_is_said(scene):
    from netglow.netcore.study import depth

    name, meta = section(scene, "the-race"), scene.story.model.meta
    briefer = meta["epochs_done"] >= 5 * depth.RECIPE.epochs
    assert briefer == (name == "the-race")
    if briefer:
        numbers = f"{scene.facts.epochs} passes, where our own network had"
        assert f"{numbers} {meta['epochs_done']:,}" in said(scene, name)


def test_a_network_that_does_not_tell_how_long_it_learned_is_not_compared(play, bare):
    assert "the-race-only" in [s.name for s in play("ReLU", model=bare).sections]


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """Networks whose hidden layers are unlike the usual ones, untrained."""
    rng, made = np.random.default_rng(0), {}
    for name, functions in FUNCTIONS.items():
        sizes = (784, *(12,) * (len(functions) - 1), 10)
        w = [rng.normal(0, 0.1, (n, m)) for m, n in zip(sizes[:-1], sizes[1:], strict=True)]
        network = Network(w, [np.zeros(n) for n in sizes[1:]], functions)
        made[name] = tmp_path_factory.mktemp("odd") / f"{name}.safetensors"
        save_model(made[name], Model(network))
    return made


@pytest.mark.parametrize("ending", FUNCTIONS)
def test_other_networks_have_an_ending_of_their_own(play, odd, ending):
    scene = play("ReLU", model=odd[ending])
    assert scene.sections[-1].name == ending
    mine = section(scene, "one-confession")
    assert mine == ("one-confession" if ending == "closing-deep" else "one-confession-other")
    if ending == "closing-deep":
        assert "through 3 hidden layers" in said(scene, ending)
    assert checks.disorder(scene.section_ends) == []


def test_nothing_is_said_of_how_well_our_own_network_reads(scene):
    """It was trained in another way, so its numbers do not compare with those of the deep ones."""
    percents = [word for s in scene.sections for word in said(scene, s.name).split() if "%" in word]
    assert percents == [f"{scene.facts.relu_early:.0%}"]


def test_pictures_are_in_order(scene):
    assert checks.disorder(scene.section_ends) == []
