"""Axes: steps, ticks, numbers, and the places of values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import DOWN, PI, RIGHT, Transform

from netglow.scenes.parts.plots.axis import Axis, nice_step, reach_of, tick_text
from netglow.scenes.stage.theme import DARK

checked = settings(derandomize=True, deadline=None, max_examples=60)
lengths = st.floats(1e-4, 1e6)


@pytest.mark.parametrize("span", [0.03, 0.1, 0.8, 1, 7.9, 8, 8.1, 16, 39.9, 40, 41, 1000, 12345])
@pytest.mark.parametrize("most", [4, 8, 20])
def test_a_nice_step_is_1_2_or_5_times_a_power_of_ten_and_the_smallest_that_fits(span, most):
    step = nice_step(span, most)
    digit = step / 10 ** np.floor(np.log10(step) + 1e-9)
    assert min(abs(digit - d) for d in (1, 2, 5)) < 1e-9
    assert span / step <= most + 1e-6
    smaller = {1: 0.5, 2: 0.5, 5: 0.4}[round(digit)] * step
    assert span / smaller > most - 1e-6


@checked
@given(lengths, st.integers(2, 40))
def test_every_span_is_divided_by_the_smallest_nice_step(span, most):
    step = nice_step(span, most)
    digit = step / 10 ** np.floor(np.log10(step) + 1e-9)
    assert min(abs(digit - d) for d in (1, 2, 5)) < 1e-6
    smaller = {1: 0.5, 2: 0.5, 5: 0.4}[round(digit)] * step
    assert step * most >= span * (1 - 1e-6) and smaller * most < span * (1 + 1e-6)


def test_a_step_for_nothing_is_1():
    assert nice_step(0) == nice_step(-3) == 1


@pytest.mark.parametrize("values", [[0.2, -0.7], [15.75, -3], [16.0], [33.2, 1], [46.6, -46]])
def test_the_reach_is_the_first_tick_that_holds_all(values):
    reach, step = reach_of(values)
    largest = np.abs(values).max()
    assert reach - step < largest <= reach + 1e-9
    assert reach / step == pytest.approx(round(reach / step))
    assert reach_of(values, 100)[0] == 100


@checked
@given(st.lists(st.floats(-1e6, 1e6), max_size=6), lengths)
def test_the_reach_is_a_tick_no_farther_than_a_step_beyond(values, least):
    reach, step = reach_of(values, least)
    largest = max([*map(abs, values), least])
    assert largest * (1 - 1e-6) <= reach < largest + step
    assert reach / step == pytest.approx(round(reach / step))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.0, "0"), (0.5, "0.5"), (0.30000000000000004, "0.3"), (-12, "\N{MINUS SIGN}12")],
)
def test_tick_numbers_have_no_trailing_zeros_and_a_true_minus(value, text):
    assert tick_text(value) == text


@checked
@given(st.floats(-1e5, 1e5))
def test_tick_numbers_read_as_the_value_and_are_as_short_as_they_can_be(value):
    text = tick_text(value)
    assert "-" not in text and text != "\N{MINUS SIGN}0"
    assert float(text.replace("\N{MINUS SIGN}", "-")) == pytest.approx(value, rel=1e-5, abs=1e-300)
    if "." in text and "e" not in text:
        assert not text.endswith("0")


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
