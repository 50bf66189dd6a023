"""ThirteenThousand: left and right, random and trained, before and after, each in its place."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import save_model
from netglow.netcore.training import QUICK, train
from netglow.scenes.facts.thirteen_thousand import ThirteenThousandFacts, compared_to_guessing
from netglow.scenes.props.thirteen_thousand.dial_wall import DialWall
from netglow.scenes.props.thirteen_thousand.score import Score
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import THEMES
from tests.chapters import checks
from tests.chapters.facts import thirteen_thousand as again
from tests.chapters.facts.raw import raw_of
from tests.chapters.words import said

RELU = ASSETS / "models" / "relu.safetensors"


@pytest.fixture(scope="module")
def shallow(tmp_path_factory):
    """A network of one layer of weights."""
    path = tmp_path_factory.mktemp("model") / "shallow.safetensors"
    save_model(path, train(*load_digits(), QUICK.with_changes(hidden=(), epochs=1)))
    return path


@pytest.fixture(scope="module")
def deep(tmp_path_factory):
    """Three hidden layers, so few neurons that an hour is enough."""
    path = tmp_path_factory.mktemp("model") / "deep.safetensors"
    save_model(path, train(*load_digits(), QUICK.with_changes(hidden=(4, 3, 4), epochs=1)))
    return path


@pytest.fixture(
    scope="module", params=["default", "relu", "light", "wide", "shallow", "deep", "bare"]
)
def scene(request, play):
    choices = {
        "default": {},
        "relu": {"model": RELU, "digit": 8},
        "light": {"digit": 7, "theme": "light"},
    }
    if request.param in choices:
        return play("ThirteenThousand", **choices[request.param])
    return play("ThirteenThousand", model=request.getfixturevalue(request.param))


def texts(scene, moment):
    """What stands there, by its text: (left, right, bottom, top) and colour."""
    return {t.text: (t.box, t.colour) for t in scene.shown if t.moment == moment and t.text}


def numbers(scene, moment):
    """(value, colour, box) of all numbers."""
    return [
        (t.value, t.colour, t.box) for t in scene.shown if t.moment == moment and t.kind == "Number"
    ]


def walls(scene):
    """Moment to what the wall showed then."""
    return {t.moment: t.value for t in scene.shown if t.kind == "DialWall.values"}


# --- counted ---
def test_every_layer_is_counted_above_its_edges_and_the_counts_add_up(scene):
    sizes = scene.story.network.sizes
    layers = [
        t.box
        for t in scene.shown
        if t.moment == "one-neuron 1" and t.kind in ("PixelImage.values", "Neurons.activations")
    ]
    assert len(layers) == len(sizes)
    for i, product in enumerate(scene.products):
        assert checks.text_of(product.terms) == f"{sizes[i]:,} × {sizes[i + 1]:,}"
        assert product.count.value == sizes[i] * sizes[i + 1]
        assert layers[i][1] < product.get_x() < layers[i + 1][0]
    weights, biases, total = (number.value for number in scene.ledger.numbers)
    assert weights == sum(product.count.value for product in scene.products)
    assert biases == sum(sizes[1:]) and total == weights + biases


def test_it_begins_with_one_neuron_and_ends_the_sentence_with_all(scene):
    """At the first sentence only one neuron's threads have light; later all have."""
    facts = scene.facts
    edges = [t for t in scene.shown if t.kind == "LayerEdges.weights"]
    first = next(t for t in edges if t.moment == "one-neuron end")
    assert first.value.shape == (facts.units, facts.inputs)
    values = {t.moment: [n for n, _, _ in numbers(scene, t.moment)] for t in edges}
    assert facts.inputs in values["one-neuron 1"] and facts.first not in values["one-neuron 1"]
    assert facts.first in values["one-neuron end"]


def test_weights_and_biases_have_their_own_words_and_colours(scene):
    end = next(s.name for s in scene.sections if s.name.startswith("the-rest")) + " end"
    found, theme = texts(scene, end), scene.theme
    for word, value, role in (("weights", "weights", "text"), ("biases", "biases", "bias")):
        box, colour = found[scene.words(word)]
        assert colour == getattr(theme, role).lower()
        beside = [
            v for v, _, b in numbers(scene, end) if b[1] < box[0] and abs(b[2] - box[2]) < 0.1
        ]
        assert beside == [getattr(scene.facts, value)]


# --- left and right ---
def test_left_takes_away_and_right_adds(scene):
    """The large dial: words, signs and needle on their sides; then the legend of the wall."""
    theme = scene.theme
    minus, zero, plus = scene.big.marks
    assert minus.get_x() < zero.get_x() < plus.get_x()
    found = texts(scene, "dials 1")
    takes, adds = found[scene.words("takes")], found[scene.words("adds")]
    assert takes[1] == theme.negative.lower() and adds[1] == theme.positive.lower()
    assert takes[0][1] < minus.get_x() and adds[0][0] > plus.get_x()
    legend = texts(scene, "dials end")
    left, right = legend["left: takes away"], legend["right: adds"]
    assert left[0][1] < right[0][0]
    assert (left[1], right[1]) == (theme.negative.lower(), theme.positive.lower())


def test_the_large_dial_shows_its_weight_in_the_colour_of_its_sign(scene):
    facts, theme = scene.facts, scene.theme
    w = scene.story.network.w[0]
    row, column = facts.dial_row - 1, facts.dial_column - 1
    weight = w[facts.dial_neuron - 1].reshape(28, 28)[row, column]
    role = theme.positive if weight >= 0 else theme.negative
    assert (pytest.approx(weight), role.lower()) in [
        (value, colour) for value, colour, _ in numbers(scene, "dials 1")
    ]


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_turning_the_large_dial_moves_needle_number_and_colour_together(scene, share):
    big, theme = scene.big, scene.theme
    end, value = scene.facts.dial_end, scene.facts.dial_value
    for goal in (-end, end, value):
        before = big.number.value
        turn = scene.turn_big(goal)
        turn.begin()
        turn.interpolate(share)
        now = big.number.value
        assert now == pytest.approx(before + share * (goal - before), abs=1e-6)
        assert big.dial.values == pytest.approx([now])
        tail, tip = big.dial.needles.points
        assert np.sign(tip[0] - tail[0]) == np.sign(round(now, 9))
        assert big.number.colour == (theme.positive if now >= 0 else theme.negative)


# --- the wall ---
def test_the_wall_stands_as_the_network_then_at_random_then_as_training_left_it(scene):
    facts, at = scene.facts, walls(scene)
    random = next(s.name for s in scene.sections if s.name.startswith("at-random"))
    by_hand = next(s.name for s in scene.sections if s.name.startswith("one-second"))
    trained = scene.sections[-2].name
    np.testing.assert_allclose(at["dials end"], facts.values)
    turned = at["by-hand end"]
    assert np.count_nonzero(turned) == 4 and not turned[4:].any()
    np.testing.assert_allclose(at[f"{by_hand} 1"], facts.hand)
    assert not at[f"{random} 1"].any()
    np.testing.assert_allclose(at[f"{random} 2"], facts.throws[0])
    np.testing.assert_allclose(at[f"{random} end"], facts.throws[2])
    if facts.checkpoints:
        np.testing.assert_allclose(at[f"{trained} 1"], facts.steps[0], atol=1e-6)
    np.testing.assert_allclose(at[f"{trained} end"], facts.values, atol=1e-6)
    np.testing.assert_allclose(at["learning end"], facts.values, atol=1e-6)
    # nobody's hand finds what training finds
    for row in (facts.hand, *facts.throws):
        assert abs(np.corrcoef(row, facts.values)[0, 1]) < 0.1


def test_the_score_is_that_of_the_dials_beside_it(scene, tmp_path):
    """Whatever the wall shows when a percentage stands above it, that is what it reads rightly."""
    path = tmp_path / "model.safetensors"
    save_model(path, scene.story.model)
    raw, compared = raw_of(model=path), 0
    for moment, row in walls(scene).items():
        percents = [value for value, _, box in numbers(scene, moment) if box[0] > 4]
        if percents and moment.startswith(("at-random", "by-examples", "learning")):
            right = again.read_rightly(raw, *again.apart(raw, row))
            assert percents == pytest.approx([100 * right], abs=0.05)
            compared += 1
    assert compared >= 4


def test_guessing_stands_at_its_place_on_the_bar(scene):
    score, facts = scene.score, scene.facts
    assert isinstance(score, Score)
    left, right = score.bar.sides()[0, 1][0], score.bar.sides()[0, 0][0]
    assert score.line.get_x() == pytest.approx(left + facts.chance * (right - left))
    score.set_share(facts.chance)
    assert score.bar.sides()[1, 0][0] == pytest.approx(score.line.get_x())
    score.set_share(facts.after)
    words = [checks.text_of(text) for text in checks.texts_in(score.guess)]
    assert words == [scene.words("guessing")]


# --- time ---
def test_the_watch_shows_a_second_for_every_dial(scene):
    facts = scene.facts
    s, m, h = (number.value for number in scene.watch.numbers)
    assert 3600 * h + 60 * m + s == facts.total
    assert (h, m) == (facts.hours, facts.minutes)
    x = [number.get_x() for number in scene.watch.numbers]
    assert x[0] > x[1] > x[2]  # hours stand to the left of minutes, they to the left of seconds


def test_how_long_it_takes_is_said_as_one_says_it(scene):
    told, facts = said(scene), scene.facts
    if facts.hours > 1 and facts.minutes > 1:
        assert f"{facts.hours} hours and {facts.minutes} minutes" in told
    elif facts.hours == 1:
        assert "more than an hour" in told
    elif not facts.hours:
        assert f"{facts.minutes} minutes" in told
    assert " 1 hours" not in told and " 1 minutes" not in told and " 0 hours" not in told


@pytest.mark.parametrize(
    ("total", "kind"),
    [
        (13_002, "one-second"),
        (7_200, "one-second-hours"),
        (7_319, "one-second-hours"),
        (7_199, "one-second-hour"),
        (3_600, "one-second-hour"),
        (3_599, "one-second-minutes"),
    ],
)
def test_hours_and_minutes(total, kind):
    t = {"hours": total // 3600, "minutes": total // 60 % 60}
    t |= {"layers": 2, "compared": "alike", "checkpoints": 3}
    assert kind in again.sections(t)


# --- variants ---
def test_depth_and_record_choose_the_words(scene):
    depth, names = len(scene.story.network.w), [s.name for s in scene.sections]
    wanted = {1: "the-rest-none", 2: "the-rest-one", 3: "the-rest"}.get(depth, "the-rest-deep")
    assert wanted in names
    recorded = len(scene.story.model.checkpoints) > 1
    assert ("by-examples" in names) == recorded
    assert (f"{len(scene.story.model.checkpoints)} saved" in shown_texts(scene)) == recorded


def shown_texts(scene):
    return " ".join(t.text for t in scene.shown if t.text)


@pytest.mark.parametrize(
    ("above", "word"), [(0.0, "alike"), (0.029, "alike"), (0.031, "better"), (-0.031, "worse")]
)
def test_luck_has_a_word_only_where_there_was_some(above, word):
    assert compared_to_guessing(above) == word
    t = {"hours": 3, "minutes": 36, "layers": 3, "checkpoints": 12, "compared": word}
    assert again.sections(t)[5] == "at-random" + ("" if word == "alike" else f"-{word}")


# --- half-way ---
def test_the_replay_goes_through_every_checkpoint():
    story = Story.choose()
    facts, network = ThirteenThousandFacts.of(story), story.network
    wall = DialWall(network.w, network.b, facts.ends, (28, 28), THEMES["dark"], 13, 6)
    score = Score(facts.chance, ("a", "b"), -1, 6, 3, THEMES["dark"])
    turn = wall.follow(facts.steps, rate_func=lambda t: t)
    grow = score.follow(facts.step_shares, rate_func=lambda t: t)
    last = facts.checkpoints - 1
    for i, (row, share) in enumerate(zip(facts.steps, facts.step_shares, strict=True)):
        for animation in (turn, grow):
            animation.begin()
            animation.interpolate(i / last)
        np.testing.assert_allclose(wall.values, row, atol=1e-9)
        assert score.number.value == pytest.approx(100 * share, abs=1e-4)
    turn.interpolate(0.5 / last)
    np.testing.assert_allclose(wall.values, (facts.steps[0] + facts.steps[1]) / 2)
    grow.interpolate(0.5 / last)  # nothing is claimed of what lies between two saved steps
    assert score.number.value == pytest.approx(100 * facts.step_shares[0])
