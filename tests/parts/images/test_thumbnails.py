"""Thumbnails are their images, wherever they hang; numbers on pixels are the pixels' own."""

from __future__ import annotations

import numpy as np

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.thumbnails import Grow, Thumbnails
from netglow.scenes.parts.images.value_chips import ValueChips
from netglow.scenes.props.sloppy_threes.pixel_numbers import PixelNumbers
from netglow.scenes.stage.theme import DARK

IMAGES = np.zeros((2, 4, 4))
IMAGES[0, 1, 1:3] = 0.5, 1.0
IMAGES[1, 3, 0] = 0.25
SPOTS = np.array([[0.0, 0, 0], [5, 1, 0]])


def test_a_plate_for_each_and_a_cell_for_each_inked_pixel():
    thumbs = Thumbnails(IMAGES, SPOTS, 2.0, DARK)
    assert thumbs.owner.tolist() == [0, 1, 0, 0, 1]
    assert np.allclose(thumbs.centres()[:2], SPOTS)
    assert np.allclose(thumbs.fill[2:], DARK.brightness([0.5, 1.0, 0.25]))
    large = PixelImage(IMAGES[1], DARK, 2.0).move_to(SPOTS[1])
    assert np.allclose(thumbs.centres()[4], large.centres()[large.index(3, 0)])


def test_they_move_shrink_and_fade_by_image():
    thumbs = Thumbnails(IMAGES, SPOTS, 2.0, DARK).hang(SPOTS[::-1], [1.0, 2.0])
    assert np.allclose(thumbs.halves()[:2, 0], [0.5, 1.0])
    assert thumbs.set_alpha([1.0, 0.3]).fill_alpha.tolist() == [1, 0.3, 1, 1, 0.3]


def test_grown_thumbnails_are_where_and_what_they_were():
    thumbs = Thumbnails(IMAGES, SPOTS, 2.0, DARK)
    whole = thumbs.copy()
    grow = Grow(thumbs, np.array([0.0, 0.5]))
    grow.begin()
    assert (thumbs.fill_alpha == 0).all()
    grow.interpolate(1.0)
    assert np.allclose(thumbs.points, whole.points)
    assert (thumbs.fill_alpha == 1).all()


def test_numbers_keep_to_the_ink_that_is_read_best():
    image = PixelImage(np.array([[0.0, 1.0]]), DARK)
    numbers = PixelNumbers(image, np.arange(2))
    assert [number.value for number in numbers] == [0.0, 1.0]
    assert numbers.inks == [DARK.ink_off, DARK.ink_on]
    image.set_values([[1.0, 1.0]])
    assert numbers.follow().inks == [DARK.ink_on] * 2


def test_chips_leave_with_their_values():
    image = PixelImage(np.array([[0.1, 0.5, 0.9]]), DARK)
    chips = ValueChips(image, 0, range(3), np.zeros(3))
    assert [number.value for number in chips.numbers] == [0.1, 0.5, 0.9]
    wave = chips.leave()
    wave.begin()
    wave.interpolate(1.0)
    assert np.allclose(chips.cells.centres(), chips.places)
