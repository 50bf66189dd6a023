"""WeightedSum: stroke and blob, for and against, by hand and learned stand where they are said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS
from netglow.scenes.facts.weighted_sum import WeightedSumFacts
from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.props.weighted_sum.sum_bar import Cancel
from netglow.scenes.props.weighted_sum.weight_key import WeightKey
from netglow.scenes.stage.theme import rgb
from tests.chapters.playing import last_shown
from tests.chapters.words import said

CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7, "theme": "light"}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven-light"])
def scene(play, request):
    return play("WeightedSum", **request.param)


def at(scene, moment, kind=None, text=None):
    """What is shown at a moment."""
    found = [t for t in scene.shown if t.moment == moment]
    return [t for t in found if (kind is None or t.kind == kind) and (text in (None, t.text))]


def numbers(scene, moment):
    """The values of the numbers, from top to bottom."""
    found = sorted(at(scene, moment, "Number"), key=lambda t: -t.box[3])
    return [t.value for t in found]


def stencil(scene, moment, kept):
    (one,) = at(scene, moment, f"Stencil.{kept}")
    return one.value


# --- the detector ---
def test_the_large_image_is_the_one_that_is_spoken_of(scene):
    """The stroke first, the blob when it is the blob's turn, the stroke again."""
    facts = scene.facts
    wanted = {
        "one-neuron end": facts.stroke_image,
        "one-region end": facts.stroke_image,
        "the-blob 1": facts.stroke_image,
        "the-blob end": facts.blob_image,
        "against 1": facts.stroke_image,
        "against 2": facts.blob_image,
        "against end": facts.stroke_image,
    }
    for moment, image in wanted.items():
        np.testing.assert_array_equal(stencil(scene, moment, "values"), image, moment)


def test_the_weights_are_zero_then_the_line_then_the_line_between_negative_ones(scene):
    facts = scene.facts
    assert not stencil(scene, "one-neuron end", "weights").any()
    for moment in ("one-region 1", "one-region end", "the-blob end", "against 1"):
        np.testing.assert_array_equal(stencil(scene, moment, "weights"), facts.line, moment)
    for moment in ("against 2", "against end"):
        np.testing.assert_array_equal(stencil(scene, moment, "weights"), facts.detector, moment)
    rows = np.flatnonzero(facts.line.any(axis=1))
    above, below = facts.detector[rows[0] - 1], facts.detector[rows[-1] + 1]
    for side in (above, below):  # "just above and below it"
        assert (side[facts.line[rows[0]] > 0] == -1).all()
    for other in (rows[0] - 3, rows[-1] + 3):
        assert not facts.detector[other].any()


def test_threads_without_a_weight_are_hardly_seen(scene):
    """Of the threads of the hand-made neuron only those with a weight have its colour and light."""
    facts, theme = scene.facts, scene.theme
    (fan,) = [
        t.mobject
        for t in at(scene, "wishes end", "LayerEdges.weights")
        if np.array_equal(t.value, facts.detector.reshape(1, -1))
    ]
    none = facts.detector.ravel() == 0
    assert fan.light[~none].min() > 20 * fan.light[none].max()
    grey = theme.light_of(theme.muted)
    np.testing.assert_allclose(fan.rgb[none], np.tile(grey, (none.sum(), 1)))
    np.testing.assert_allclose(fan.rgb[~none], theme.signed_light(facts.detector.ravel()[~none]))


def test_each_sum_stands_beside_its_own_image(scene):
    """The stroke's verdict above, the blob's below it; each has its picture on its left."""
    facts = scene.facts
    for verdict, image, total in (
        (scene.stroke, facts.stroke_image, facts.stroke_sum),
        (scene.blob, facts.blob_image, facts.blob_sum),
    ):
        np.testing.assert_array_equal(verdict.picture.values, image)
        np.testing.assert_allclose(verdict.bar.products, facts.detector * image)
        assert verdict.total.number.value == pytest.approx(total)
        assert verdict.called.original_text == scene.words("sum")
        picture, number = verdict.picture.get_center(), verdict.total.number.get_center()
        assert picture[0] < verdict.bar.origin[0] < number[0]
        assert abs(picture[1] - number[1]) < 0.65
    assert scene.stroke.picture.get_bottom()[1] > scene.blob.picture.get_top()[1]


def test_the_blob_gets_more_at_first_and_hardly_anything_in_the_end(scene):
    facts = scene.facts
    assert numbers(scene, "the-blob 1") == [pytest.approx(facts.stroke_on_line)]
    before = [facts.stroke_on_line, facts.blob_on_line]
    assert numbers(scene, "the-blob end") == pytest.approx(before)
    assert numbers(scene, "against 2") == pytest.approx([facts.stroke_on_line, facts.blob_sum])
    assert numbers(scene, "against end") == pytest.approx([facts.stroke_sum, facts.blob_sum])
    assert before[1] > before[0] > 0.9 * facts.line.sum()  # "even more", "lots of ink"
    assert facts.blob_sum < 0.15 * facts.blob_on_line  # "almost everything"
    assert facts.stroke_sum > 0.9 * facts.stroke_on_line  # "hardly notices"


def test_weights_set_by_hand_are_called_so_as_long_as_they_are_there(scene):
    hand, learned = scene.words("by_hand"), scene.words("learned")
    for moment in (
        "one-region end",
        "the-blob 1",
        "the-blob end",
        "against 2",
        "wishes end",
        "learned 1",
    ):
        assert len(at(scene, moment, text=hand)) == 1, moment
        assert not at(scene, moment, text=learned)
    for moment in ("learned 2", "learned end"):
        assert len(at(scene, moment, text=learned)) == 1
        assert not at(scene, moment, text=hand)
        (image,) = at(scene, moment, "WeightImage.values")
        np.testing.assert_array_equal(image.value, scene.facts.weights)


def test_the_key_has_the_colours_of_the_weights(scene):
    theme = scene.theme
    key = last_shown(scene, WeightKey)
    for i, (word, colour) in enumerate((("for", theme.positive), ("against", theme.negative))):
        assert key.words[i].original_text == scene.words(word)
        assert key.words[i].color.to_hex().lower() == colour.lower()
        np.testing.assert_allclose(key.marks.fill[i], rgb(colour))
        y = key.marks.centres()[i, 1]
        assert key.words[i].get_bottom()[1] < y < key.words[i].get_top()[1]
    image = scene.weights
    positive = np.argmax(image.values)
    assert np.abs(image.fill[positive] - rgb(theme.positive)).sum() < 0.02


# --- the neuron ---
def test_every_name_of_the_neuron_stands_at_its_own_weights(scene):
    facts, network = scene.facts, scene.story.network
    np.testing.assert_array_equal(facts.weights.ravel(), network.w[0][facts.neuron - 1])
    for name, image in zip(
        ("pixels", "weights", "products"),
        (scene.row.pixels, scene.row.weights, scene.row.result),
        strict=True,
    ):
        (title,) = [t for t in scene.titles if t.original_text == scene.words(name)]
        assert title.get_center()[0] == pytest.approx(image.get_center()[0], abs=0.05)
        assert title.get_bottom()[1] > image.get_top()[1]
    np.testing.assert_array_equal(scene.row.pixels.values, scene.story.image)
    np.testing.assert_array_equal(scene.row.weights.values, facts.weights)
    np.testing.assert_allclose(scene.row.result.values, scene.story.image * facts.weights)
    edges = last_shown(scene, LayerEdges)
    np.testing.assert_array_equal(edges.weights, facts.weights.reshape(1, -1))


def test_what_speaks_for_it_is_blue_and_right_and_against_it_orange_and_left(scene):
    theme, bar = scene.theme, scene.bar
    for name, side, colour, total in zip(
        scene.poured,
        (1, -1),
        (theme.positive, theme.negative),
        (scene.facts.up, scene.facts.down),
        strict=True,
    ):
        word = scene.words("speaks_for" if side > 0 else "speaks_against")
        assert name.original_text == word
        assert name.color.to_hex().lower() == colour.lower()
        assert side * (name.get_center()[0] - bar.origin[0]) > 0
        number = bar.up if side > 0 else bar.down
        assert number.value == pytest.approx(total)
        assert side * (number.get_center()[0] - bar.origin[0]) > 0
        these = side * scene.facts.products.ravel() > 0
        assert (side * (bar.slivers.centres()[these, 0] - bar.origin[0]) > 0).all()
        np.testing.assert_allclose(bar.slivers.fill[these], np.tile(rgb(colour), (these.sum(), 1)))


def test_the_shown_totals_add_up_to_the_shown_sum(scene):
    up, down, total = (
        round(n.value, n.places) for n in (scene.bar.up, scene.bar.down, scene.sum_row.number)
    )
    assert up + down == pytest.approx(total, abs=1e-9)
    assert abs(scene.facts.rounded - total) <= 0.5
    said = " ".join(cue.text.replace("\n", " ") for cue in scene.cues)
    assert f"about {scene.facts.rounded}.".replace("-", "\N{MINUS SIGN}") in said


def test_half_way_the_negative_bar_covers_the_end_of_the_positive_one(scene):
    steps = Cancel(scene.bar, scene.sum_row).steps()
    next(steps)
    cancel = last_shown(scene, Cancel)
    assert cancel.up == pytest.approx(scene.facts.up)
    assert cancel.down == pytest.approx(scene.facts.down)
    left, right = cancel.plus.sides()[0, [1, 0], 0]
    ends = (np.array([left, right]) - cancel.plus.origin[0]) / cancel.plus.unit
    assert ends == pytest.approx([0, max(scene.facts.total, 0)], abs=1e-6)


def test_it_ends_with_the_number_alone_at_its_place_on_the_line(scene):
    facts, moment = scene.facts, "one-number end"
    assert numbers(scene, moment) == [pytest.approx(facts.total)]
    assert not at(scene, moment, "Pile.values")
    (pile,) = at(scene, "one-number 2", "Pile.values")
    np.testing.assert_allclose(pile.value, facts.all_sums)
    ends = f"{facts.all_sums.min():.0f}", f"{facts.all_sums.max():.0f}"
    told = said(scene, "one-number").replace("\N{MINUS SIGN}", "-")
    assert f"from about {ends[0]} to about {ends[1]}." in told
    line = scene.line
    assert line.mark.get_center() == pytest.approx(line.axis.at(facts.total))
    role = scene.theme.positive if facts.total >= 0 else scene.theme.negative
    assert line.mark.color.to_hex().lower() == role.lower()
    assert line.axis.low < facts.all_sums.min() < facts.all_sums.max() < line.axis.high
    assert not any(isinstance(m, WeightImage) for m in scene.get_mobject_family_members())


def test_an_image_whose_sum_is_almost_zero_is_told_so(play, monkeypatch):
    of = WeightedSumFacts.of
    monkeypatch.setattr(WeightedSumFacts, "of", lambda story: replace(of(story), rounded=0))
    scene = play("WeightedSum", digit=4, theme="light")
    assert "the-sum-zero" in [s.name for s in scene.sections]
