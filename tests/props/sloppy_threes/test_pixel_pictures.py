"""Pages of numbers, counted ink and ranked walls show the arrays they were made from."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.study.telling_pixels import edge_pixel, richest_row
from netglow.scenes.props.sloppy_threes.ink_count import InkCount
from netglow.scenes.props.sloppy_threes.number_page import NumberPage
from netglow.scenes.props.sloppy_threes.overlay import Overlay
from netglow.scenes.props.sloppy_threes.pixel_numbers import varied_run
from netglow.scenes.props.sloppy_threes.ranked_wall import RankedWall, in_rows
from netglow.scenes.props.what_is_a_neuron.row_plot import Reading, RowPlot
from netglow.scenes.stage.theme import DARK, LIGHT, THEMES


@pytest.fixture
def image() -> np.ndarray:
    made = np.zeros((12, 12))
    made[3:9, 4:8] = 1
    made[3, 4:8] = [0.2, 0.5, 0.7, 0.9]
    return made


# --- number page ---
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_page_is_black_at_first_and_takes_the_greys_of_its_numbers(image, theme):
    page = NumberPage(image, theme, 5.0, np.array([1.0, 0, 0]), (3, 6), 0.8)
    shown = page.shown
    assert shown.sum() == 18 and len(page.numbers) == 18
    assert np.ptp(page.pixels.fill[shown], axis=0).max() == 0
    assert page.zoom * page.pixels.pitch == pytest.approx(0.8)
    for animation in page.shade(1.0):
        animation.begin()
        animation.finish()
    np.testing.assert_allclose(page.pixels.fill, page.whole.fill)
    np.testing.assert_array_equal(page.pixels.fill_alpha, shown)


def test_cells_of_a_page_are_outlined_where_white_is_the_colour_of_paper(image):
    pages = [NumberPage(image, theme, 5.0, np.zeros(3), (3, 6), 0.8) for theme in (DARK, LIGHT)]
    assert [page.pixels.stroke_alpha.any() for page in pages] == [False, True]


def test_a_varied_run_has_the_most_different_numbers(image):
    row, columns = varied_run(image, 4)
    assert row == 3 and len(set(image[row, columns.start : columns.stop])) == 4


# --- counted ink ---
def test_ink_is_counted_pixel_by_pixel(image):
    other = np.roll(image, 2, axis=1)
    count = InkCount(Overlay(image, other, DARK, 3.0), DARK, ["a", "b", "c"])
    first, second = image > 0.5, other > 0.5
    assert count.counts == [
        (first & ~second).sum(),
        (second & ~first).sum(),
        (first & second).sum(),
    ]
    assert count.union == (first | second).sum()
    pour = count.pour(0)
    pour.begin()
    pour.finish()
    assert count.numbers[0].value == count.counts[0]
    np.testing.assert_allclose(count.cells[0].points, count.targets[0].points)
    places, wide = count.bar_places(3, 0.1)
    xs = [np.ptp(p[:, 0]) for p in places]
    assert sum(xs) < wide and len(np.unique(np.concatenate(places).round(6), axis=0)) == count.union


# --- ranked wall ---
def test_a_wall_hangs_in_order_with_room_for_the_stranger():
    shares = np.array([0.5, 0.1, 0.4, 0.2, 0.9])
    wall = RankedWall(np.ones((5, 4, 4)), shares, 0.45, DARK, (6.0, 3.0), np.array([1.0, 0, 0]))
    assert wall.place.tolist() == [4, 0, 2, 1, 5] and wall.nearer.tolist() == [1, 0, 0, 0, 1]
    np.testing.assert_allclose(wall.stranger_spot, wall.spots[3])
    np.testing.assert_allclose(wall.spot_of(1), wall.spots[0])
    assert wall.marks[0].original_text == "10%"
    np.testing.assert_allclose(wall.fade_nearer().alpha, [0.3, 1, 1, 1, 0.3])


def test_the_last_row_comes_to_the_middle_or_begins_at_the_left():
    spots = np.array([[-1.0, 1, 0], [0, 1, 0], [1, 1, 0], [-1, 0, 0]])
    assert in_rows(spots)[-1, 0] == 0
    assert in_rows(spots, -1.5)[-1, 0] == -1.5
    np.testing.assert_array_equal(in_rows(spots)[:3], spots[:3])


# --- one row, read ---
def test_the_telling_pixel_is_a_grey_between_ink_and_paper(image):
    assert edge_pixel(image) == (3, 5) and richest_row(image) == 3


def test_bars_grow_as_the_row_is_read(image):
    plot = RowPlot(image[3], np.zeros(3), DARK)
    heights = 2 * plot.set_read(6.5).bars.halves()[:, 1] / plot.bar_height
    np.testing.assert_allclose(heights[:6], image[3, :6], atol=1e-9)
    assert heights[6] == pytest.approx(0.5 * image[3, 6]) and not heights[7:].any()


def test_reading_is_slow_where_values_change_and_ends_on_the_last_pixel(image):
    walk = Reading(image[3])
    steps = np.diff(walk.ends, prepend=0)
    assert steps[4] > steps[1] and walk.at(walk.ends[-1] - 1e-6)[0] == pytest.approx(11)
    for i, end in enumerate(walk.ends):
        assert walk.at(end - 1e-6) == (pytest.approx(i), pytest.approx(image[3, i]))
