"""The film's cards: what they say is true, they take up and end on the pictures next to them."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Text

from netglow.netcore.model import Model, save_model
from netglow.netcore.network import Network
from netglow.netcore.study import facts
from netglow.scenes.cards.card import Seam
from netglow.scenes.cards.chapter_row import SEEN
from netglow.scenes.cards.ending_card import COMMANDS, EndingCard, sizes_of
from netglow.scenes.cards.title_card import TitleCard
from netglow.scenes.cards.transition import Transition
from netglow.scenes.stage.text import BODY
from tests.chapters import checks
from tests.chapters.playing import SMALL

RELU = "assets/models/relu.safetensors"
TITLE = "A digit goes through the network"
CHOICES = ({}, {"model": RELU, "theme": "light"}, {"digit": 7})


def texts(card) -> list[str]:
    return [t.text for t in checks.on_frame(card)[0] if t.text]


def assert_in_order(card) -> None:
    things, _ = checks.on_frame(card)
    for check in (
        checks.outside_margins,
        checks.under_captions,
        checks.too_small,
        checks.overlapping,
    ):
        assert check(things) == []


# --- between chapters ---
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("number, chapters", [(1, 1), (1, 3), (3, 3), (5, 14), (14, 14)])
def test_a_transition_shows_where_in_the_film_it_is(show, number, chapters, theme):
    card = show(Transition, Seam(chapters, number, TITLE), theme=theme)
    shown = card.row.neurons.activations
    assert len(shown) == chapters
    assert shown[number - 1] == 1
    assert (shown[: number - 1] == SEEN).all() and not shown[number:].any()
    assert texts(card) == [*([f"Chapter {number}"] if chapters > 1 else []), TITLE]
    assert_in_order(card)


def test_a_title_as_long_as_a_translation_may_be_fits(show):
    long = "A title of words that a translation needs, and of some more words"
    card = show(Transition, Seam(14, 5, long))
    (title,) = [t for t in checks.on_frame(card)[0] if t.text == long]
    assert title.tallest >= BODY
    assert_in_order(card)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_transition_goes_from_picture_to_picture(show, pictures, theme):
    before, after = pictures
    film = show(Transition, Seam(14, 4, TITLE, before, after), filmed=True, theme=theme).film
    np.testing.assert_array_equal(film[0], before)
    np.testing.assert_array_equal(film[-1], after)
    assert 2.5 <= len(film) / SMALL["frame_rate"] <= 3.3
    steps = np.abs(np.diff(film, axis=0)).mean(axis=(1, 2, 3))
    whole = np.abs(film[0] - film[len(film) // 2]).mean()
    assert steps.max() < 0.45 * whole  # it fades: no step takes half of the way


def test_the_light_goes_from_neuron_to_neuron(show):
    """The picture changes near the neuron of the chapter before and of the next one only."""
    card = show(Transition, Seam(6, 3, TITLE), filmed=True)
    rate = SMALL["frame_rate"]
    lit, still = card.film[round(1.3 * rate)], card.film[round(1.7 * rate)]
    np.testing.assert_array_equal(lit, still)
    assert card.row.edges.head.tolist() == [2.0] * 3 + [0.0] * 3


# --- title ---
@pytest.mark.parametrize("choices", CHOICES, ids=["default", "relu-light", "seven"])
def test_the_title_card_is_a_real_forward_pass(show, choices):
    card = show(TitleCard, Seam(), **choices)
    story, diagram = card.story, card.diagram
    np.testing.assert_array_equal(diagram.pixels.values, story.image)
    for layer, (edges, neurons) in enumerate(zip(diagram.edges, diagram.neurons, strict=True)):
        np.testing.assert_array_equal(edges.weights, story.network.w[layer])
        np.testing.assert_allclose(
            edges.contributions, facts.contributions(story.network, story.trace, layer)
        )
        np.testing.assert_allclose(neurons.activations, story.trace.a[layer + 1])


def test_the_title_card_comes_from_and_goes_to_the_empty_ground(show):
    card = show(TitleCard, Seam(), filmed=True)
    for frame in (card.film[0], card.film[-1]):
        assert np.ptp(frame.reshape(-1, 3), axis=0).max() <= 12
    assert 5 <= len(card.film) / SMALL["frame_rate"] <= 9


def test_the_title_card_is_in_order_and_tells_its_own_number_of_weights(show, monkeypatch):
    at_poster = []
    monkeypatch.setattr(
        TitleCard,
        "mark_poster",
        lambda card: at_poster.append((checks.on_frame(card)[0], texts(card))),
    )
    card = show(TitleCard, Seam())
    (things, words), *_ = at_poster
    assert any(f"{card.story.network.edge_count:,} real weights" in text for text in words)
    assert checks.outside_margins(things) == checks.overlapping(things) == []
    assert checks.under_captions(things) == checks.too_small(things) == []


# --- ending ---
@pytest.mark.parametrize("choices", CHOICES, ids=["default", "relu-light", "seven"])
def test_the_ending_names_everything_that_makes_the_film_again(show, choices):
    card = show(EndingCard, Seam(), **choices)
    model, story, told = card.story.model, card.story, card.card.facts
    assert model.digest.startswith(told["model digest"]) and len(told["model digest"]) == 16
    assert told["trained on"] == model.meta["data"]
    assert model.meta["data_checksum"].startswith(told["data checksum"])
    assert told["seed"] == str(model.meta["seed"])
    share = facts.accuracy(story.network, story.digits)
    assert told["accuracy"] == f"{100 * share:.1f}% of {len(story.digits):,} test digits"
    assert told["network"].startswith("–".join(map(str, story.network.sizes)))
    assert told["image"] == story.source
    assert told["made with"].startswith("Netglow")
    assert f"read as {story.trace.predicted}" in texts(card)
    assert any("--model" in command for command in COMMANDS)
    assert_in_order(card)


def test_the_ending_of_a_model_that_tells_nothing_or_too_much(show, tmp_path):
    rng = np.random.default_rng(0)
    sizes = (784, 120, 60, 50, 40, 30, 20, 12, 10)
    w = tuple(rng.normal(0, 0.1, (n, m)) for m, n in zip(sizes, sizes[1:], strict=False))
    network = Network(w, tuple(np.zeros(n) for n in sizes[1:]), ("relu",) * 7 + ("sigmoid",))
    save_model(tmp_path / "m.safetensors", Model(network, meta={"data": "a name " * 20}))
    card = show(EndingCard, Seam(), model=tmp_path / "m.safetensors")
    assert card.card.facts["seed"] == card.card.facts["data checksum"] == "not stated"
    assert card.card.facts["network"] == "784–120–60–50–…–20–12–10, relu, sigmoid"
    assert_in_order(card)


def test_the_ending_begins_with_the_picture_before_it_and_stays(show, pictures):
    card = show(EndingCard, Seam(before=pictures[0]), filmed=True)
    np.testing.assert_array_equal(card.film[0], pictures[0])
    np.testing.assert_array_equal(card.film[-1], card.film[-SMALL["frame_rate"]])
    assert 6.5 <= len(card.film) / SMALL["frame_rate"] <= 14
    assert {type(t) for t in card.card.rows[0]} == {Text}


def test_sizes_of_a_deep_network_leave_out_the_middle():
    assert sizes_of((784, 16, 16, 10)) == "784–16–16–10"
    assert sizes_of((784, 8, 7, 6, 5, 4, 3, 10)) == "784–8–7–6–…–4–3–10"
