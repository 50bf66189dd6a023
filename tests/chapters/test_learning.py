"""Learning: before and after, up and down, right and wrong stand where they belong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from netglow.netcore.digits import ASSETS
from netglow.netcore.model import load_model, save_model
from netglow.netcore.study.output_costs import cost_of, from_difference
from netglow.scenes.props.learning.labelled_examples import LabelledExamples
from netglow.scenes.props.learning.run_plot import RunPlot
from tests.chapters.playing import last_shown

CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven"])
def scene(play, request):
    return play("Learning", **request.param)


def at(scene, moment: str, kind: str) -> list:
    found = [thing for thing in scene.shown if thing.moment == moment and thing.kind == kind]
    assert found, f"no {kind} at {moment}"
    return found


def test_every_answer_stands_below_its_image(scene):
    field = last_shown(scene, LabelledExamples)
    for answer, label, spot in zip(
        field.answers, scene.facts.shown_labels, field.thumbs.spots, strict=True
    ):
        assert answer.original_text == str(label)
        assert answer.get_x() == pytest.approx(spot[0], abs=0.05)
        assert 0 < spot[1] - answer.get_y() < field.size
    assert np.array_equal(field.thumbs.values, scene.facts.shown_images)


def test_given_and_wanted_stand_side_by_side(scene):
    """The bars of the answer, thin ones of what is wanted below them, row by row."""
    bars = [thing.mobject for thing in at(scene, "the-cost 2", "Bars.values")]
    facts = scene.facts
    (given,) = (b for b in bars if np.allclose(b.values, facts.outputs))
    (wanted,) = (b for b in bars if np.array_equal(b.values, facts.wanted))
    below = given.left[:, 1] - wanted.left[:, 1]
    assert ((below > 0) & (below < 0.25)).all()
    assert wanted.winner == facts.digit and wanted.winner_role == "correct"
    assert given.winner is None
    names = [t for t in at(scene, "the-cost 2", "Text") if t.text in "0123456789"]
    for k, row in enumerate(given.left[:, 1]):
        (name,) = (t for t in names if abs((t.box[2] + t.box[3]) / 2 - row) < 0.12)
        assert name.text == str(k)
        is_wanted = name.colour == scene.theme.correct.lower()
        assert is_wanted == (k == facts.digit)


def test_each_dot_stands_on_the_penalty_curve_where_its_output_is(scene):
    curve, facts = scene.curve, scene.facts
    np.testing.assert_allclose(curve.differences, facts.differences)
    for k, (dot, off, cost) in enumerate(
        zip(curve.dots, facts.differences, facts.costs, strict=True)
    ):
        x, y = dot.get_center()[:2]
        assert x == pytest.approx(curve.x.at([off])[0, 0], abs=1e-6)
        if cost < curve.top:
            assert y == pytest.approx(curve.y.at([cost])[0, 1], abs=1e-6)
        wanted = scene.theme.correct if k == facts.digit else scene.theme.attention
        assert dot.get_color().to_hex().lower() == wanted.lower()


def test_the_dial_first_goes_up_then_down_then_to_the_lowest(scene):
    """As it is said: to one side the cost rises, to the other it falls; then to the bottom."""
    start, both, lowest = (
        at(scene, moment, "Number")[0].value
        for moment in ("one-dial 1", "one-dial 2", "one-dial end")
    )
    facts = scene.facts
    assert start == pytest.approx(facts.mean_first)
    assert both < start and lowest <= both
    assert lowest == pytest.approx(facts.dial_costs.min())
    valley = scene.valley
    assert valley.now == facts.dial_best
    walls = [valley.cost_at(end) for end in valley.seen]  # both have been seen
    assert min(walls) > start
    assert valley.seen == (facts.dial_values[0], facts.dial_values[-1])
    side = np.sign(facts.dial_best - facts.dial_value)
    assert facts.downhill == ("right" if side > 0 else "left")
    dial = valley.dial.needles.points.reshape(-1, 2, 3)[0]
    turned = dial[1, 0] - dial[0, 0]
    assert np.sign(turned) == np.sign(valley.now)  # minus is left, plus is right


def test_dials_and_curve_belong_to_the_same_moment(scene):
    plot = last_shown(scene, RunPlot)
    assert plot.share == 1.0
    assert plot.number.value == pytest.approx(scene.facts.mean_last)
    for moment, share in (("all-at-once 1", 0.2), ("all-at-once 2", 0.35), ("all-at-once end", 1)):
        along = share * (len(scene.facts.epochs) - 1)
        cost = np.interp(along, np.arange(len(plot.costs)), scene.facts.mean_costs)
        assert any(t.value == pytest.approx(cost) for t in at(scene, moment, "Number"))
        rows = scene.facts.dials
        row = [np.interp(along, np.arange(len(rows)), rows[:, k]) for k in range(rows.shape[1])]
        assert any(
            t.value.shape == (len(row),) and np.allclose(t.value, row)
            for t in at(scene, moment, "Dials.values")
        )


def test_the_film_runs_from_static_to_the_network_of_this_film(scene):
    facts = scene.facts
    assert np.array_equal(scene.weights.values, facts.snapshots[-1])
    first = at(scene, f"out-of-static{scene.kind_of_static()} 1", "WeightImage.values")
    assert any(np.array_equal(t.value, facts.snapshots[0]) for t in first)
    film = scene.last[1]
    places = [(round(-i.get_y(), 2), i.get_x()) for i in film]
    assert places == sorted(places)
    for image, values in zip(film, facts.snapshots, strict=True):
        assert np.array_equal(image.values, values)


def test_right_and_wrong_have_their_own_colours(scene):
    facts, theme = scene.facts, scene.theme
    assert np.array_equal(scene.sheet.right, facts.is_right_after)
    from netglow.scenes.stage.theme import rgb

    fill = scene.sheet.fill
    assert np.allclose(fill[facts.is_right_after], rgb(theme.correct))
    assert np.allclose(fill[~facts.is_right_after], rgb(theme.wrong))
    (score,) = at(scene, "never-seen end", "Number")
    assert score.value == facts.right_after
    assert score.colour == theme.correct.lower()


def test_a_model_without_a_record_says_so(play, bare):
    scene = play("Learning", model=bare)
    names = [section.name for section in scene.sections]
    assert names == [
        "examples-elsewhere",
        "the-cost-only",
        "out-of-static-only",
        "never-seen-only",
        "the-dare-is-won",
    ]
    told = " ".join(cue.text for cue in scene.cues)
    assert (
        "8,550" not in told and "9,000" not in told and "never seen" not in told.replace("\n", " ")
    )


def test_a_model_with_a_record_of_other_examples_does_not_call_these_its_own(play, tmp_path):
    model = load_model()
    path = tmp_path / "elsewhere.safetensors"
    save_model(path, replace(model, meta=model.meta | {"data_checksum": "0" * 64}))
    scene = play("Learning", model=path)
    names = [section.name for section in scene.sections]
    assert names[0] == "examples-elsewhere" and "all-at-once-elsewhere" in names
    assert "never-seen-elsewhere" in names and "all-at-once" not in names
    told = " ".join(cue.text for cue in scene.cues).replace("\n", " ")
    assert not any(words in told for words in ("9,000", "8,550", "never seen", "learned from"))
    assert scene.words("unseen") not in [t.text for t in scene.shown]
    assert scene.words("examples") not in [t.text for t in scene.shown if "examples" in t.moment]


def test_an_own_image_still_has_a_labelled_example(play, tmp_path):
    drawing = Image.new("L", (120, 120), 255)
    ImageDraw.Draw(drawing).line([(40, 20), (80, 30), (50, 100)], fill=0, width=9)
    path = tmp_path / "own.png"
    drawing.save(path)
    assert play("Learning", image=path).facts.digit == 3


@pytest.mark.parametrize("name", ["cross-entropy", "quadratic"])
def test_the_cost_of_an_output_follows_from_its_difference(name):
    off = np.array([0.0, 0.25, 0.5, 0.9])
    plain = off**2 if name == "quadratic" else -np.log(1 - off)
    np.testing.assert_allclose(from_difference(name, off), plain)


def test_a_cost_that_is_not_recorded_is_quadratic():
    network = load_model().network
    assert cost_of({}, network) == "quadratic"
    assert cost_of({"recipe": {"cost": "cross-entropy"}}, network) == "cross-entropy"
