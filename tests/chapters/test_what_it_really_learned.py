"""WhatItReallyLearned: every number, dot and frame is what netcore finds, for any network."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import Digits, load_digits
from netglow.netcore.model import Model, save_model
from netglow.netcore.network import Network, forward, forward_batch
from netglow.netcore.study import facts
from netglow.netcore.study.edge_search import best_edges, small_edges
from netglow.netcore.study.robustness import DIRECTIONS, noise_confidence, shifted, shifted_accuracy
from netglow.scenes.props.what_it_really_learned.confused_pairs import ConfusedPairs
from netglow.scenes.props.what_it_really_learned.dot_field import DotField
from netglow.scenes.props.what_it_really_learned.edge_marks import EdgeMarks
from netglow.scenes.props.what_it_really_learned.ideas import MovedExamples, OneMoreOutput, Window
from netglow.scenes.props.what_it_really_learned.share_columns import ShareColumns
from netglow.scenes.stage import story as stories
from tests.chapters import checks
from tests.chapters.playing import last_shown
from tests.chapters.words import said

CLIP = "WhatItReallyLearned"
IDEAS = (Window, OneMoreOutput, MovedExamples)
RELU = "assets/models/relu.safetensors"
CHOICES = ({}, {"model": RELU}, {"digit": 7, "theme": "light"})


@pytest.fixture(params=[*CHOICES, "wide"], ids=["default", "relu", "seven-light", "wide"])
def scene(request, play):
    if request.param == "wide":
        return play(CLIP, model=request.getfixturevalue("wide"))
    return play(CLIP, **request.param)


def predicted(scene) -> np.ndarray:
    return forward_batch(scene.story.network, scene.story.digits.images).predictions


# --- the weights ---
def test_the_wall_ends_with_the_real_weights(scene):
    weights = scene.story.network.w[0].reshape(-1, 28, 28)
    np.testing.assert_array_equal(scene.wall.values, weights)


def test_the_hoped_for_edge_is_one_small_edge(scene):
    fit = best_edges(scene.hope.edge[None])
    assert fit.share[0] == pytest.approx(1)
    assert (scene.hope.edge != 0).sum() <= max((e != 0).sum() for e in small_edges(9))


def test_frames_and_percentages_are_those_of_the_best_edges(scene):
    weights = scene.story.network.w[0].reshape(-1, 28, 28)
    fit, marks, wall = best_edges(weights), last_shown(scene, EdgeMarks), scene.wall
    cells = wall.centres().reshape(len(weights), 28, 28, 3)
    for i, ((row, column), size) in enumerate(zip(fit.corner, fit.size, strict=True)):
        inside = cells[i, row : row + size, column : column + size].reshape(-1, 3)
        np.testing.assert_allclose(marks.frames.centres()[i], inside.mean(axis=0), atol=1e-9)
        low = marks.frames.centres()[i, 0] - marks.frames.halves()[i, 0]
        assert low == pytest.approx(inside[:, 0].min() - wall.size / 56 - 0.02)
    if len(marks.percents):
        texts = [text.original_text for text in marks.percents]
        assert texts == [f"{100 * share:.0f}%" for share in fit.share]


def test_what_is_said_of_the_edges_is_true(scene):
    shown = np.rint(100 * best_edges(scene.wall.values).share)
    assert f"{shown.max():.0f}%" in said(scene, "the-facts")
    half = last_shown(scene, EdgeMarks).half
    assert f"{half}%" in said(scene, "the-facts")
    assert np.median(shown) < 50 and (shown <= half).sum() >= len(shown) / 2
    assert (shown < half).sum() < len(shown) / 2 + 1
    assert "the-facts" in [mark.name for mark in scene.sections]


# --- the mistakes ---
def test_every_dot_is_a_digit_in_the_field_of_its_answer(scene):
    digits, table, answers = scene.story.digits, scene.table, predicted(scene)
    np.testing.assert_array_equal(table.counts, facts.confusion(scene.story.network, digits))
    places = table.dots.centres()
    for k in range(len(digits)):
        away = np.abs(places[k] - table.fields[digits.labels[k], answers[k]])[:2]
        assert (away <= table.field / 2).all()
    assert len(np.unique(places.round(6), axis=0)) == len(digits)  # none hides another


def test_mistakes_are_counted_and_coloured(scene):
    wrong = predicted(scene) != scene.story.digits.labels
    colours = scene.table.dots.fill
    assert len(np.unique(colours[wrong], axis=0)) == 1
    assert not (colours[~wrong] == colours[wrong][0]).all(axis=1).any()
    n = f"{wrong.sum():,} mistakes"
    assert n in [t.text for t in scene.section_ends["where-it-errs"][0] if t.text]


def test_the_three_most_frequent_confusions_with_real_examples(scene):
    off = facts.confusion(scene.story.network, scene.story.digits)
    np.fill_diagonal(off, 0)
    confused = last_shown(scene, ConfusedPairs)
    shown = [count for *_, count in confused.pairs]
    assert shown == sorted(off.ravel(), reverse=True)[: len(shown)]
    for (truth, answer, count), (_, image, _) in zip(confused.pairs, confused.rows, strict=True):
        assert off[truth, answer] == count
        assert forward(scene.story.network, image.values).predicted == answer
        assert (
            (scene.story.digits.images[scene.story.digits.labels == truth] == image.values)
            .all(axis=(1, 2))
            .any()
        )
    assert confused.left_out(off) == (off == shown[-1]).sum() - shown.count(shown[-1])


# --- noise ---
def test_noise_is_a_real_digit_shuffled_and_answered_like_that(scene):
    found = scene.static
    digit = scene.story.digits.images[found.source]
    np.testing.assert_allclose(np.sort(found.image.ravel()), np.sort(digit.ravel()))
    np.testing.assert_allclose(
        forward(scene.story.network, found.image).output, found.output, atol=1e-12
    )
    assert f"{found.output.max():.3f}" in said(scene, "noise")


def test_every_noise_is_a_dot_and_the_confident_ones_are_counted(scene):
    again = noise_confidence(
        scene.story.network, np.random.default_rng(0), 10_000, scene.story.digits.images
    )
    np.testing.assert_array_equal(last_shown(scene, DotField).values, again.largest)
    above = int((again.largest > 0.9).sum())
    section = "noise" if above else "noise-never"
    texts = [t.text for t in scene.section_ends[section][0] if t.text]
    assert f"{above:,} of 10,000 above 0.9" in texts
    if above:
        assert f"{above / 100:.1f}%" in said(scene, "noise")


# --- moved ---
def test_the_digit_is_moved_and_answered_like_that(scene):
    steps = scene.flip or 4
    way = np.array(DIRECTIONS[scene.direction])
    outputs = [
        forward(scene.story.network, shifted(scene.story.image, *(k * way))).output
        for k in range(steps + 1)
    ]
    np.testing.assert_allclose(scene.outputs, outputs, atol=1e-12)
    np.testing.assert_allclose(scene.answer.output, outputs[-1], atol=1e-12)
    answers = [int(o.argmax()) for o in outputs]
    assert len(set(answers[:-1])) == 1
    assert (answers[-1] != answers[0]) == (scene.flip is not None)
    assert str(answers[-1]) in said(scene, "moved") and str(answers[0]) in said(scene, "moved")


def test_the_ink_has_moved_as_far_as_it_says(scene):
    way = np.array(DIRECTIONS[scene.direction]) * scene.digit.steps
    first = scene.pixels.centres()[scene.digit.ink.places]
    step = (scene.digit.ink.centres() - first).mean(axis=0) / scene.pixels.pitch
    np.testing.assert_allclose(step[:2], [way[1], -way[0]], atol=1e-9)


def test_columns_are_the_accuracy_of_moved_digits(scene):
    network, digits = scene.story.network, scene.story.digits
    shares = [shifted_accuracy(network, digits, k) for k in range(5)]
    chart = last_shown(scene, ShareColumns)
    np.testing.assert_allclose(chart.columns.counts, 100 * np.array(shares))
    texts = [text.original_text for text in chart.percents]
    assert texts == [f"{100 * share:.1f}%" for share in shares]
    assert texts[0] in said(scene, "moved") and texts[-1] in said(scene, "moved")


# --- what next ---
def test_the_ideas_show_the_networks_own_data(scene):
    window, outputs, moved = (last_shown(scene, kind) for kind in IDEAS)
    np.testing.assert_array_equal(window.pixels.values, scene.story.image)
    np.testing.assert_array_equal(outputs.neurons.activations, scene.static.output)
    assert not outputs.new.activations.any()
    assert len(outputs.names) == len(scene.static.output) + 1
    ways = [(i, j) for i in (-4, 0, 4) for j in (-4, 0, 4)]
    for image, way in zip(moved.images, ways, strict=True):
        np.testing.assert_array_equal(image.values, shifted(scene.story.image, *way))


def test_the_window_goes_over_the_whole_image(scene):
    window = last_shown(scene, Window)
    places, half = window.places.reshape(-1, 3), window.frame.width / 2
    pixels = window.pixels.centres() - window.get_center()
    near = np.abs(pixels[:, None, :2] - (places - places.mean(axis=0))[None, :, :2]) <= half
    assert near.all(axis=2).sum(axis=1).tolist() == [1] * len(pixels)
    steps = np.abs(np.diff(places, axis=0)).sum(axis=1)
    np.testing.assert_allclose(steps, 2 * half, rtol=1e-6)  # one place after the other


def test_pictures_are_in_order_for_every_network(scene):
    assert checks.disorder(scene.section_ends) == []


# --- networks of another kind ---
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


def test_a_network_of_edges_without_confidence_is_described_as_it_is(play, tmp_path):
    save_model(tmp_path / "edges.safetensors", Model(edge_network()))
    scene = play(CLIP, model=tmp_path / "edges.safetensors")
    names = [mark.name for mark in scene.sections]
    assert "the-facts-edges" in names and "noise-never" in names
    assert last_shown(scene, EdgeMarks).half >= 99
    if scene.flip is None:
        assert "moved-holds" in names


def test_a_network_without_mistakes_is_described_as_it_is(play_anew, monkeypatch):
    test = load_digits()[1]
    right = forward_batch(stories.load_model().network, test.images).predictions == test.labels
    fine = Digits(test.images[right], test.labels[right], test.name, test.checksum)
    monkeypatch.setattr(stories, "load_digits", lambda: (None, fine))
    scene = play_anew(CLIP, digit=2)
    assert "where-it-errs-nowhere" in [mark.name for mark in scene.sections]
    assert not scene.table.counts[~np.eye(10, dtype=bool)].any()
