"""Roles are readable and told apart by everyone; numbers become ink in order."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from netglow.scenes.engine.constants import FEATHER, PAPER_POWER, SOLID
from netglow.scenes.stage import theme as looks
from netglow.scenes.stage.theme import THEMES, Theme, contrast, linear, rgb

WRITTEN = ("text", "muted", "positive", "negative", "bias", "attention", "correct", "wrong")

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)

# What people with dichromatic sight see, in linear RGB (Machado, Oliveira, Fernandes 2009)
SIGHT = {
    "usual": np.eye(3),
    "no red cones": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green cones": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no blue cones": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def lab(linear_rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ np.clip(linear_rgb, 0, 1) / (0.9505, 1, 1.089)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# --- contrast ---
def test_contrast_is_that_of_the_web_guidelines():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@each_theme
@pytest.mark.parametrize("role", WRITTEN)
def test_text_is_readable_on_the_background(theme, role):
    assert contrast(getattr(theme, role), theme.background) >= 4.5


@each_theme
@pytest.mark.parametrize("role", WRITTEN)
def test_text_is_readable_on_a_panel(theme, role):
    assert contrast(getattr(theme, role), theme.panel) >= 4.5


@each_theme
def test_text_on_a_pixel_of_any_shade_is_readable(theme):
    for colour in theme.brightness(np.linspace(0, 1, 256)):
        shade = "#" + "".join(f"{round(255 * c):02x}" for c in colour)
        assert max(contrast(ink, shade) for ink in (theme.ink_on, theme.ink_off)) >= 4.5


@each_theme
def test_outlines_are_seen_but_stay_behind(theme):
    for ground in (theme.background, theme.panel):
        assert 1.5 <= contrast(theme.faint, ground) < contrast(theme.muted, ground)


@each_theme
@pytest.mark.parametrize("sight", SIGHT.values(), ids=SIGHT)
def test_positive_and_negative_differ_for_everyone(theme, sight):
    seen = [lab(sight @ linear(rgb(c))) for c in (theme.positive, theme.negative)]
    assert np.linalg.norm(seen[0] - seen[1]) > 40  # 2.3 is just noticeable


@each_theme
def test_every_colour_is_a_role_of_its_own(theme):
    colours = [v for v in vars(theme).values() if isinstance(v, str) and v.startswith("#")]
    roles = [f.name for f in dataclasses.fields(Theme) if f.name not in ("name", "is_light")]
    assert len(colours) == len(roles)
    meanings = {getattr(theme, role) for role in WRITTEN}
    assert len(meanings) == len(WRITTEN)


# --- numbers to ink ---
RISING = np.linspace(-0.5, 1.5, 201)


def never_falls(values: np.ndarray) -> bool:
    return bool((np.diff(values, axis=0) >= -1e-12).all())


@each_theme
def test_brightness_goes_from_off_to_on_and_is_clamped(theme):
    shades = theme.brightness(RISING)
    assert shades.shape == (201, 3)
    assert never_falls(shades)
    np.testing.assert_allclose(shades[RISING <= 0], np.tile(rgb(theme.off), (51, 1)))
    np.testing.assert_allclose(shades[RISING >= 1], np.tile(rgb(theme.on), (51, 1)))
    np.testing.assert_allclose(theme.brightness(0.5), (rgb(theme.off) + rgb(theme.on)) / 2)


@each_theme
def test_signed_goes_from_the_panel_to_the_colour_of_the_sign(theme):
    values = np.array([-5, -2, -1, 0, 1, 2, 5])
    shades = theme.signed(values, scale=2)
    np.testing.assert_allclose(shades[:2], np.tile(rgb(theme.negative), (2, 1)))
    np.testing.assert_allclose(shades[5:], np.tile(rgb(theme.positive), (2, 1)))
    np.testing.assert_allclose(shades[3], rgb(theme.panel))
    for end, part in ((theme.positive, slice(3, 6)), (theme.negative, slice(3, 0, -1))):
        left = np.linalg.norm(shades[part] - rgb(end), axis=1)
        assert (np.diff(left) < 0).all()


@each_theme
def test_halo_is_none_at_zero_and_half_at_one(theme):
    halo = theme.halo(RISING)
    assert never_falls(halo)
    assert halo[0] == 0
    assert halo[-1] == 0.5


@each_theme
def test_signed_light_has_the_colour_of_the_sign_and_is_never_negative(theme):
    up, zero, down = theme.signed_light([3, 0, -0.1])
    np.testing.assert_array_equal(up, theme.light_of(theme.positive))
    np.testing.assert_array_equal(zero, up)
    np.testing.assert_array_equal(down, theme.light_of(theme.negative))
    assert (theme.signed_light([1, -1]) > 0).all()


@pytest.mark.parametrize("light, most", [(looks.rest_light, 2.0), (looks.flow_light, 2.5)])
def test_light_grows_with_size_and_is_clamped(light, most):
    sizes = np.linspace(0, 1, 1000)
    lit = light(sizes)
    assert never_falls(lit)
    assert lit[0] == 0
    assert lit[990] == pytest.approx(1, abs=0.01)  # the 99th percentile
    np.testing.assert_array_equal(lit, light(-sizes))
    outlier = light(np.append(sizes, 1e6))
    assert outlier[-1] == most
    np.testing.assert_allclose(light(sizes * 7), lit)  # the unit of the weights does not matter


def test_a_layer_of_zeros_is_dark():
    for light in (looks.rest_light, looks.flow_light):
        np.testing.assert_array_equal(light(np.zeros(20)), np.zeros(20))
    assert looks.robust_scale(np.zeros(5)) == 1


def test_the_functions_of_ink_leave_their_input_alone():
    given = np.array([-1.0, 0.5, 2.0])
    for theme in THEMES.values():
        for function in (
            theme.brightness,
            theme.halo,
            theme.signed_light,
            looks.rest_light,
            looks.flow_light,
            lambda v, t=theme: t.signed(v, 1.0),
        ):
            function(given)
            assert given.tolist() == [-1.0, 0.5, 2.0]


# --- light of edges ---
def test_a_flow_ends_when_the_whole_edge_is_lit():
    """The soft front is FEATHER long: only a head that far past the end leaves nothing dim."""
    share = np.linspace(0, 1, 1001)
    heads = looks.flow_head(share)
    assert (np.diff(heads) >= 0).all() and heads[0] == 0 and heads[-1] == SOLID
    assert looks.HEAD_ENDS > 1 + FEATHER
    sparks = looks.flow_spark(looks.HEAD_ENDS * share, brightest=2.0)
    assert (np.diff(sparks) <= 0).all() and sparks[0] == 2.0
    assert (sparks[heads == SOLID] == 0).all(), "a spark would jump off"
    assert looks.flow_spark(looks.SPARK_ENDS - 1 / 16, 2.0) == pytest.approx(1.0)


def test_many_edges_share_the_light():
    assert looks.crowding(10) == looks.crowding(256) == 1
    assert looks.crowding(12544) == pytest.approx((256 / 12544) ** 0.5)
    weights = np.array([0.0, -0.5, 1.0])
    assert (np.diff(looks.rest_glow(weights)) > 0).all()
    assert (looks.rest_glow(np.repeat(weights, 1000)) < looks.rest_glow(weights)[-1]).all()
    np.testing.assert_allclose(looks.flow_glow(weights, 0.5), looks.flow_glow(weights) / 2)


@each_theme
def test_light_of_a_role_comes_out_as_its_colour(theme):
    """Through the engine's own curve, as far as light may go without its bloom."""
    light = theme.ink_light(theme.attention)
    if theme.is_light:
        left = 1 - (1 - np.exp(-light / 0.6)) ** PAPER_POWER
        np.testing.assert_allclose(left, rgb(theme.attention).clip(0.01), atol=1e-9)
    else:
        np.testing.assert_allclose(light, linear(rgb(theme.attention)))
    glow = theme.change_glow(np.array([0.0, 0.5, 1.0]), edges=12544)
    assert (np.diff(glow) > 0).all() and glow[0] == 0
