"""WhatItReallyLearned: words, colours and pictures stand at the things they are about."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS, Digits, load_digits
from netglow.netcore.model import Model, load_model, save_model
from netglow.netcore.network import Network, forward_batch
from netglow.netcore.study.edge_search import small_edges
from netglow.scenes.facts.forward_pass import ForwardPassFacts
from netglow.scenes.facts.what_it_really_learned import WhatItReallyLearnedFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.props.what_it_really_learned.dot_field import DotField
from netglow.scenes.props.what_it_really_learned.filled_page import FilledPage
from netglow.scenes.props.what_it_really_learned.hoped_edge import HopedEdge
from netglow.scenes.props.what_it_really_learned.ideas import MoreExamples, OneMoreOutput, Window
from netglow.scenes.props.what_it_really_learned.share_columns import ShareColumns
from netglow.scenes.stage import story as stories
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import rgb
from tests.chapters import checks
from tests.chapters.playing import last_shown

CLIP = "WhatItReallyLearned"
RELU = ASSETS / "models" / "relu.safetensors"
CHOICES = [{}, {"model": RELU}, {"digit": 7}, "weak", "wide"]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven", "weak", "wide"])
def scene(request, play):
    if isinstance(request.param, str):
        return play(CLIP, model=request.getfixturevalue(request.param))
    return play(CLIP, **request.param)


def section(scene, name: str) -> str:
    """The name of the section that was played, or of its variant."""
    return next(s.name for s in scene.sections if f"{s.name}-".startswith(f"{name}-"))


def at(scene, moment: str, kind: str) -> list:
    return [thing for thing in scene.shown if thing.moment == moment and thing.kind == kind]


def written(scene, moment: str, text: str):
    """The one thing on the screen with this text."""
    (found,) = [t for t in scene.shown if t.moment == moment and t.text == text]
    return found


def middle(box) -> np.ndarray:
    return np.array([box[0] + box[1], box[2] + box[3]]) / 2


# --- the first layer ---
def test_edges_come_and_go_and_the_weights_are_back_at_the_end(scene):
    facts = scene.facts
    for moment, values in (
        ("two-of-them 1", facts.weights),
        ("two-of-them 2", facts.edges),
        ("two-of-them end", facts.weights),
    ):
        large = sorted(at(scene, moment, "HopedEdge.values"), key=lambda thing: thing.box[0])
        assert len(large) == 2
        for thing, neuron in zip(large, (facts.closest, facts.typical), strict=True):
            np.testing.assert_array_equal(thing.value, values[neuron])


def test_the_hope_hangs_there_before_what_was_found(scene):
    for moment, values in (
        ("one-promise 1", scene.facts.edges),
        ("one-promise end", scene.facts.weights),
    ):
        (wall,) = at(scene, moment, "WeightWall.values")
        np.testing.assert_array_equal(wall.value, values)


def test_what_is_said_of_the_two_stands_above_them(scene):
    moment = "two-of-them end"
    left, right = sorted(at(scene, moment, "HopedEdge.values"), key=lambda thing: thing.box[0])
    for thing, name in ((left, "closest"), (right, "typical")):
        above = written(scene, moment, scene.words(name))
        assert above.box[2] > thing.box[3]
        assert abs(middle(above.box)[0] - middle(thing.box)[0]) < 0.1
    assert scene.facts.closest_share >= scene.facts.typical_share


def test_below_every_neuron_stands_how_much_of_it_is_an_edge(scene):
    facts, name = scene.facts, section(scene, "verdict")
    (bars,) = at(scene, f"{name} 2", "Bars.values")
    np.testing.assert_array_equal(bars.value, facts.edge_shares)
    assert bars.mobject.winner == facts.closest
    below = bars.mobject.left + bars.mobject.sides()[: facts.n, 0]
    for spot, at_left, both in zip(scene.spots, bars.mobject.left, below, strict=True):
        size = scene.wall.size
        assert 0 < spot[1] - size / 2 - at_left[1] < 0.15 * size
        assert both[0] / 2 == pytest.approx(spot[0], abs=0.01)
    (before,) = at(scene, f"{name} 2", "WeightWall.values")
    np.testing.assert_array_equal(before.value, facts.weights)
    (after,) = at(scene, f"{name} end", "WeightWall.values")
    np.testing.assert_array_equal(after.value, facts.weights - facts.edges)  # what else there is


def test_no_neuron_is_more_of_an_edge_than_is_said(scene):
    facts = scene.facts
    most = {"": 1 / 3, "half": 1 / 2, "some": 1, "edges": 1}[facts.verdict]
    assert facts.edge_shares.max() <= most
    if facts.verdict != "edges":
        assert np.median(facts.edge_shares) < 1 / 2


def test_the_frame_is_around_the_pixels_of_the_edge(scene):
    for image in [m for m in scene.props_made if isinstance(m, HopedEdge)][:2]:
        rows, columns = np.nonzero(image.edge_alone)
        inked = image.centres().reshape(28, 28, 3)[rows, columns]
        frame = image.frame
        low, high = inked.min(axis=0)[:2], inked.max(axis=0)[:2]
        corner = np.array([frame.get_left()[0], frame.get_bottom()[1]])
        other = np.array([frame.get_right()[0], frame.get_top()[1]])
        assert (corner < low).all() and (other > high).all()
        assert (other - corner < high - low + 2.5 * image.pitch).all()


# --- the mistakes ---
def test_only_the_mistakes_keep_their_light(scene):
    moment = f"{section(scene, 'it-reads')} end"
    (wall,) = at(scene, moment, "Thumbnails.values")
    light = wall.mobject.fill_alpha[: scene.facts.count]  # of the plates
    np.testing.assert_array_equal(light == 1, ~scene.facts.is_right)
    assert light.min() < 0.5


def test_beside_every_mistake_stands_what_it_is_over_what_was_said(scene):
    facts, wrong, theme = scene.facts, scene.wrong, scene.theme
    moment = f"{section(scene, 'mistakes')} 1"
    legend = {w: written(scene, moment, scene.words(w)).colour for w in ("is", "says")}
    assert legend == {"is": theme.correct.lower(), "says": theme.wrong.lower()}
    digits = [t for t in scene.shown if t.moment == moment and t.text in set("0123456789")]
    assert len(digits) == 2 * facts.shown
    for place, truth, answer in zip(wrong.spots, facts.truths, facts.answers, strict=True):
        beside = [
            t
            for t in digits
            if 0 < middle(t.box)[0] - place[0] < wrong.size
            and abs(middle(t.box)[1] - place[1]) < wrong.size / 2
        ]
        above, below = sorted(beside, key=lambda t: -t.box[2])
        assert (above.text, above.colour) == (str(truth), theme.correct.lower())
        assert (below.text, below.colour) == (str(answer), theme.wrong.lower())
    order = [(round(-y, 3), round(x, 3)) for x, y, _ in wrong.spots]
    assert order == sorted(order)  # so the surest is the first one


def test_the_surest_is_large_with_its_outputs(scene):
    facts, moment = scene.facts, f"{section(scene, 'mistakes')} end"
    (image,) = at(scene, moment, "PixelImage.values")
    np.testing.assert_array_equal(image.value, facts.images[facts.mistakes[0]])
    assert winner(scene, moment) == (facts.surest_answer, scene.theme.wrong)
    assert written(scene, moment, scene.words("surest")).colour == scene.theme.correct.lower()


def test_the_surest_has_been_met(scene):
    """ForwardPass shows it as the one it gets wrong."""
    before = ForwardPassFacts.of(scene.story)
    np.testing.assert_array_equal(before.mistake, scene.facts.images[scene.facts.mistakes[0]])


def winner(scene, moment: str) -> tuple[int, str]:
    """Whose bar is picked out among the outputs, and the colour its name has."""
    (bars,) = at(scene, moment, "Bars.values")
    best = int(np.argmax(bars.value))
    role = next(
        role
        for role in ("correct", "wrong", "attention")
        for text in [written(scene, moment, str(best))]
        if text.colour == getattr(scene.theme, role).lower()
    )
    return best, getattr(scene.theme, role)


# --- noise ---
def test_a_real_digit_is_shuffled_and_only_then_answered(scene):
    facts, name = scene.facts, section(scene, "no-idea")
    assert winner(scene, f"{name} 2")[0] == int(facts.noise_before.argmax())
    assert winner(scene, f"{name} 3") == (facts.noise_answer, scene.theme.wrong)
    for number in (2, 3):
        (image,) = at(scene, f"{name} {number}", "PixelImage.values")
        np.testing.assert_array_equal(image.value, facts.noise)
    np.testing.assert_allclose(np.sort(facts.noise.ravel()), np.sort(facts.noise_from.ravel()))


def test_the_pixels_land_where_the_noise_has_them(scene):
    facts = scene.facts
    ink = next(m for m in scene.props_shown if isinstance(m, LooseInk))
    image = PixelImage(facts.noise, scene.theme, 5.4).move_to((-3.8, 0.6, 0))
    nearest = np.linalg.norm(ink.centres()[:, None] - image.centres()[None], axis=2).argmin(axis=1)
    np.testing.assert_array_equal(np.sort(nearest), np.flatnonzero(facts.noise.ravel() > 0))
    shade = scene.theme.brightness(facts.noise.ravel()[nearest])
    np.testing.assert_allclose(ink.fill, shade)


def test_every_try_is_a_dot_and_the_surest_has_the_ring(scene):
    facts, moment = scene.facts, f"{section(scene, 'no-idea')} end"
    field = last_shown(scene, DotField)
    bright = (field.fill == rgb(scene.theme.attention)).all(axis=1)
    assert bright.sum() == facts.noise_above and len(field) == facts.noise_count
    (ring,) = at(scene, moment, "Circle")
    spot = field.centres()[int(facts.noise_largest.argmax())]
    np.testing.assert_allclose(middle(ring.box), spot[:2], atol=0.02)
    assert written(scene, moment, scene.words("above")).colour == scene.theme.attention.lower()


# --- out of place ---
def test_each_push_has_its_answer(scene):
    facts, name = scene.facts, section(scene, "pushed")
    last = len(scene.script.sections[name].say) - 1
    assert winner(scene, f"{name} 1")[0] == facts.before
    best, colour = winner(scene, f"{name} {last}")
    assert best == facts.after and (best != facts.before) == facts.changes
    assert colour == (scene.theme.correct if best == facts.label else scene.theme.wrong)
    words = scene.words("one_pixel") if facts.pushed == 1 else scene.words("pixels", k=facts.pushed)
    written(scene, f"{name} {last}", words)
    if name == "pushed":
        assert winner(scene, f"{name} 2")[0] == facts.before
        written(scene, f"{name} 2", scene.words("one_pixel"))


def test_columns_go_from_in_place_to_far_away(scene):
    facts, moment = scene.facts, f"{section(scene, 'pushed')} end"
    chart = last_shown(scene, ShareColumns)
    tops = chart.columns.sides()[5:, 2]
    feet = chart.columns.sides()[5:, 3]
    whole = (chart.columns.sides()[:5, 2] - chart.columns.sides()[:5, 3])[:, 1]
    np.testing.assert_allclose((tops - feet)[:, 1] / whole, facts.shares)
    names = [scene.words("in_place"), scene.words("one_pixel")]
    names += [scene.words("pixels", k=k) for k in (2, 3, 4)]
    for k, name in enumerate(names):
        x = tops[k, 0]
        (percent,) = [
            t
            for t in scene.shown
            if t.moment == moment
            and t.text == scene.words("share", share=float(facts.shares[k]))
            and abs(middle(t.box)[0] - x) < 0.2
        ]
        assert percent.box[2] > tops[k, 1]
        assert abs(middle(written(scene, moment, name).box)[0] - x) < 0.2
        np.testing.assert_array_equal(chart.pictures[k].values, facts.moved_images[k])
        assert abs(chart.pictures[k].get_x() - x) < 0.2 or k == 0  # the first one went on
    assert (np.diff(tops[:, 0]) > 0).all()


# --- the page, and the ideas ---
def test_all_numbers_are_on_the_page_between_its_lines(scene):
    (page,) = at(scene, "does-it-understand end", "FilledPage.values")
    np.testing.assert_array_equal(page.value, scene.facts.numbers)
    panel, lines = scene.listing.panel, scene.listing.lines
    assert lines[-1].get_top()[1] < page.box[2] and page.box[3] < lines[0].get_bottom()[1]
    assert panel.get_left()[0] < page.box[0] and page.box[1] < panel.get_right()[0]
    assert not at(scene, "does-it-understand 2", "FilledPage.values")  # it was empty till then
    cells = last_shown(scene, FilledPage)
    assert cells.fill_alpha.min() == 1


def test_every_idea_has_its_words_below_it(scene):
    kinds = {"window": Window, "output": OneMoreOutput, "more": MoreExamples}
    middles = []
    for name, kind in kinds.items():
        picture = next(m for m in scene.props_made if isinstance(m, kind))
        texts = [written(scene, "which-first end", scene.words(w)) for w in (name, f"{name}_b")]
        for text in texts:
            assert text.box[3] < picture.get_bottom()[1]
            assert abs(middle(text.box)[0] - picture.get_x()) < 0.4
        middles.append(picture.get_x())
    assert middles == sorted(middles)
    new = written(scene, "which-first end", scene.words("no_digit"))
    assert new.colour == scene.theme.attention.lower()
    digits = set("0123456789")
    outputs = [t for t in scene.shown if t.moment == "which-first end" and t.text in digits]
    assert len(outputs) == 10 and new.box[3] < min(t.box[2] for t in outputs)
    (few,) = at(scene, "which-first 1", "Thumbnails.values")
    (more,) = at(scene, "which-first 3", "MoreExamples.values")
    assert len(few.value) < len(more.value) == len(scene.facts.examples)


def test_pictures_are_in_order_for_every_network(scene):
    assert checks.disorder(scene.section_ends) == []


# --- variants that the seven stories do not have ---
def edge_network() -> Network:
    """Sixteen neurons, each of them one small edge; it answers nearly always the same."""
    w = np.zeros((16, 28, 28))
    w[:, 8:17, 9:18] = small_edges(9)[:16]
    rng = np.random.default_rng(0)
    return Network(
        (w.reshape(16, -1), 0.1 * rng.standard_normal((10, 16))),
        (np.zeros(16), np.linspace(-3, -4, 10)),
        ("sigmoid", "sigmoid"),
    )


def test_a_network_of_edges_without_confidence_is_described_as_it_is(play_anew, tmp_path):
    save_model(tmp_path / "edges.safetensors", Model(edge_network()))
    scene = play_anew(CLIP, model=tmp_path / "edges.safetensors")
    names = [played.name for played in scene.sections]
    assert {"verdict-edges", "it-reads-plain", "mistakes-some", "no-idea-unsure"} <= set(names)
    assert not at(scene, "no-idea-unsure 3", "Number.value")
    assert checks.disorder(scene.section_ends) == []


def test_a_few_edges_are_told_of_as_a_few(play_anew, tmp_path):
    usual, rng = load_model().network, np.random.default_rng(0)
    first = rng.permuted(usual.w[0], axis=1)
    edges = edge_network().w[0][:4]
    first[:4] = edges * np.linalg.norm(first) / np.linalg.norm(edges)
    network = Network((first, *usual.w[1:]), usual.b, usual.activations)
    save_model(tmp_path / "few.safetensors", Model(network))
    scene = play_anew(CLIP, model=tmp_path / "few.safetensors")
    assert scene.facts.verdict == "some"
    assert "verdict-some" in [played.name for played in scene.sections]


def test_a_network_that_noise_fools_mostly_is_told_of_as_it_is(play_anew, tmp_path):
    *w, last = load_model().network.w
    *b, ends = load_model().network.b
    sure = np.where(np.arange(10) == 3, 8.0, ends)
    made = Network((*w, 0.5 * last), (*b, sure), load_model().network.activations)
    save_model(tmp_path / "sure.safetensors", Model(made))
    scene = play_anew(CLIP, model=tmp_path / "sure.safetensors")
    assert "no-idea-often" in [played.name for played in scene.sections]
    assert scene.facts.noise_above > scene.facts.noise_count / 2


def test_a_network_of_static_is_no_edge_at_all(tmp_path):
    usual = load_model().network
    first, *others = usual.w
    static = np.random.default_rng(0).permuted(first, axis=1)
    network = Network((static, *others), usual.b, usual.activations)
    save_model(tmp_path / "static.safetensors", Model(network))
    facts = facts_of(tmp_path / "static.safetensors")
    assert facts.verdict == "" and facts.closest_share < 1 / 3


def test_nothing_is_said_of_a_recipe_that_nobody_knows(bare):
    assert facts_of(bare).learned_moved == 0
    recipe = load_model().meta["recipe"]
    assert facts_of(None).learned_moved == recipe["augmentation"]["shift"]


def facts_of(model) -> WhatItReallyLearnedFacts:
    return WhatItReallyLearnedFacts.of(Story.choose(model))


def with_mistakes(monkeypatch, count: int) -> None:
    """Have the test consist of digits that are read rightly, and so many that are not."""
    test = load_digits()[1]
    right = forward_batch(stories.load_model().network, test.images).predictions == test.labels
    kept = right.copy()
    kept[np.flatnonzero(~right)[:count]] = True
    few = Digits(test.images[kept], test.labels[kept], test.name, test.checksum)
    train = load_digits()[0]
    monkeypatch.setattr(stories, "load_digits", lambda: (train, few))


@pytest.mark.parametrize(("count", "name"), [(0, "it-reads-all"), (1, "mistakes-one")])
def test_hardly_any_mistakes_are_described_as_they_are(play_anew, monkeypatch, count, name):
    with_mistakes(monkeypatch, count)
    scene = play_anew(CLIP, digit=2)
    assert name in [played.name for played in scene.sections]
    assert scene.facts.wrong == count and scene.facts.shown == count
    assert scene.facts.in_hundred == 99
    (image,) = at(scene, f"{section(scene, 'no-idea')} 3", "PixelImage.values")
    np.testing.assert_array_equal(image.value, scene.facts.noise)
    assert checks.disorder(scene.section_ends) == []
