"""Pages of numbers, counted ink and ranked walls show the arrays they were made from."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.images.weight_wall import in_rows
from netglow.scenes.props.sloppy_threes.ink_count import InkCount
from netglow.scenes.props.sloppy_threes.number_page import NumberPage
from netglow.scenes.props.sloppy_threes.overlay import Overlay
from netglow.scenes.props.sloppy_threes.two_walls import TwoWalls
from netglow.scenes.stage.theme import DARK, LIGHT, THEMES

WINDOW = range(3, 6), range(3, 9)


@pytest.fixture
def image() -> np.ndarray:
    made = np.zeros((12, 12))
    made[3:9, 4:8] = 1
    made[3, 4:8] = [0.2, 0.5, 0.7, 0.9]
    return made


# --- number page ---
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_page_is_black_at_first_and_takes_the_greys_of_its_numbers(image, theme):
    page = NumberPage(image, theme, 5.0, np.array([1.0, 0, 0]), WINDOW, 0.8)
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
    pages = [NumberPage(image, theme, 5.0, np.zeros(3), WINDOW, 0.8) for theme in (DARK, LIGHT)]
    assert [page.pixels.stroke_alpha.any() for page in pages] == [False, True]


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


# --- two walls ---
def test_bars_grow_to_their_shares():
    stacks = np.ones((3, 4, 4)), np.ones((5, 4, 4))
    walls = TwoWalls(stacks, (0.3, 0.26), ("own", "mixed"), DARK)
    assert [len(wall.values) for wall in walls.walls] == [3, 5]
    assert [number.value for number in walls.numbers] == [0, 0]
    for i, share in enumerate(walls.shares):
        grow = walls.measure(i)
        grow.begin()
        grow.interpolate(0.5)
        assert walls.bars[i].values == pytest.approx([share / 2])
        grow.finish()
        assert walls.bars[i].values == pytest.approx([share])
        assert walls.numbers[i].value == pytest.approx(100 * share)


def test_the_last_row_comes_to_the_middle():
    spots = np.array([[-1.0, 1, 0], [0, 1, 0], [1, 1, 0], [-1, 0, 0]])
    assert in_rows(spots)[-1, 0] == 0
    np.testing.assert_array_equal(in_rows(spots)[:3], spots[:3])
