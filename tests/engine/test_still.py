"""Still: a finished picture that fills the frame and fades."""

from __future__ import annotations

import numpy as np
import pytest
from manim import FadeIn, FadeOut

from netglow.scenes.engine.batches import Cells
from netglow.scenes.engine.still import Still

PIXELS = np.random.default_rng(0).integers(0, 256, (90, 160, 3), dtype=np.uint8)


def test_every_pixel_is_shown_as_it_is(picture):
    np.testing.assert_array_equal(picture(Still(PIXELS)), PIXELS)


@pytest.mark.parametrize("opacity", [0.0, 0.3, 1.0])
def test_it_covers_what_is_below_by_its_opacity(picture, opacity):
    white = Cells([[0, 0, 0]], [[8, 4.5]])
    shown = picture(white, Still(PIXELS).set_opacity(opacity))
    assert np.abs(shown - (opacity * PIXELS + (1 - opacity) * 255.0)).max() <= 1.5


def test_fading_goes_one_way_from_nothing_to_the_picture_and_back(film):
    def act(scene):
        still = Still(PIXELS)
        scene.play(FadeIn(still), run_time=0.5)
        scene.wait(0.1)
        scene.play(FadeOut(still), run_time=0.5)
        scene.wait(0.1)

    light = film(act).mean(axis=(1, 2, 3))
    top = int(light.argmax())
    assert light[0] == light[-1] == 0
    assert light[top] == pytest.approx(PIXELS.mean())
    assert (np.diff(light[: top + 1]) >= 0).all() and (np.diff(light[top:]) <= 0).all()


def test_a_picture_of_another_size_is_refused(picture):
    with pytest.raises(ValueError, match="80x90 pixels cannot fill 160x90"):
        picture(Still(PIXELS[:, :80]))
