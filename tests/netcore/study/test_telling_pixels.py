"""Pixels and rows that show best what grey values are."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.study.telling_pixels import edge_pixel, strokes, telling_row


@pytest.fixture
def image() -> np.ndarray:
    made = np.zeros((12, 12))
    made[3:9, 4:8] = 1
    made[3, 4:8] = [0.2, 0.5, 0.7, 0.9]
    return made


def test_the_telling_pixel_is_a_grey_between_ink_and_paper(image):
    assert edge_pixel(image) == (3, 5)


def test_an_image_without_grey_is_no_obstacle():
    image = np.zeros((28, 28))
    image[5:20, 10] = 1
    row, at = edge_pixel(image)
    assert image[row, at] in (0, 1)


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ([0, 0.3, 0.9, 1, 0.4, 0], 1),
        ([0, 0.9, 0.1, 0.6, 0], 2),
        ([0, 0.9, 0.4, 0.9, 0], 0),  # neither one stroke nor two
        ([0.8, 1, 0, 0], 0),  # begins bright
        ([0, 0, 1, 0.6], 0),  # ends bright
        ([0, 0.4, 0.4, 0], 0),
        ([0, 1, 0, 1, 0, 1, 0], 3),
    ],
)
def test_strokes_are_bright_and_have_dark_between_them(row, count):
    assert strokes(np.array(row)) == count


def test_the_telling_row_is_crossed_twice_and_has_the_most_greys(image):
    assert telling_row(image) == 3
    image[6, 9] = 0.7
    assert telling_row(image) == 6
    image[7, 9:11] = [0.8, 0.3]
    assert telling_row(image) == 7
