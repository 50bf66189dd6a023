"""Layers as columns, the lens on the longest of them, and how their neurons get there."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.network.lens_column import MoveLens, lens_boxes, outlined, put
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.props.layers.layer_columns import LayerColumns, Recount, dealt
from netglow.scenes.props.why_layers.tag import Tag
from netglow.scenes.stage.theme import DARK

SIZES = (40, 5, 6, 3)


@pytest.fixture
def stack() -> LayerColumns:
    rng = np.random.default_rng(2)
    weights = [rng.normal(size=(n, m)) for m, n in zip(SIZES, SIZES[1:], strict=False)]
    return LayerColumns(weights, rng.uniform(size=SIZES[0]), 7, DARK, left=-3, right=4, y=0.5)


# --- the lens ---
@pytest.mark.parametrize("focus", [0, 200, 783])
def test_the_lens_enlarges_the_neurons_around_its_focus_within_the_same_height(focus):
    centres, halves = lens_boxes(784, focus, 1.0, 0.5, 5.0)
    heights = 2 * halves[:, 1] / np.where(halves[:, 1] > 0.0086, 0.86, 1)
    assert halves[:, 1].argmax() == focus and halves[focus, 1] > 0.19
    assert (np.diff(centres[:, 1]) < 0).all() and heights.sum() <= 5.0 * 1.2
    assert abs(centres[:, 1] - 0.5).max() <= 2.5
    assert outlined(halves)[focus] == 1 and outlined(halves).sum() < 20


def test_a_closed_lens_is_a_column_of_equal_neurons_and_opens_on_its_way():
    where = {"x": 0.0, "y": 0.0, "height": 5.0}
    neurons = put(Neurons(np.zeros(300), column(300, 0, 0.01), DARK), 0, 0.0, **where)
    assert np.ptp(neurons.halves()[:, 1]) < 1e-9
    move = MoveLens(neurons, (0, 0), (100, 1), where)
    move.interpolate(1)
    assert neurons.halves()[:, 1].argmax() == 100


# --- the columns ---
def test_columns_stand_apart_from_left_to_right_with_all_edges_between(stack):
    assert stack.xs[0] == -3 and stack.xs[-1] == 4 and (np.diff(stack.xs) > 0).all()
    for layer, edges in enumerate(stack.edges):
        ends = edges.points.reshape(SIZES[layer + 1], SIZES[layer], 2, 3)
        np.testing.assert_allclose(ends[0, :, 0], stack.columns[layer].centres())
        np.testing.assert_allclose(ends[:, 0, 1], stack.columns[layer + 1].centres())
    assert not any(neurons.activations.any() for neurons in stack.columns[1:])


def test_dealt_neurons_lie_on_those_they_come_from(stack):
    own = np.array([3, 3, 9, 20, 39])
    cards = dealt(stack.columns[1], stack.columns[0], own)
    np.testing.assert_allclose(cards.centres(), stack.columns[0].centres()[own])
    np.testing.assert_allclose(cards.fill, stack.columns[0].fill[own])


def test_a_recount_ends_with_the_new_number_of_neurons(stack):
    neurons = stack.dark(4, 1.0, 9, DARK)
    recount = Recount(stack, neurons, 4, 9)
    assert (neurons.halves()[:, 1] > 0).sum() == 4
    recount.interpolate(0.5)
    assert 4 < (neurons.halves()[:, 1] > 0).sum() <= 9
    recount.interpolate(1)
    assert (neurons.halves()[:, 1] > 0).sum() == 9


def test_a_tag_frames_its_text_in_its_corner():
    tag = Tag("a hope", DARK, np.array([6.5, 3.6, 0]))
    np.testing.assert_allclose(tag.get_corner([1, 1, 0]), [6.5, 3.6, 0], atol=1e-6)
    assert tag.frame.width > tag.text.width and tag.frame.height > tag.text.height
