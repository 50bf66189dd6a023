"""OneBigFunction: what goes in, what comes out, and which of the two, stand where they belong."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS
from netglow.netcore.model import Model, load_model, save_model
from netglow.netcore.network import Network
from netglow.scenes.engine.batches import Cells
from netglow.scenes.facts.forward_pass import ForwardPassFacts
from netglow.scenes.facts.one_big_function import _divided
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.props.one_big_function.crowd import DIM
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import rgb
from tests.chapters.facts.screen import LOOKS, mark

CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven"])
def scene(play, request):
    return play("OneBigFunction", **request.param)


def at(scene, moment: str, kind: str) -> list:
    found = [thing for thing in scene.shown if thing.moment == moment and thing.kind == kind]
    assert found, f"no {kind} at {moment}"
    return found


def text(scene, moment: str, words: str):
    """The text of that name, the only one."""
    (found,) = (t for t in at(scene, moment, "Text") if t.text == scene.words(words))
    return found


def looks(batch) -> str:
    """What is noted of all colours of a batch."""
    return mark([np.asarray(getattr(batch, n), float) for n in LOOKS if hasattr(batch, n)])


def the(scene, name: str) -> str:
    """The section of that name, or the one played instead."""
    return next(s.name for s in scene.sections if f"{s.name}-".startswith(f"{name}-"))


# --- one neuron ---
def test_the_number_is_there_first_then_gone_then_made(scene):
    """It is held; then nobody knows where it comes from; then the lights make it."""
    facts = scene.facts
    values = {
        m: [t.value for t in scene.shown if t.moment == m and t.kind == "Number"]
        for m in ("a-neuron 1", "a-neuron 2", "a-neuron 3", "a-neuron end")
    }
    assert values["a-neuron 1"] == [pytest.approx(facts.held[0])]
    assert values["a-neuron 2"] == []
    assert values["a-neuron 3"] == [pytest.approx(facts.held[0])]
    assert values["a-neuron end"] == [pytest.approx(facts.held[-1])]


def test_the_number_belongs_to_the_image_before_it(scene):
    facts = scene.facts
    for moment, i in (("a-neuron 3", 0), ("a-neuron end", len(facts.seen) - 1)):
        (image,) = at(scene, moment, "PixelImage.values")
        (sent,) = at(scene, moment, "LayerEdges.contributions")
        (disc,) = at(scene, moment, "Neurons.activations")
        assert np.allclose(image.value, facts.seen[i])
        assert np.allclose(sent.value, facts.sent[[i]])
        assert disc.value == pytest.approx([facts.held[i]])


def test_in_stands_below_the_image_and_out_below_the_neuron(scene):
    for moment in ("a-neuron 3", "a-neuron end"):
        (image,), (disc,) = (
            at(scene, moment, kind) for kind in ("PixelImage.values", "Neurons.activations")
        )
        for word, owner in (("in", image), ("out", disc)):
            box = text(scene, moment, word).box
            assert owner.box[0] < (box[0] + box[1]) / 2 < owner.box[1]
            assert 0 < owner.box[2] - box[3] < 1.0
        assert image.box[1] < disc.box[0]  # from left to right


def test_the_numbers_of_the_four_images_differ_as_they_are_printed(scene):
    held, squishes = scene.facts.held, scene.facts.kind == "sigmoid"
    printed = {f"{value:.3f}" for value in held}
    assert len(printed) == 4
    assert not squishes or not printed & {"0.000", "1.000"}  # a sigmoid gets there never


# --- the network ---
def test_numbers_go_in_on_the_left_of_the_box_and_come_out_on_its_right(scene):
    moment = f"{the(scene, 'the-network')} end"
    (image,), (bars,) = (at(scene, moment, kind) for kind in ("PixelImage.values", "Bars.values"))
    box = scene.machine.box
    assert image.box[1] < box.get_left()[0] < box.get_right()[0] < bars.box[0]
    inside, outside = text(scene, moment, "numbers_in"), text(scene, moment, "numbers_out")
    assert image.box[0] < inside.box[0] and inside.box[1] < image.box[1]
    assert outside.box[0] == pytest.approx(bars.box[0], abs=0.1)


def test_every_bar_has_its_own_name(scene):
    for moment in ("digit-after-digit 1", f"{the(scene, 'divided')} end", "no-cake end"):
        (bars,) = at(scene, moment, "Bars.values")
        names = [t for t in at(scene, moment, "Text") if t.box[1] < bars.box[0]]
        for k, left in enumerate(bars.mobject.left):
            (name,) = (
                t
                for t in names
                if abs((t.box[2] + t.box[3]) / 2 - left[1]) < 0.1 and left[0] - t.box[1] < 0.5
            )
            assert name.text == scene.story.network.class_names[k]


def test_the_formula_wraps_layer_after_layer_around_the_input(scene):
    nested, kinds = scene.nested, scene.facts.kinds
    assert nested.functions == tuple(kinds) and len(nested.rings) == len(kinds)
    for inner, outer in zip(nested.rings, nested.rings[1:], strict=False):
        assert outer[0].get_right()[0] < inner[0].get_left()[0] + 0.05
        assert outer[1].get_left()[0] > inner[1].get_right()[0] - 0.05


def test_what_comes_out_belongs_to_what_has_gone_in(scene):
    facts = scene.facts
    last = len(facts.fed) // 2 - 1
    for moment, i in (("digit-after-digit 1", last), ("digit-after-digit end", -1)):
        (image,), (bars,) = (
            at(scene, moment, kind) for kind in ("PixelImage.values", "Bars.values")
        )
        assert np.allclose(image.value, facts.fed[i])
        assert np.allclose(bars.value, facts.answers[i])
        lit = bars.mobject.copy().set_values(facts.answers[i])
        assert bars.colour == looks(lit.crown(int(facts.answers[i].argmax()), "attention"))


def test_the_mark_at_a_half_is_half_way_along_the_bars(scene):
    for moment in (f"{the(scene, 'does-it-decide')} 1", f"{the(scene, 'divided')} 1"):
        mark = text(scene, moment, "half")
        (bars,) = at(scene, moment, "Bars.values")
        middle = (bars.box[0] + bars.box[1]) / 2
        assert (mark.box[0] + mark.box[1]) / 2 == pytest.approx(middle, abs=0.02)
        assert mark.box[2] > bars.box[3]


# --- doubts ---
def test_more_than_one_and_none_have_their_own_frames_and_counts(scene):
    facts, crowd = scene.facts, scene.crowd
    section = the(scene, "two-or-none")
    frames = [t.mobject for t in at(scene, f"{section} end", "Cells")]
    wanted = [("several", facts.beliefs > 1, "attention"), ("none", facts.beliefs == 0, "wrong")]
    wanted = [row for row in wanted if row[1].any()]
    assert len(frames) == len(wanted)
    for (word, which, role), frame in zip(wanted, frames, strict=True):
        colour = getattr(scene.theme, role)
        assert np.allclose(frame.centres(), crowd.thumbs.spots[which])
        assert np.allclose(frame.stroke, rgb(colour))
        said = text(scene, f"{section} end", word)
        assert said.colour == colour.lower()
        assert said.text.endswith(f": {which.sum()}")
    lit = crowd.thumbs.fill_alpha[: facts.n]
    assert np.allclose(lit, np.where(facts.beliefs == 1, DIM, 1.0))
    assert isinstance(frames[0], Cells)


def test_those_with_exactly_one_yes_light_up_first(scene):
    facts = scene.facts
    said = text(scene, f"{the(scene, 'does-it-decide')} end", "one")
    assert said.text.endswith(f": {facts.one}") and said.colour == scene.theme.text.lower()
    (thumbs,) = at(scene, f"{the(scene, 'does-it-decide')} end", "Thumbnails.values")
    assert thumbs.value.shape == facts.small.shape
    assert facts.one + facts.several + facts.none == facts.n
    lit = scene.crowd.thumbs.copy().set_alpha(np.where(facts.beliefs == 1, 1.0, DIM))
    assert thumbs.colour == looks(lit)


def test_first_and_second_are_the_bars_that_stand_out(scene):
    facts = scene.facts
    roles = {facts.first: "attention", facts.second: "text"}
    for moment in (f"{the(scene, 'divided')} 1", f"{the(scene, 'divided')} end", "no-cake end"):
        (bars,) = at(scene, moment, "Bars.values")
        assert np.allclose(bars.value, facts.opinions)
        for k, fill in enumerate(bars.mobject.fill[facts.outputs :]):
            assert np.allclose(fill, rgb(getattr(scene.theme, roles.get(k, "muted"))))
    assert facts.opinions[facts.first] >= facts.opinions[facts.second]
    (image,) = at(scene, f"{the(scene, 'divided')} end", "PixelImage.values")
    assert np.allclose(image.value, facts.doubtful)


def test_the_cake_has_the_slices_of_the_opinions(scene):
    cake, facts = scene.cake, scene.facts
    assert np.array_equal(cake.values, facts.opinions) and cake.share == 1.0
    assert cake.roles == {facts.first: "attention", facts.second: "text"}  # as the bars
    assert cake.order[0] == facts.first and cake.order[1] == facts.second
    reach = np.linalg.norm(cake.slices.get_all_points()[:, :2] - cake.centre[:2], axis=1).max()
    assert reach < 1.05 * cake.size  # handles of curves lie a little outside
    rings = sum(len(slice_) > 1 for slice_ in cake.slices)
    assert (rings > 0) == (facts.total > 1.001)
    names = [t.text for t in at(scene, "no-cake end", "Text") if t.box[0] > 0]
    assert {str(facts.first), str(facts.second)} <= set(names)


def test_other_dials_then_its_own(scene):
    """While the ways to set them are spoken of they are others; in the end its own again."""
    facts, moment = scene.facts, "who-picked-it"
    dials = [t.value for t in at(scene, f"{moment} 1", "Dials.values")]
    assert np.allclose(np.concatenate(dials), facts.throws[-1])
    (bars,) = at(scene, f"{moment} 1", "Bars.values")
    assert np.allclose(bars.value, facts.thrown[-1])
    assert np.allclose(scene.machine.values, facts.values)
    (bars,) = at(scene, f"{moment} end", "Bars.values")
    assert np.allclose(bars.value, facts.output)
    (image,) = at(scene, f"{moment} end", "PixelImage.values")
    assert np.allclose(image.value, facts.image)
    assert not [t for t in scene.shown if t.moment.startswith(moment) and t.kind == "LayerEdges"]


def test_the_divided_one_has_not_been_shown_by_the_chapter_before(scene):
    """Unless there is no other that has two yes."""
    facts, before = scene.facts, ForwardPassFacts.of(scene.story)
    same = np.array_equal(facts.doubtful, before.image)
    assert same == facts.is_met
    assert not same or facts.several == 1


def test_the_one_that_was_met_is_taken_only_if_there_is_no_other():
    story = Story.choose()
    outputs = story.evaluation.trace.output
    twos = np.flatnonzero((outputs > 0.5).sum(axis=1) > 1)
    assert len(twos) > 1 and _divided(outputs, twos[0]) != twos[0]
    only = np.where((np.arange(len(outputs)) == twos[0])[:, None], outputs, 0.9 * np.eye(10)[0])
    assert _divided(only, twos[0]) == twos[0] and _divided(only, None) == twos[0]
    fresh = np.delete(twos, 0)
    assert _divided(outputs, twos[0]) == max(fresh, key=lambda i: np.sort(outputs[i])[-2:].sum())


# --- networks that answer otherwise ---
def changed(path, factor: float, bias: float):
    """The default network with other outputs: weights by a factor, biases moved."""
    network = load_model().network
    *w, last = network.w
    *b, ends = network.b
    made = Network((*w, factor * last), (*b, factor * ends + bias), network.activations)
    save_model(path, Model(made))
    return path


@pytest.mark.parametrize(
    ("factor", "bias", "expected"),
    [
        (0.0, -2.0, ("does-it-decide-never", "two-or-none-never-two", "divided-nearest")),
        (0.0, 2.0, ("does-it-decide-never", "two-or-none-never-none", "divided")),
    ],
    ids=["shy", "sure of all"],
)
def test_a_network_that_never_or_always_says_yes_is_told_of_as_it_is(
    play, tmp_path, factor, bias, expected
):
    scene = play("OneBigFunction", model=changed(tmp_path / "m.safetensors", factor, bias))
    assert tuple(section.name for section in scene.sections[3:6]) == expected


def test_a_network_without_hidden_layers_is_not_told_of_as_nested(play, tmp_path):
    rng = np.random.default_rng(0)
    network = Network((rng.normal(size=(10, 784)) / 20,), (np.zeros(10),), ("sigmoid",))
    save_model(tmp_path / "flat.safetensors", Model(network))
    scene = play("OneBigFunction", model=tmp_path / "flat.safetensors")
    assert scene.sections[1].name == "the-network-once"
    assert len(scene.nested.rings) == 1
    assert isinstance(scene.edges, LayerEdges) and isinstance(scene.bars, Bars)
