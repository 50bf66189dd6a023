"""ForwardPass: what is told of a light, a sign, an answer or a mistake stands at that thing."""

from __future__ import annotations

import numpy as np
import pytest
from manim import tempconfig

from netglow.netcore.digits import ASSETS
from netglow.netcore.network import forward
from netglow.netcore.study import doubts
from netglow.scenes.engine.writer import ClipWriter
from netglow.scenes.forward_pass import ForwardPass
from netglow.scenes.parts.network.network_pass import NetworkPass
from netglow.scenes.props.forward_pass.balance import Balance
from netglow.scenes.props.forward_pass.tally import Tally
from netglow.scenes.stage.captions import load_script
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import DARK, rgb
from tests.chapters.playing import SMALL, last_shown

RELU = ASSETS / "models" / "relu.safetensors"
SCRIPT = load_script("forward_pass")
CHOICES = [{}, {"model": RELU}, {"digit": 7}, {"index": 755}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven", "wrong"])
def scene(play, request):
    return play("ForwardPass", **request.param)


def shown_at(scene, moment: str, text: str):
    """The things that say this at that moment."""
    return [t for t in scene.shown if t.moment == moment and t.text == text]


def frame_at(scene, moment: str):
    """The frame around an output at that moment."""
    return next(
        t
        for t in scene.shown
        if t.moment == moment and t.kind == "RoundedRectangle" and t.box[3] - t.box[2] < 1
    )


def is_around(box, mobject) -> bool:
    x, y, _ = mobject.get_center()
    return box[0] < x < box[1] and box[2] < y < box[3]


# --- light ---
def test_light_runs_from_the_ink_half_way_by_its_product(scene):
    """The top is ahead of the bottom, dark pixels send nothing, the strongest shine most."""
    diagram, image = scene.diagram, scene.facts.image
    trace = forward(scene.story.network, image)
    run = NetworkPass.through(diagram, trace)
    edges = diagram.edges[0].copy()
    flow = run.flow(0, 1.0)
    flow.mobject = edges
    flow.begin()
    flow.interpolate(0.5)
    pixels, weights = image.ravel(), scene.story.network.w[0]
    heads = edges.head.reshape(weights.shape)
    assert (np.diff(heads[0]) <= 1e-9).all()  # row by row, from the top
    assert heads[0, 0] > 0.8 and heads[0, -1] < 0.3
    glow, sent = edges.glow.reshape(weights.shape), np.abs(weights * pixels)
    assert not glow[:, pixels == 0].any()
    order = np.argsort(sent.ravel())
    assert (np.diff(glow.ravel()[order]) >= -1e-12).all()
    assert glow.max() > 0 and edges.contributions == pytest.approx(weights * pixels)


def test_threads_begin_at_the_ink_before_light_runs(scene):
    """No seam at the image's border: at rest and lit, a thread begins at its pixel."""
    edges = scene.diagram.edges[0]
    assert not edges.begin.any() and not edges.tail.any()
    dark = np.tile(scene.facts.image.ravel() == 0, len(edges.weights))
    assert not edges.light[dark].any() and edges.light[~dark].any()


@pytest.fixture(scope="module")
def shone(play_anew):
    """A scene, and the light of edges (out * in,) each time some are singled out."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        shine = ForwardPass._shine

        def noted(self, edges, glow):
            found.append((edges.glow, np.asarray(glow)))
            return shine(self, edges, glow)

        patch.setattr(ForwardPass, "_shine", noted)
        return play_anew("ForwardPass"), found


def test_the_strongest_shine_then_blue_then_orange_then_both_then_one_neuron_each(shone):
    scene, found = shone
    weights = scene.story.network.w[0]
    sent = (weights * scene.facts.image.ravel()).ravel()
    whole, up = found[0][0], sent > 0
    strength = np.sort(np.abs(sent[sent != 0]))  # two of a hundred are the strongest
    much = np.abs(sent) >= strength[int(np.ceil(0.98 * (len(strength) - 1)))]
    assert whole[much].min() >= whole[~much].max()  # they shine brightest anyway
    into = np.repeat(np.arange(len(weights)), weights.shape[1])
    both, facts = up | ~up, scene.facts
    wanted = [much, both, up, ~up, both, into == facts.moved, into == facts.unmoved, both]
    assert len(found) == len(wanted)
    for (_, glow), bright in zip(found, wanted, strict=True):
        assert glow[bright] == pytest.approx(whole[bright])
        assert (glow[~bright] <= 0.05 * whole[~bright] + 1e-12).all()


def test_half_way_the_light_is_half_way(shone):
    scene, _ = shone
    edges = scene.diagram.edges[0].copy()
    before, goal = edges.glow, 0.2 * edges.glow
    change = scene._shine(edges, goal)
    change.begin()
    change.interpolate(0.5)
    assert edges.glow == pytest.approx((before + goal) / 2)


# --- adds, takes away ---
def test_signs_have_the_colours_of_their_edges(scene):
    theme, edges = scene.theme, scene.diagram.edges[0]
    for word, role, sign in (("adds", theme.positive, 1), ("takes", theme.negative, -1)):
        (text,) = shown_at(scene, "light-leaves-the-ink end", scene.words(word))
        assert text.colour == role.lower()
        mine = edges.rgb[np.sign(edges.weights.ravel()) == sign]
        assert (mine == theme.light_of(role)).all()
    assert shown_at(scene, "light-leaves-the-ink 3", scene.words("adds"))
    assert not shown_at(scene, "light-leaves-the-ink 3", scene.words("takes"))


@pytest.mark.parametrize(("moment", "name", "first"), [(2, "moved", 0), (3, "unmoved", 1)])
def test_what_is_added_and_taken_away_stands_at_its_neuron(scene, moment, name, first):
    facts = scene.facts
    neuron, moment = getattr(facts, name), f"some-light-up {moment}"
    (balance,) = [t for t in scene.shown if t.moment == moment and t.kind == "Balance.values"]
    assert balance.value == pytest.approx(facts.balances[first])
    assert (balance.value[0] > balance.value[1]) == (name == "moved")
    x, y, _ = scene.diagram.neurons[0].centres()[neuron]
    assert x < balance.box[0] < x + 0.6 and balance.box[2] < y < balance.box[3]
    lit = next(
        t.value
        for t in scene.shown
        if t.moment == moment
        and t.kind == "Neurons.activations"
        and t.mobject is scene.diagram.neurons[0]
    )
    a = forward(scene.story.network, facts.image).a[1]
    assert lit[neuron] == pytest.approx(a[neuron])
    others = np.delete(lit, [facts.moved, facts.unmoved])
    assert not others.any()


def test_both_balances_have_one_scale(scene):
    units = {part.unit for part in scene.props_made if isinstance(part, Balance)}
    assert len(units) == 1


# --- the question and the answer ---
def test_the_two_guesses_are_in_the_order_of_their_size(play):
    scene = play("ForwardPass")
    facts = scene.facts
    assert {facts.first, facts.second} == {facts.predicted, facts.runner}
    boxes = [
        shown_at(scene, "a-real-digit end", scene.words("guess", digit=digit))[0].box
        for digit in sorted((facts.predicted, facts.runner))
    ]
    assert boxes[0][1] < -3 and boxes[1][0] > 3
    assert not any(t.text and "?" in t.text for t in play("ForwardPass", digit=7).shown)


def test_no_answer_is_given_before_the_outputs_are_lit(scene):
    names = [section.name for section in scene.sections]
    before = names[: next(k for k, name in enumerate(names) if name.startswith("read-the"))]
    early = [t for t in scene.shown if t.moment.rsplit(" ", 1)[0] in before]
    told = scene.words("read_as", digit=scene.facts.predicted)
    assert early and not [t for t in early if t.text == told]


def test_the_lit_answer_is_the_one_told(scene):
    facts, d = scene.facts, scene.diagram
    moment = f"read-the-answer{facts.belief} 1"
    assert is_around(frame_at(scene, moment).box, d.names[facts.predicted])
    (text,) = shown_at(scene, moment, scene.words("read_as", digit=facts.predicted))
    assert text.colour == scene.theme.attention.lower()  # it is not judged yet
    bars = next(t for t in scene.shown if t.moment == moment and t.kind == "Bars.values")
    assert bars.value.argmax() == facts.predicted
    assert bars.value.max() == pytest.approx(facts.best)
    stated = shown_at(scene, moment, facts.best_stated)
    assert any(is_around(frame_at(scene, moment).box, t.mobject) for t in stated)


def test_the_second_output_stands_at_the_runner_up(play):
    scene = play("ForwardPass")
    (text,) = shown_at(scene, "read-the-answer end", scene.facts.next_stated)
    y = (text.box[2] + text.box[3]) / 2
    assert abs(y - scene.diagram.names[scene.facts.runner].get_center()[1]) < 0.1


# --- right and wrong ---
def test_right_and_wrong_answers_have_their_own_colours(scene):
    facts, theme = scene.facts, scene.theme
    cases = [("one-it-gets-wrong end", facts.mistake_answer, facts.mistake_label)]
    first = "what-was-meant end" if facts.is_right else "what-was-meant-wrong end"
    cases.append((first, facts.predicted, facts.label))
    for moment, answer, label in cases:
        role = theme.correct if answer == label else theme.wrong
        (read,) = shown_at(scene, moment, scene.words("read_as", digit=answer))
        (meant,) = shown_at(scene, moment, scene.words("meant", digit=label))
        assert read.colour == frame_at(scene, moment).colour == role.lower()
        assert read.box[2] > meant.box[3]
        assert is_around(frame_at(scene, moment).box, scene.diagram.names[answer])


def test_the_counts_of_right_and_wrong_are_those_of_the_cells(scene):
    facts, theme = scene.facts, scene.theme
    tally = last_shown(scene, Tally)
    cells = {role: (tally.fill == rgb(role)).all(axis=1) for role in (theme.correct, theme.wrong)}
    assert (cells[theme.correct] == facts.reads).all()
    for word, role in (("right", theme.correct), ("wrong", theme.wrong)):
        (text,) = shown_at(scene, "how-often end", scene.words(word))
        assert text.colour == role.lower()
        assert text.text.startswith(f"{cells[role].sum()} ")


@pytest.mark.parametrize("off", [0, 1])
def test_each_of_the_two_more_digits_gets_its_own_answer(play_anew, monkeypatch, off):
    """Also where it was meant to be another digit."""
    found, name = [], ForwardPass._name_answer

    def noted(self, answer, stated, label, run_time=0.9):
        name(self, answer, stated, label if label is None else (label + off) % 10, run_time)
        d = self.diagram
        found.append(
            (d.pixels.values, d.bars.values, d.bars.winner, d.bars.winner_role, self.verdict)
        )

    monkeypatch.setattr(ForwardPass, "_name_answer", noted)
    scene = play_anew("ForwardPass")
    facts, digits = scene.facts, set()
    for k, (pixels, bars, winner, role, verdict) in enumerate(found[1:3]):
        output = forward(scene.story.network, pixels).output
        assert pixels == pytest.approx(facts.more[k])
        assert bars == pytest.approx(output)
        assert winner == output.argmax() == facts.more_answers[k]
        assert role == ("correct" if winner == (facts.more_labels[k] + off) % 10 else "wrong")
        frame, stated, text = verdict
        colours = {m.get_color().to_hex().lower() for m in verdict.family_members_with_points()}
        assert colours == {getattr(scene.theme, role).lower()}
        assert text.original_text == scene.words("read_as", digit=int(winner))
        height = scene.diagram.names[int(winner)].get_center()[1]
        assert abs(frame.get_center()[1] - height) < 0.1 and is_around(
            (frame.get_left()[0], frame.get_right()[0], frame.get_bottom()[1], frame.get_top()[1]),
            stated,
        )
        digits.add(int(winner))
    assert len(digits) == 2 and facts.predicted not in digits


# --- variants ---
def test_no_output_is_written_as_if_it_were_0_or_1(scene):
    facts = scene.facts
    texts = {t.text for t in scene.shown if t.text}
    assert not texts & {"0.00", "1.00", "0.000", "1.000"}
    assert facts.best_stated in texts


def test_a_network_that_errs_nowhere_is_said_to_be_just_that(play_anew, monkeypatch):
    def none_wrong(*_):
        raise LookupError("every image is answered correctly")

    monkeypatch.setattr(doubts, "surest_error", none_wrong)
    names = [section.name for section in play_anew("ForwardPass", digit=1).sections]
    assert "never-wrong" in names and not any(n.startswith("one-it-gets") for n in names)


def test_without_two_clear_neurons_it_points_at_none(play_anew, monkeypatch):
    def none(*_):
        raise LookupError("no such neurons")

    monkeypatch.setattr(doubts, "for_and_against", none)
    scene = play_anew("ForwardPass", digit=1)
    assert "some-light-up-any" in [section.name for section in scene.sections]
    assert not [t for t in scene.shown if t.kind == "Balance.values"]


def test_of_another_model_nobody_says_what_it_has_seen(play, bare):
    names = [section.name for section in play("ForwardPass", model=bare, digit=7).sections]
    assert names[0] == "a-real-digit-plain" and "how-often-any" in names


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
