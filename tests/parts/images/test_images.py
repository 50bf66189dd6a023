"""Images: every square shows its own number."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, Line, Transform

from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage, grid
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.stage.theme import DARK, THEMES, rgb, robust_scale

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
RNG = np.random.default_rng(2)
GREYS = RNG.uniform(0, 1, (4, 6))
WEIGHTS = RNG.normal(0, 2, (5, 3))


def test_cells_stand_row_by_row_from_the_top_left():
    centres, pitch = grid(2, 3, size=6)
    assert pitch == 2
    assert centres.tolist() == [
        [-2, 1, 0],
        [0, 1, 0],
        [2, 1, 0],
        [-2, -1, 0],
        [0, -1, 0],
        [2, -1, 0],
    ]


@each_theme
def test_pixels_have_the_brightness_of_their_values(theme):
    image = PixelImage(GREYS, theme)
    np.testing.assert_array_equal(image.values, GREYS)
    np.testing.assert_allclose(image.fill, theme.brightness(GREYS.ravel()))
    assert image.fill[image.index(2, 5)].tolist() == theme.brightness(GREYS[2, 5]).tolist()
    assert (image.fill_alpha == 1).all()


@each_theme
def test_weights_have_the_colour_and_shape_of_their_sign(theme):
    image = WeightImage(WEIGHTS, theme)
    flat = WEIGHTS.ravel()
    assert image.value_scale == robust_scale(WEIGHTS)
    np.testing.assert_allclose(image.fill, theme.signed(flat, image.value_scale))
    np.testing.assert_array_equal(image.corner > 0, flat < 0)
    np.testing.assert_allclose(image.fill[flat.argmax()], rgb(theme.positive), atol=1e-9)
    np.testing.assert_allclose(image.fill[flat.argmin()], rgb(theme.negative), atol=0.1)


@each_theme
def test_two_weight_images_can_share_a_scale(theme):
    small, large = (WeightImage(w, theme, scale=5.0) for w in (WEIGHTS / 4, WEIGHTS))
    shades = [np.linalg.norm(image.fill - rgb(theme.panel), axis=1) for image in (small, large)]
    assert (shades[0] <= shades[1]).all()


@pytest.mark.parametrize("kind, values", [(PixelImage, GREYS), (WeightImage, WEIGHTS)])
def test_other_values_are_drawn_in_the_same_place(kind, values):
    theme = THEMES["dark"]
    image = kind(values, theme)
    places = image.points.copy()
    image.set_values(values[::-1])
    fresh = kind(values[::-1], theme)
    np.testing.assert_array_equal(image.values, values[::-1])
    np.testing.assert_allclose(image.fill, fresh.fill)
    np.testing.assert_array_equal(image.points, places)


def test_values_are_the_parts_own():
    given = GREYS.copy()
    image = PixelImage(given, THEMES["dark"])
    given[:] = 0
    np.testing.assert_array_equal(image.values, GREYS)
    with pytest.raises(ValueError, match="read-only"):
        image.values[0, 0] = 1


def test_the_values_go_along_with_a_transform(film):
    """Also in between, the numbers are those that the shades stand for."""
    theme = THEMES["dark"]
    start, end = PixelImage(GREYS, theme), PixelImage(1 - GREYS, theme).shift(RIGHT)
    film(lambda scene: scene.play(Transform(start, end), run_time=0.3))
    np.testing.assert_array_equal(start.values, 1 - GREYS)
    start.interpolate(PixelImage(GREYS, theme), end, 0.25)
    np.testing.assert_allclose(start.values, GREYS + 0.25 * (1 - 2 * GREYS))
    np.testing.assert_allclose(start.fill, theme.brightness(start.values.ravel()))


def test_animating_set_values_ends_at_the_values(film):
    image = PixelImage(GREYS, THEMES["dark"])
    film(lambda scene: scene.play(image.animate.set_values(1 - GREYS), run_time=0.3))
    np.testing.assert_array_equal(image.values, 1 - GREYS)


@pytest.mark.parametrize("shape", [(784,), (1, 28, 28)])
def test_an_image_needs_rows_and_columns(shape):
    with pytest.raises(ValueError, match="an image has rows and columns; found shape"):
        PixelImage(np.zeros(shape), THEMES["dark"])


def test_the_longer_side_has_the_size():
    image = PixelImage(GREYS, THEMES["dark"], size=3, gap=0)
    assert image.width == pytest.approx(3)
    assert image.height == pytest.approx(2)


def test_a_mark_has_a_casing_on_both_sides_of_its_line():
    line = cased(Line(), DARK, 2.0)
    assert line.get_stroke_width() == 2.0 < line.get_stroke_width(background=True)
    assert line.get_stroke_color().to_hex().lower() == DARK.attention.lower()
    assert line.get_stroke_color(background=True).to_hex().lower() == DARK.background.lower()
