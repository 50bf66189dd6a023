"""Matrices as cells: places, numbers and legibility."""

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
