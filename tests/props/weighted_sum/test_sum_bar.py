"""A sum as a bar: the slivers are the products, and both sides are as long as their totals."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.props.weighted_sum.sum_bar import Pour, Span, SumBar, SumRow, zero_and_unit
from netglow.scenes.stage.theme import THEMES, rgb

ORIGIN = np.array([1.0, -2.0, 0.0])
UNIT = 0.5
PRODUCTS = np.array([[0.5, -1.25, 0.0], [2.0, 0.25, -0.75]])


@pytest.fixture(params=THEMES)
def bar(request) -> SumBar:
    return SumBar(PRODUCTS, THEMES[request.param], ORIGIN, UNIT)


def test_every_product_is_a_sliver_of_its_length(bar):
    widths = 2 * bar.slivers.halves()[:, 0] / UNIT
    gaps = np.abs(PRODUCTS.ravel()) - widths
    assert (gaps >= -1e-12).all()
    assert (gaps <= 0.016 / UNIT + 1e-12).all()
    np.testing.assert_array_equal(bar.slivers.fill_alpha, PRODUCTS.ravel() != 0)


def test_slivers_have_the_colour_and_the_side_of_their_sign(bar):
    flat, x = PRODUCTS.ravel(), bar.slivers.centres()[:, 0] - ORIGIN[0]
    assert (x[flat > 0] > 0).all()
    assert (x[flat < 0] < 0).all()
    for sign, role in ((1, "positive"), (-1, "negative")):
        expected = rgb(getattr(bar.theme, role))
        np.testing.assert_allclose(bar.slivers.fill[sign * flat > 0] - expected, 0)


def test_slivers_lie_side_by_side_the_largest_next_to_the_axis(bar):
    order = [3, 0, 4]  # 2, 0.5 and 0.25
    ends = np.cumsum(PRODUCTS.ravel()[order]) * UNIT
    middles = ends - PRODUCTS.ravel()[order] * UNIT / 2
    np.testing.assert_allclose(bar.slivers.centres()[order, 0], ORIGIN[0] + middles)


def test_the_numbers_are_the_totals_and_stand_at_the_ends(bar):
    assert (bar.up.value, bar.down.value) == (2.75, -2.0)
    assert bar.up.get_left()[0] > ORIGIN[0] + 2.75 * UNIT
    assert bar.down.get_right()[0] < ORIGIN[0] - 2.0 * UNIT


def test_other_products_can_be_shown(bar):
    bar.set_products(-PRODUCTS)
    np.testing.assert_array_equal(bar.products, -PRODUCTS)
    assert (bar.up.value, bar.down.value) == (2.0, -2.75)
    with pytest.raises(ValueError, match="read-only"):
        bar.products[0] = 1


def test_only_negative_products_leave_the_other_side_empty(bar):
    bar.set_products(-np.abs(PRODUCTS))
    assert (bar.up.value, bar.down.value) == (0, -4.75)


def test_ranks_put_the_largest_first_and_zeros_last(bar):
    ranks = bar.ranks()
    assert ranks.argmin() == 3
    assert ranks[2] == 1
    assert sorted(ranks[np.flatnonzero(PRODUCTS)]) == [0, 0.25, 0.5, 0.75, 1]


def test_pouring_ends_with_the_bar_as_it_should_be(film, bar):
    settled = SumBar(PRODUCTS, bar.theme, ORIGIN, UNIT)
    source = WeightImage(PRODUCTS, bar.theme)
    film(lambda scene: scene.play(Pour(bar, source), run_time=0.5))
    np.testing.assert_allclose(bar.slivers.points, settled.slivers.points)
    np.testing.assert_allclose(bar.slivers.fill, settled.slivers.fill)
    assert (bar.up.value, bar.down.value) == (2.75, -2.0)


def test_while_it_pours_the_numbers_only_count_up(bar):
    pour = Pour(bar, WeightImage(PRODUCTS, bar.theme))
    pour.begin()
    counted = []
    for alpha in np.linspace(0, 1, 20):
        pour.interpolate(alpha)
        counted.append((bar.up.value, -bar.down.value))
    assert counted[0] == (0, 0)
    assert (np.diff(counted, axis=0) >= 0).all()
    assert counted[-1] == (2.75, 2.0)


@pytest.mark.parametrize("total", [1.5, -2.0, 0.0])
def test_a_row_is_as_long_as_its_total_and_has_its_sign(tiny, total):
    theme = THEMES["dark"]
    row = SumRow(1, theme, ORIGIN, UNIT).set_total(total)
    ends = row.span.sides()[0, [1, 0], 0]
    np.testing.assert_allclose(ends, ORIGIN[0] + np.array(sorted((0, total))) * UNIT)
    role = theme.positive if total >= 0 else theme.negative
    np.testing.assert_allclose(row.span.fill, [rgb(role)])
    assert row.number.value == total


def test_a_span_reaches_from_one_value_to_another():
    span = Span(-1, 3, ORIGIN, UNIT, "#ffffff")
    np.testing.assert_allclose(span.sides()[0, [1, 0], 0], [0.5, 2.5])
    span.stretch_to(2, 0, np.zeros(3))
    np.testing.assert_allclose(span.sides()[0, [1, 0], 0], [0, 1])


def test_fit_puts_both_ends_of_the_values_at_the_ends_of_the_line():
    zero, unit = zero_and_unit(-2, 6, left=-4, right=4)
    assert (zero - 2 * unit, zero + 6 * unit) == (-4, 4)
