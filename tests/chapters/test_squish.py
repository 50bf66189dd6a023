"""Squish: what is said of a neuron, a side or a total stands at that neuron, side or total."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from netglow.netcore.digits import ASSETS
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.stage.theme import rgb
from tests.chapters.facts import squish as again
from tests.chapters.facts.raw import raw_of

RELU = ASSETS / "models" / "relu.safetensors"
CHOICES = [{}, {"model": RELU}, {"digit": 7, "theme": "light"}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven-light"])
def scene(play, request):
    return play("Squish", **request.param)


def shown_at(scene, moment, text):
    return next(t for t in scene.shown if t.moment == moment and t.text == text)


def middle(thing):
    left, right, bottom, top = thing.box
    return (left + right) / 2, (bottom + top) / 2


def test_it_begins_with_one_neuron_where_its_sum_is(scene):
    """All neurons lie in one place, at the number that is written above it."""
    facts = scene.facts
    first = [t for t in scene.shown if t.moment == "any-number 1"]
    (dots,) = [t for t in first if t.kind == "Neurons.activations"]
    (number,) = [t for t in first if t.kind == "Number"]
    ticks = {float(t.text.replace("\N{MINUS SIGN}", "-")): t for t in first if t.kind == "tick"}
    left, right = (middle(ticks[end])[0] for end in (-facts.reach, facts.reach))
    assert number.value == pytest.approx(facts.first_sum)
    assert number.box[2] > dots.box[3]
    assert dots.box[1] - dots.box[0] < 0.5
    x = (middle(dots)[0] - left) / (right - left) * 2 * facts.reach - facts.reach
    assert x == pytest.approx(facts.first_sum, abs=facts.reach / 40)


def test_the_smallest_sum_is_written_at_the_left_and_the_largest_at_the_right(scene):
    facts = scene.facts
    unit = 6.2 / facts.reach
    for word, value in (("low", facts.sums.min()), ("high", facts.sums.max())):
        text = shown_at(scene, "any-number 2", scene.words(word))
        assert middle(text)[0] == pytest.approx(value * unit, abs=0.02)


def test_sums_have_the_colours_of_their_signs(scene):
    theme, sums = scene.theme, scene.facts.sums
    for colour, value in zip(scene.signs(sums), sums, strict=True):
        np.testing.assert_allclose(colour, rgb(theme.positive if value > 0 else theme.negative))


def test_not_at_all_stands_at_nought_and_fully_at_one(scene):
    if not scene.is_bounded:
        assert "fully" not in {t.text for t in scene.shown}
        return
    for moment in ("the-wish end", "the-squeeze 1", "the-squeeze end"):
        nothing = shown_at(scene, moment, scene.words("nothing"))
        full = shown_at(scene, moment, scene.words("full"))
        zeros = [t for t in scene.shown if t.moment == moment and t.text == "0.5"]
        assert nothing.box[1] < middle(zeros[0])[0] < full.box[0]
        assert middle(nothing)[1] == pytest.approx(middle(full)[1], abs=0.1)


def test_numbers_of_all_axes_stand_at_their_ticks(scene):
    shown = {id(thing.mobject) for thing in scene.shown if thing.kind == "tick"}
    for axis in (scene.graph.x, scene.graph.y):
        assert isinstance(axis, Axis)
        assert len(axis.numbers) >= 2
        for number in axis.numbers:
            assert id(number) in shown
            value = float(number.original_text.replace("\N{MINUS SIGN}", "-"))
            assert np.abs(axis.values - value).min() < 1e-9
            assert np.abs(number.get_center() - axis.at(value))[:2].min() < 0.06


def test_the_notes_are_on_the_neurons_they_are_about(scene):
    """A ring lies around the largest; another around the one nearest to zero."""
    facts, ends = scene.facts, scene.section_ends
    largest = next(name for name in ends if name.startswith("the-largest"))
    nearest = next(name for name in ends if name.startswith("the-nearest"))
    unit = 6.2 / facts.reach
    rings = {name: rings_at(scene, f"{name} end") for name in (largest, nearest)}
    assert len(rings[largest]) == 1
    assert middle(rings[largest][0])[0] == pytest.approx(facts.sums.max() * unit, abs=0.01)
    if not scene.is_bounded:
        return
    last = rings[nearest][-1]
    value = facts.sums[np.abs(facts.sums).argmin()]
    assert middle(last)[0] == pytest.approx(value * unit, abs=0.01)
    note = shown_at(scene, f"{nearest} end", scene.words("nearest"))
    assert abs(middle(note)[1] - middle(last)[1]) < 1.0 and note.box[0] > last.box[1]


def rings_at(scene, moment):
    return [
        t
        for t in scene.shown
        if t.moment == moment and t.kind == "Circle" and t.box[1] - t.box[0] > 0.4
    ]


def test_nothing_is_written_as_if_it_had_arrived(scene):
    if scene.is_bounded:
        texts = {t.text for t in scene.shown if t.text}
        assert not [t for t in texts if t.endswith(("1.000", "0.000", "1.00", "≈ 0.00"))]


def test_every_total_stands_beside_its_name(scene):
    facts, totals = scene.facts, scene.totals
    wanted = {"above": facts.high_share, "between": facts.mid_share, "below": facts.low_share}
    if not scene.is_bounded:
        wanted = {"passed": facts.high_share, "zero": facts.low_share}
    assert len(totals.names) == len(wanted)
    for i, (word, share) in enumerate(wanted.items()):
        assert totals.names[i].original_text == scene.words(word)
        assert totals.numbers[i].value == pytest.approx(100 * share)
        assert totals.bars[i].values == pytest.approx([share])


def test_half_way_through_the_count_half_of_the_images_are_counted(scene):
    facts = scene.facts
    count = scene.count()
    count.begin()
    count.interpolate(0.5)
    shares = facts.counted[500][[2, 1, 0] if scene.is_bounded else [2, 0]]
    np.testing.assert_allclose(scene.totals.shares, shares)
    assert shares.sum() == pytest.approx(0.5)
    at = 0.5 * (len(facts.parade) - 1)
    np.testing.assert_array_equal(scene.picture.values, facts.parade[round(at)])
    count.interpolate(1)
    np.testing.assert_array_equal(scene.picture.values, facts.image)
    np.testing.assert_allclose(scene.dots.activations, facts.out)
    x = scene.graph.x.at(facts.sums)[:, 0]
    np.testing.assert_allclose(scene.dots.centres()[:, 0], x, atol=1e-6)


def altered(path, source, change):
    """A model whose first weights are changed."""
    with safe_open(str(source), "numpy") as file:
        arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        meta = file.metadata()
    arrays["w.0"] = change(arrays["w.0"]).astype(arrays["w.0"].dtype)
    save_file(arrays, str(path), meta)
    return path


@pytest.mark.parametrize(
    ("source", "change", "wanted"),
    [
        ("default", lambda w: 0.05 * w, {"the-largest-short", "the-nearest", "all-images-open"}),
        ("default", np.abs, {"the-largest", "the-nearest-decided", "all-images"}),
        ("relu", np.abs, {"the-largest-relu", "the-nearest-none-relu"}),
        ("relu", lambda w: -np.abs(w), {"the-largest-short-relu", "the-nearest-relu"}),
    ],
    ids=["small", "all-above", "relu-all-above", "relu-all-below"],
)
def test_networks_of_which_the_usual_words_are_not_true(play, tmp_path, source, change, wanted):
    model = altered(
        tmp_path / "other.safetensors", ASSETS / "models" / f"{source}.safetensors", change
    )
    scene = play("Squish", model=model)
    table = again.table(raw_of(model=model))
    played = [section.name for section in scene.sections]
    assert played == again.sections(table)
    assert wanted <= set(played)
