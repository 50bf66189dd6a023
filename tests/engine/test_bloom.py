"""Bloom: the same on all sides, and no light that was not there."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.engine.bloom import BLOOM_CELL
from tests.engine.painting import across, blurred, light_of


def test_bloom_is_the_same_on_all_sides():
    light = np.zeros((96, 96), np.float32)
    light[44:52, 44:52] = 1
    bloom = blurred(light, radius=8)
    for turned in (bloom[::-1], bloom[:, ::-1], bloom.T):
        np.testing.assert_allclose(bloom, turned, atol=1e-6)


def test_bloom_spreads_light_and_adds_none():
    light = np.zeros((96, 96), np.float32)
    light[44:52, 44:52] = 1
    bloom = blurred(light, radius=8)
    assert (bloom >= 0).all()
    assert bloom.sum() * BLOOM_CELL**2 == pytest.approx(light.sum(), rel=1e-4)
    assert bloom.max() < 0.5
    ring = light_of(across(0, 200)).sum()
    assert blurred(light_of(across(0, 200)), 6).sum() * BLOOM_CELL**2 <= ring
