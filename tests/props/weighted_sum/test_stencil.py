"""Ink takes the colour of the weight it lies on, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.weighted_sum.stencil import Stencil
from netglow.scenes.stage.theme import THEMES, rgb

INK = np.array([[1.0, 0.0, 0.5], [1.0, 0.0, 1.0]])
WEIGHTS = np.array([[1.0, 1.0, 0.0], [-1.0, -1.0, 0.0]])


@pytest.fixture(params=THEMES)
def stencil(request) -> Stencil:
    return Stencil(INK, WEIGHTS, THEMES[request.param], 3.0)


def test_full_ink_has_the_colour_of_its_weights_sign(stencil):
    np.testing.assert_allclose(stencil.fill[0], rgb(stencil.theme.positive))
    np.testing.assert_allclose(stencil.fill[3], rgb(stencil.theme.negative))


def test_without_ink_a_weight_is_only_a_tint(stencil):
    for inked, bare in ((0, 1), (3, 4)):
        panel = rgb(stencil.theme.panel)
        near, far = (np.abs(stencil.fill[i] - panel).sum() for i in (bare, inked))
        assert 0 < near < 0.6 * far


def test_ink_without_a_weight_is_dimmer_than_in_the_plain_image(stencil):
    plain = stencil.under(np.zeros((2, 3)))
    off = stencil.theme.brightness(0.0)
    for i in (2, 5):
        assert np.abs(stencil.fill[i] - off).sum() < 0.5 * np.abs(plain.fill[i] - off).sum()
    np.testing.assert_allclose(plain.fill, stencil.theme.brightness(INK.ravel()))


def test_negative_weights_are_discs(stencil):
    np.testing.assert_array_equal(stencil.corner > 0.5, WEIGHTS.ravel() < 0)
    assert not stencil.under(np.zeros((2, 3))).corner.any()


def test_copies_keep_what_they_draw_and_leave_the_first_alone(stencil):
    other = stencil.of(1 - INK)
    np.testing.assert_array_equal(other.values, 1 - INK)
    np.testing.assert_array_equal(other.weights, WEIGHTS)
    np.testing.assert_array_equal(stencil.values, INK)
