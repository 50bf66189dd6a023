"""Light adds up, and becomes shades in one even scale."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.engine.tone import EXPOSURE
from tests.engine.painting import HEIGHT, WIDTH, across, blurred, light_of, mapped, tone


def test_two_lines_show_the_tone_map_of_their_sum():
    one, other = across(20, 60), across(80, 60)
    both = light_of(np.array([one, other]), width=3, power=0.6)
    np.testing.assert_allclose(both, light_of(one, 3, 0.6) + light_of(other, 3, 0.6), atol=1e-6)
    crossing = both.max()
    assert crossing == pytest.approx(1.2, abs=1e-3)
    linear = 1 - np.exp(-EXPOSURE * crossing)
    assert mapped(both).max() == round(255 * (1.055 * linear ** (1 / 2.4) - 0.055))


def test_a_thousand_faint_lines_are_seen_together():
    line = across(12, 60)
    one, many = light_of(line, power=1e-3), light_of(np.tile(line, (1000, 1)), power=1e-3)
    assert many.max() == pytest.approx(1000 * one.max(), rel=1e-3)
    assert mapped(one).max() <= 5
    assert mapped(many).max() > 200


@pytest.mark.parametrize("darken", [False, True])
def test_tone_map_rises_with_light_in_steps_of_one_shade(darken):
    ramp = np.linspace(0, 12, WIDTH * HEIGHT * 8) ** 2
    light = ramp.reshape(HEIGHT, -1).astype(np.float32)
    ground = 250 if darken else 13
    shades = mapped(light, ground, darken).ravel()
    steps = np.diff(shades)
    assert shades[0] == ground
    assert abs(shades[-1] - (0 if darken else 255)) <= 1
    assert (steps <= 0).all() if darken else (steps >= 0).all()
    visible = ramp[:-1] > 2e-4  # below this light is black, so that black stays black
    assert np.abs(steps[visible]).max() <= 1


def test_without_light_the_frame_stays_as_it_is():
    for darken in (False, True):
        assert (mapped(np.zeros((8, 8), np.float32), 77, darken) == 77).all()


@pytest.mark.parametrize("darken", [False, True])
def test_a_bloom_a_hair_below_zero_is_no_light(darken):
    """Rounding may end there; a root of it would be no number and the pixel black."""
    light = np.zeros((64, 96), np.float32)
    light[:, ::16] = 0.01  # lit pixels in the same row, so that the row is finished
    bloom = np.full_like(blurred(light, 1), -1e-6)
    frame = np.full((64, 96, 4), 40, np.uint8)
    tone(frame, light, bloom, darken)
    assert np.abs(frame[:, 5].astype(int) - 40).max() <= 1
    assert (frame[..., 3] == 40).all()
