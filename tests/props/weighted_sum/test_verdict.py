"""A verdict's bar and sum: what is poured in, and how the negative side takes its part away."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.props.weighted_sum.number_line import NumberLine
from netglow.scenes.props.weighted_sum.verdict import Verdict
from netglow.scenes.stage.theme import THEMES, rgb

BEFORE = np.array([[4.0, 6.0], [0.0, 0.0]])
AFTER = np.array([[4.0, 6.0], [-1.0, -3.0]])


@pytest.fixture(params=THEMES)
def verdict(request) -> Verdict:
    return Verdict(np.ones((2, 2)), BEFORE, np.zeros(3), "sum", THEMES[request.param])


def length(verdict: Verdict) -> float:
    """Of the sum's bar, in its unit."""
    sides = verdict.total.span.sides()[0]
    return float(sides[0, 0] - sides[1, 0]) / verdict.total.span.unit


def test_the_sum_is_as_long_as_its_bar_and_begins_at_the_same_zero(verdict):
    assert verdict.total.number.value == 10
    assert length(verdict) == pytest.approx(10)
    assert verdict.total.span.origin[0] == verdict.bar.origin[0]


def test_what_comes_against_it_starts_in_the_image_and_the_rest_stays(verdict):
    source = WeightImage(AFTER, verdict.theme).move_to((-4, -3, 0))
    before = verdict.bar.slivers.centres()[:2]
    pour = verdict.pour_against(AFTER, source)
    pour.begin()
    np.testing.assert_allclose(verdict.bar.slivers.centres()[:2], before)
    np.testing.assert_allclose(verdict.bar.slivers.centres()[2:], source.centres()[2:])
    pour.interpolate(1)
    assert (verdict.bar.slivers.centres()[2:, 0] < verdict.bar.origin[0]).all()
    np.testing.assert_allclose(verdict.bar.slivers.fill[2:], [rgb(verdict.theme.negative)] * 2)


def test_cancelling_goes_from_the_old_sum_to_the_new_one(verdict):
    verdict.pour_against(AFTER, WeightImage(AFTER, verdict.theme))
    steps = list(verdict.cancel())
    (shrink,) = steps[-1]
    shrink.begin()
    shown = []
    for alpha in (0.0, 0.5, 1.0):
        shrink.mobject.update()
        shrink.interpolate(alpha)
        shown.append(verdict.total.number.value)
        assert length(verdict) == pytest.approx(verdict.total.number.value)
    assert shown == pytest.approx([10, 8, 6])


@pytest.mark.parametrize("total", [6.0, -3.0, 0.2])
def test_on_the_number_line_every_sum_stands_at_its_value(total):
    theme = THEMES["dark"]
    line = NumberLine(total, np.array([-9.0, -1.0, 2.0, 2.01]), 2, theme)
    assert line.mark.get_center() == pytest.approx(line.axis.at(total))
    assert line.number.get_center()[0] == pytest.approx(line.axis.at(total)[0], abs=0.02)
    wanted = line.axis.at(line.pile.values)[:, 0]
    np.testing.assert_allclose(line.pile.centres()[:, 0], wanted, atol=1e-9)
    colours = [theme.negative, theme.negative, theme.positive, theme.positive]
    np.testing.assert_allclose(line.pile.fill, [rgb(c) for c in colours])
    assert line.axis.low == -line.axis.high
