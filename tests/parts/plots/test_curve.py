"""Curves over two axes, and histograms beside one."""

import numpy as np
import pytest
from manim import RIGHT, UP

from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.parts.plots.histogram import Histogram
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def axis():
    return Axis(-16, 16, [-5.5, 1, 0], [5.5, 1, 0], DARK, step=2, every=2)


def test_a_curve_goes_through_its_points(axis):
    y_axis = Axis(0, 1, [2, -1, 0], [2, 3, 0], DARK)
    x = np.linspace(-16, 16, 7)
    y = np.linspace(0, 1, 7)
    curve = Curve(x, y, axis, y_axis, "#ffffff")
    np.testing.assert_array_equal(curve.y, y)
    anchors = np.concatenate([curve.get_start_anchors(), curve.get_end_anchors()[-1:]])
    np.testing.assert_allclose(anchors[:, 0], axis.at(x)[:, 0], atol=1e-9)
    np.testing.assert_allclose(anchors[:, 1], -1 + 4 * y, atol=1e-9)
    np.testing.assert_allclose(across(axis, y_axis, x, y), anchors, atol=1e-9)


@pytest.mark.parametrize("side", [UP, RIGHT])
def test_bars_are_as_long_as_their_counts_and_as_wide_as_their_bins(side):
    ends = ([0, 0, 0], [10, 0, 0]) if side is UP else ([0, 0, 0], [0, 10, 0])
    axis = Axis(0, 5, *ends, DARK, step=1)
    bars = Histogram(
        [0, 0, 0], [0, 1, 4], [1, 4, 5], axis, DARK, unit=0.1, side=side, away=0.5, gap=0.0
    )
    assert bars.halves().min() == 0
    bars.set_counts([3, 0, 20])
    np.testing.assert_array_equal(bars.counts, [3, 0, 20])
    length, width = (1, 0) if side is UP else (0, 1)
    np.testing.assert_allclose(2 * bars.halves()[:, length], [0.3, 0, 2.0], atol=1e-9)
    np.testing.assert_allclose(2 * bars.halves()[:, width], [2, 6, 2])
    np.testing.assert_allclose(bars.centres()[:, width], [1, 5, 9])
    np.testing.assert_allclose(bars.centres()[:, length] - bars.halves()[:, length], 0.5)
    np.testing.assert_allclose(bars.ends()[:, length], [0.8, 0.5, 2.5])
