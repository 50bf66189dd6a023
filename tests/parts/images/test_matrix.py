"""Matrices as cells: places, numbers, legibility, and the window that is shown in numbers."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.images.matrix import (
    POINT,
    READABLE,
    Matrix,
    Spacing,
    boxes,
    brackets,
    legible,
    readable_ink,
    rounding_agrees,
    telling_rows,
    telling_window,
)
from netglow.scenes.stage.theme import THEMES, contrast

VALUES = np.array([[0.5, -1.25, 2.0, 0.004], [3.0, 0.1, -0.2, -12.5], [1.0, 0.0, 0.3, 0.7]])


@pytest.fixture(params=THEMES)
def theme(request):
    return THEMES[request.param]


@pytest.fixture
def matrix(theme):
    rows, columns = Spacing.lens(3, 1, 2, 0.5, 0.2), Spacing.lens(4, 0, 3, 1.2, 0.3)
    return Matrix(VALUES, WeightImage(VALUES, theme), rows, columns, np.array([1.0, 2, 0]), theme)


def test_a_spacing_is_centred_and_without_gaps_in_its_pitch():
    even = Spacing.even(4, 8.0)
    assert np.allclose(even.centres, [-3, -1, 1, 3]) and np.allclose(even.halves, 1)
    lens = Spacing.lens(10, 3, 2, 1.0, 4.0)
    assert np.allclose(np.diff(lens.centres), [0.5, 0.5, 0.75, 1, 0.75, 0.5, 0.5, 0.5, 0.5])
    assert list(lens.large) == [3, 4]
    assert lens.centres[[0, -1]] + [-0.25, 0.25] == pytest.approx([-3, 3])
    assert (lens.halves[3:5] > 0.4).all() and (lens.halves[3:5] < 0.5).all()


def test_entries_may_all_be_large():
    lens = Spacing.lens(3, 0, 3, 1.0, 0.0)
    assert np.allclose(lens.centres, [-1, 0, 1])


def test_very_thin_entries_overlap():
    lens = Spacing.lens(784, 300, 5, 0.5, 2.5)
    assert 2 * lens.halves.min() > 2.5 / 779


def test_boxes_run_row_by_row_from_the_top_left():
    centres, halves = boxes(Spacing.even(2, 2.0), Spacing.even(3, 6.0), np.array([1.0, 0, 0]))
    assert np.allclose(centres[:, 0], [-1, 1, 3, -1, 1, 3])
    assert np.allclose(centres[:, 1], [0.5, 0.5, 0.5, -0.5, -0.5, -0.5])
    assert np.allclose(halves, [1, 0.5])


def test_numbers_are_the_large_entries(matrix):
    shown = [[number.value for number in row] for row in matrix.numbers]
    assert np.array_equal(shown, VALUES[1:, :3])
    assert matrix.number(2, 1).value == VALUES[2, 1]
    assert np.array_equal(matrix.values, VALUES)
    with pytest.raises(ValueError):
        matrix.values[0, 0] = 1


def test_decimal_points_stand_in_columns_and_numbers_in_their_cells(matrix):
    for k in matrix.columns.large:
        points = [matrix.number(i, k)[POINT].get_x() for i in matrix.rows.large]
        assert np.ptp(points) < 1e-9
        for i in matrix.rows.large:
            number, cell = matrix.number(i, k), matrix.at(i, k)
            assert abs(number.get_x() - cell[0]) + number.width / 2 < 0.6
            assert number.get_y() == pytest.approx(cell[1])


def test_brackets_and_frames_surround_what_they_name(matrix):
    assert matrix.fence.width > matrix.target.width and matrix.fence.height > matrix.target.height
    assert matrix.frame().width == pytest.approx(matrix.target.width + 0.04)
    assert matrix.frame(row=1).get_y() == pytest.approx(matrix.at(1)[1])
    assert matrix.frame(column=2).get_x() == pytest.approx(matrix.at(0, 2)[0])
    one = matrix.frame(2, 1)
    assert np.allclose(one.get_center(), matrix.at(2, 1))
    pair = brackets(-1, 1, -2, 2, "#ffffff")
    assert (pair.width, pair.height) == pytest.approx((2, 4))


def test_every_number_can_be_read_on_its_cell(theme):
    weights = WeightImage(np.linspace(-1, 1, 201)[:, None], theme, scale=1.0)
    pixels = PixelImage(np.linspace(0, 1, 101)[:, None], theme)
    for fill in np.concatenate([weights.fill, pixels.fill]):
        mixed = legible(fill, theme)
        behind = "#" + "".join(f"{round(255 * v):02x}" for v in mixed)
        assert contrast(readable_ink(mixed, theme), behind) >= READABLE
        assert np.abs(mixed - fill).max() < 0.2  # a shade, not another colour


def test_rounding_agrees_only_if_every_printed_equation_holds():
    w, a = np.array([0.5, -0.25]), np.array([1.0, 0.4])  # 0.50, -0.10
    assert rounding_agrees(w, a, 2.0)
    assert not rounding_agrees(np.array([0.346]), np.array([0.956]), 1.0)  # 0.33; 0.35 * 0.96: 0.34
    w, a = np.array([0.26, 0.26]), np.array([0.4, 0.4])
    assert not rounding_agrees(w, a, 0.208)  # 0.10 + 0.10 + 0.00, but 0.21


def test_the_window_keeps_to_a_line_and_prefers_equations_that_hold():
    rng = np.random.default_rng(5)
    for _ in range(20):
        w, a = rng.normal(size=60).round(3), rng.random(60).round(3)
        start = telling_window(w, a, 4, 10)
        assert start % 10 <= 6
        total = (w * a).sum()
        starts = [k for k in range(57) if k % 10 <= 6]
        holds = [rounding_agrees(w[k : k + 4], a[k : k + 4], total) for k in starts]
        assert rounding_agrees(w[start : start + 4], a[start : start + 4], total) == any(holds)


def test_the_rows_hold_the_neuron_and_differ_most():
    values = np.array([0, 0, 1, 0, 1, 1, 1, 1.0])
    assert telling_rows(values, 4, 3) in (range(2, 5), range(3, 6))
    assert telling_rows(values, 0, 3) == range(3)
    assert telling_rows(values, 7, 3) == range(5, 8)
    assert telling_rows(values[:2], 1, 6) == range(2)
