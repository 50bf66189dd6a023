"""A scale of greys and its pointer; pixels in a column."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.input_column import column_places, lay_in_column, on_image
from netglow.scenes.props.what_is_a_neuron.grey_scale import GreyScale
from netglow.scenes.stage.theme import DARK, THEMES


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_scale_goes_from_0_to_1_and_points_at_its_value(theme):
    scale = GreyScale(0.25, np.array([1.0, 2, 0]), theme, width=4)
    assert scale.pointer.get_center()[0] == pytest.approx(0, abs=1e-6)
    assert (np.diff(scale.cells.fill.sum(axis=1)) > 0).all()
    assert scale.set_value(1).pointer.get_center()[0] == pytest.approx(3, abs=1e-6)


def test_a_column_holds_every_pixel_in_order_within_its_height():
    centres, halves = column_places((28, 28), np.array([1.0, 0.5, 0]), 6.0)
    tops, bottoms = centres[:, 1] + halves[:, 1], centres[:, 1] - halves[:, 1]
    assert (bottoms[:-1] >= tops[1:] - 1e-9).all()
    assert tops[0] < 3.5 and bottoms[-1] > -2.5
    gaps = bottoms[:-1] - tops[1:]
    ends = np.arange(1, 784) % 28 == 0  # a row ends before these
    assert (gaps[ends] > 0.02).all() and np.allclose(gaps[~ends], 0)


def test_circles_of_an_image_keep_their_numbers_in_the_column():
    image = np.random.default_rng(1).uniform(size=(5, 4))
    pixels = PixelImage(image, DARK, 3.0)
    circles = on_image(pixels, DARK)
    np.testing.assert_allclose(circles.centres(), pixels.centres())
    column = lay_in_column(circles, (5, 4), np.zeros(3), 2.0)
    np.testing.assert_allclose(column.fill, DARK.brightness(image.ravel()))
    assert not column.stroke_alpha.any() and (np.diff(column.centres()[:, 1]) < 0).all()
