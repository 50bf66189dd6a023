"""Bars: as long as their values, wherever the chart has been moved to."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, UP

from netglow.scenes.parts.network.neurons import column
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.stage.theme import THEMES, rgb

VALUES = np.array([0.0, 0.3, 1.0, 0.85])
LEFT_ENDS = column(4, 1.5, 0.5)
each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def bars(theme=THEMES["dark"], values=VALUES) -> Bars:
    return Bars(values, LEFT_ENDS, theme, length=2.0, height=0.1)


def lengths(chart: Bars) -> np.ndarray:
    return 2 * chart.halves()[len(chart) // 2 :, 0]


def test_bars_are_as_long_as_their_values():
    chart = bars()
    np.testing.assert_array_equal(chart.values, VALUES)
    np.testing.assert_allclose(lengths(chart), 2.0 * VALUES)
    np.testing.assert_allclose(2 * chart.halves()[:4, 0], 2.0)  # the tracks
    np.testing.assert_allclose(chart.sides()[4:, 1], LEFT_ENDS)
    np.testing.assert_allclose(chart.left, LEFT_ENDS)


def test_values_outside_are_cut_at_the_ends_of_the_track():
    chart = bars().set_values([-1, 0, 1, 7])
    np.testing.assert_allclose(lengths(chart), [0, 0, 2, 2], atol=1e-12)
    assert chart.values.tolist() == [-1, 0, 1, 7]


def test_bars_stay_on_their_tracks_after_a_move():
    chart = bars().shift(2 * RIGHT + UP).scale(0.5, about_point=np.zeros(3))
    chart.set_values(VALUES[::-1])
    np.testing.assert_allclose(chart.left, (LEFT_ENDS + 2 * RIGHT + UP) / 2)
    np.testing.assert_allclose(chart.sides()[4:, 1], chart.left)
    np.testing.assert_allclose(lengths(chart), VALUES[::-1])


def test_an_empty_bar_can_grow_again():
    chart = bars(values=np.zeros(4))
    np.testing.assert_allclose(lengths(chart), 0, atol=1e-12)
    np.testing.assert_allclose(lengths(chart.set_values(VALUES)), 2 * VALUES)


@each_theme
@pytest.mark.parametrize("role", ["correct", "wrong", "attention"])
def test_the_crown_is_the_colour_of_its_role(theme, role):
    chart = bars(theme).crown(2, role)
    expected = np.tile(rgb(theme.text), (4, 1))
    expected[2] = rgb(getattr(theme, role))
    np.testing.assert_allclose(chart.fill[4:], expected)
    assert (chart.winner, chart.winner_role) == (2, role)
    np.testing.assert_allclose(chart.set_values(VALUES / 2).fill[4:], expected)
    np.testing.assert_allclose(chart.crown(None).fill[4:], np.tile(rgb(theme.text), (4, 1)))


def test_a_crown_given_in_an_animation_stays(film):
    chart = bars()
    film(lambda scene: scene.play(chart.animate.crown(2, "wrong"), run_time=0.3))
    assert (chart.winner, chart.winner_role) == (2, "wrong")
    np.testing.assert_allclose(chart.fill[6], rgb(chart.theme.wrong))


def test_values_go_along_with_an_animation(film):
    chart = bars()
    film(lambda scene: scene.play(chart.animate.set_values(VALUES[::-1]), run_time=0.3))
    np.testing.assert_array_equal(chart.values, VALUES[::-1])
    np.testing.assert_allclose(lengths(chart), 2 * VALUES[::-1])
