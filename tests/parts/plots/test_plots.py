"""Axes, curves, histograms and the places of dots and notes."""

import numpy as np
import pytest
from manim import DOWN, PI, RIGHT, UP, Transform

from netglow.scenes.parts.plots.plots import (
    Axis,
    Curve,
    Histogram,
    across,
    free_spot,
    levels,
    nice_step,
    reach_of,
    stacked,
    tick_text,
)
from netglow.scenes.stage.theme import DARK


@pytest.mark.parametrize("span", [0.03, 0.1, 0.8, 1, 7.9, 8, 8.1, 16, 39.9, 40, 41, 1000, 12345])
@pytest.mark.parametrize("most", [4, 8, 20])
def test_a_nice_step_is_1_2_or_5_times_a_power_of_ten_and_the_smallest_that_fits(span, most):
    step = nice_step(span, most)
    digit = step / 10 ** np.floor(np.log10(step) + 1e-9)
    assert min(abs(digit - d) for d in (1, 2, 5)) < 1e-9
    assert span / step <= most + 1e-6
    smaller = {1: 0.5, 2: 0.5, 5: 0.4}[round(digit)] * step
    assert span / smaller > most - 1e-6


def test_a_step_for_nothing_is_1():
    assert nice_step(0) == nice_step(-3) == 1


@pytest.mark.parametrize("values", [[0.2, -0.7], [15.75, -3], [16.0], [33.2, 1], [46.6, -46]])
def test_the_reach_is_the_first_tick_that_holds_all(values):
    reach, step = reach_of(values)
    largest = np.abs(values).max()
    assert reach - step < largest <= reach + 1e-9
    assert reach / step == pytest.approx(round(reach / step))
    assert reach_of(values, 100)[0] == 100


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.0, "0"), (0.5, "0.5"), (0.30000000000000004, "0.3"), (-12, "\N{MINUS SIGN}12")],
)
def test_tick_numbers_have_no_trailing_zeros_and_a_true_minus(value, text):
    assert tick_text(value) == text


@pytest.fixture
def axis():
    return Axis(-16, 16, [-5.5, 1, 0], [5.5, 1, 0], DARK, step=2, every=2)


def test_ticks_stand_at_the_multiples_of_the_step(axis):
    np.testing.assert_allclose(axis.values, np.arange(-16, 17, 2))
    for tick, value in zip(axis.ticks, axis.values, strict=True):
        np.testing.assert_allclose(tick.get_center()[:2], [5.5 * value / 16, 1 - 0], atol=0.05)
    assert len(axis.numbers) == 9  # -16, -12, … 16


def test_ticks_of_an_axis_that_does_not_begin_at_one_stay_multiples():
    axis = Axis(-0.05, 1.05, [0, 0, 0], [0, 3, 0], DARK, step=0.5, side=RIGHT)
    np.testing.assert_allclose(axis.values, [0, 0.5, 1], atol=1e-12)
    np.testing.assert_allclose([t.get_center()[1] for t in axis.ticks], axis.at(axis.values)[:, 1])


def test_values_keep_their_places_when_the_axis_moves_grows_and_turns(axis):
    values = np.array([-20.0, -3.3, 0, 16])
    before = axis.at(values)
    origin = np.zeros(3)
    axis.shift(DOWN + RIGHT).scale(0.5, about_point=origin).rotate(PI / 2, about_point=origin)
    x, y = (before + DOWN + RIGHT).T[:2] / 2
    np.testing.assert_allclose(axis.at(values)[:, :2], np.stack([-y, x], 1), atol=1e-9)


def test_axes_with_equal_ticks_can_become_one_another(axis):
    other = Axis(-16, 16, [0, -2, 0], [0, 2, 0], DARK, step=2, every=2, side=RIGHT)
    middle = (axis.at(16) + other.at(16)) / 2
    change = Transform(axis, other)
    change.begin()
    change.interpolate(0.5)
    np.testing.assert_allclose(axis.at(16), middle, atol=1e-9)


def test_a_curve_goes_through_its_points(axis):
    y_axis = Axis(0, 1, [2, -1, 0], [2, 3, 0], DARK)
    x = np.linspace(-16, 16, 7)
    y = np.linspace(0, 1, 7)
    curve = Curve(x, y, axis, y_axis, "#ffffff")
    np.testing.assert_array_equal(curve.y, y)
    anchors = np.concatenate([curve.get_start_anchors(), curve.get_end_anchors()[-1:]])
    np.testing.assert_allclose(anchors[:, 0], axis.at(x)[:, 0], atol=1e-9)
    np.testing.assert_allclose(anchors[:, 1], -1 + 4 * y, atol=1e-9)
    np.testing.assert_allclose(across(axis, y_axis, x, y), anchors, atol=1e-9)


@pytest.mark.parametrize("side", [UP, RIGHT])
def test_bars_are_as_long_as_their_counts_and_as_wide_as_their_bins(side):
    ends = ([0, 0, 0], [10, 0, 0]) if side is UP else ([0, 0, 0], [0, 10, 0])
    axis = Axis(0, 5, *ends, DARK, step=1)
    bars = Histogram(
        [0, 0, 0], [0, 1, 4], [1, 4, 5], axis, DARK, unit=0.1, side=side, away=0.5, gap=0.0
    )
    assert bars.halves().min() == 0
    bars.set_counts([3, 0, 20])
    np.testing.assert_array_equal(bars.counts, [3, 0, 20])
    length, width = (1, 0) if side is UP else (0, 1)
    np.testing.assert_allclose(2 * bars.halves()[:, length], [0.3, 0, 2.0], atol=1e-9)
    np.testing.assert_allclose(2 * bars.halves()[:, width], [2, 6, 2])
    np.testing.assert_allclose(bars.centres()[:, width], [1, 5, 9])
    np.testing.assert_allclose(bars.centres()[:, length] - bars.halves()[:, length], 0.5)
    np.testing.assert_allclose(bars.ends()[:, length], [0.8, 0.5, 2.5])


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


def test_a_note_stands_right_of_what_is_there_or_at_the_next_free_height():
    row = np.array([[x, 0.0, 0.0] for x in (1.0, 2.0, 3.0)])
    np.testing.assert_allclose(free_spot(row, [0.5, 0, 0], 2, 6), [3.3, 0, 0])
    x, y, _ = free_spot(row, [0.5, 0, 0], 4, 6)
    assert x == 0.5
    assert abs(y) == pytest.approx(0.35, abs=0.051)
    np.testing.assert_allclose(free_spot([], [0.5, 1, 0], 4, 6), [0.5, 1, 0])
