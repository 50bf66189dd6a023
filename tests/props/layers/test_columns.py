"""Layers as columns, how their neurons get there, and what stands above them."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.layers.layer_columns import (
    HEIGHT,
    LayerColumns,
    Recount,
    Y,
    column_boxes,
    dealt,
)
from netglow.scenes.props.layers.layer_head import LayerHead
from netglow.scenes.props.why_layers.tag import Tag
from netglow.scenes.stage.theme import DARK

SIZES = (42, 5, 6, 3)


@pytest.fixture
def image() -> np.ndarray:
    return np.random.default_rng(2).uniform(size=(7, 6))


@pytest.fixture
def stack(image) -> LayerColumns:
    return LayerColumns(SIZES, image, DARK)


def test_columns_stand_apart_from_left_to_right_the_image_first(stack, image):
    assert [len(column) for column in stack.columns] == list(SIZES)
    assert (np.diff(stack.xs) > 0).all()
    for column, x in zip(stack.columns, stack.xs, strict=True):
        np.testing.assert_allclose(column.centres()[:, 0], x)
        assert (np.diff(column.centres()[:, 1]) < 0).all()
        assert np.abs(column.centres()[:, 1] - Y).max() <= HEIGHT / 2
    np.testing.assert_array_equal(stack.columns[0].activations, image.ravel())
    assert not any(neurons.activations.any() for neurons in stack.columns[1:])


@pytest.mark.parametrize("count", [1, 8, 11.5, 16, 24])
def test_a_column_keeps_to_its_height_and_grows_at_its_end(count):
    centres, halves = column_boxes(count, 2.0, 0.5, 4.0, 24)
    there = halves[:, 1] > 0
    assert there.sum() == np.ceil(count)
    assert np.ptp(centres[:, 1]) <= 4.0 + 1e-9
    assert abs(centres[there, 1] - 0.5).max() <= 2.0 + 1e-9
    gaps = -np.diff(centres[: int(count), 1])
    assert np.all(gaps > 2 * halves[0, 1])


def test_dealt_neurons_lie_on_those_they_come_from(stack):
    own = np.array([3, 3, 9, 20, 39])
    cards = dealt(stack.columns[1], stack.columns[0], own)
    np.testing.assert_allclose(cards.centres(), stack.columns[0].centres()[own])
    np.testing.assert_allclose(cards.fill, stack.columns[0].fill[own])


def test_a_recount_ends_with_the_new_number_of_neurons(stack):
    neurons = stack.dark(4, 1.0, 9)
    recount = Recount(neurons, 4, 9)
    assert (neurons.halves()[:, 1] > 0).sum() == 4
    recount.interpolate(0.5)
    assert 4 < (neurons.halves()[:, 1] > 0).sum() <= 9
    recount.interpolate(1)
    assert (neurons.halves()[:, 1] > 0).sum() == 9


def test_a_head_counts_through_whole_numbers_above_its_name():
    head = LayerHead(16, "hidden", 1.5, DARK)
    assert head.count.value == 16 and head.count.get_center()[0] == pytest.approx(1.5)
    assert head[1].get_top()[1] < head.count.get_bottom()[1]
    move = head.recount(16, 9, 1.0)
    move.begin()
    move.interpolate(0.5)
    assert head.count.value in (12, 13)
    move.interpolate(1)
    assert head.count.value == 9


def test_a_tag_frames_its_text_in_its_corner():
    tag = Tag("a hope", DARK, np.array([6.5, 3.6, 0]))
    np.testing.assert_allclose(tag.get_corner([1, 1, 0]), [6.5, 3.6, 0], atol=1e-6)
    assert tag.frame.width > tag.text.width and tag.frame.height > tag.text.height
