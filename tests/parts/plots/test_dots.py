"""Dots on an axis: on one another where they would overlap."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import RIGHT, UP

from netglow.scenes.parts.plots.dots import levels, stacked

checked = settings(derandomize=True, deadline=None, max_examples=40)
crowds = st.lists(st.floats(-3, 3).map(lambda x: round(x, 2)), min_size=1, max_size=25)


@checked
@given(crowds, st.floats(0.05, 1.0))
def test_a_dot_stands_in_the_lowest_storey_in_which_it_touches_none(places, gap):
    storeys, places = levels(places, gap), np.array(places)
    for i, storey in enumerate(storeys):
        apart = np.abs(places - places[i])
        beside = np.delete(apart, i)[np.delete(storeys, i) == storey]
        assert (beside >= gap).all()
        assert all((apart[storeys == lower] < gap).any() for lower in range(storey))
    assert storeys[places.argmax()] == storeys[places.argmin()] == 0 or np.ptp(places) < gap


@checked
@given(crowds, st.sampled_from([UP, RIGHT]), st.floats(0.5, 4.0))
def test_a_stack_fits_any_height_without_overlap_and_without_shifting_a_dot(values, side, within):
    along, height = (0, 1) if side is UP else (1, 0)
    places = np.zeros((len(values), 3))
    places[:, along] = values
    centres, halves = stacked(places, 0.15, side, within)
    radius = halves[0, 0]
    np.testing.assert_array_equal(centres[:, along], values)
    assert 0 < radius <= 0.15 and (halves == radius).all()
    assert (centres[:, height] + radius).max() <= within + 1e-9
    far = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    assert (far + 9 * np.eye(len(values))).min() >= 2 * radius


@pytest.mark.parametrize("seed", range(5))
def test_dots_of_one_storey_never_overlap_and_the_ends_stand_on_the_ground(seed):
    places = np.random.default_rng(seed).normal(size=60).round(2)
    storeys = levels(places, 0.2)
    for storey in range(storeys.max() + 1):
        own = np.sort(places[storeys == storey])
        assert (np.diff(own) >= 0.2 - 1e-12).all()
    assert set(storeys) == set(range(storeys.max() + 1))
    assert storeys[places.argmax()] == storeys[places.argmin()] == 0


def test_storeys_of_none_one_and_equals():
    assert len(levels([], 1)) == 0
    assert levels([4.0], 1).tolist() == [0]
    assert sorted(levels([2.0, 2.0, 2.0], 1)) == [0, 1, 2]


@pytest.mark.parametrize("side", [UP, RIGHT])
def test_a_stack_keeps_every_value_and_shrinks_until_it_fits(side):
    values = np.random.default_rng(1).uniform(-1, 1, 40)
    places = np.zeros((40, 3))
    along = 0 if side is UP else 1
    places[:, along] = values
    centres, halves = stacked(places, 0.15, side, within=1.5)
    np.testing.assert_array_equal(centres[:, along], values)
    radius = halves[0, 0]
    assert radius < 0.15
    assert (centres @ side + radius).max() <= 1.5 + 1e-9
    assert (centres @ side).min() >= radius - 1e-9
    far = np.linalg.norm(centres[:, None] - centres[None], axis=2) + 9 * np.eye(40)
    assert far.min() >= 2 * radius
    assert stacked(places, 0.15, side)[1][0, 0] == 0.15
