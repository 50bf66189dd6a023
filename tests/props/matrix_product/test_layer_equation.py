"""The pictures of one layer's equation, its formula, its arithmetic and its race."""

from __future__ import annotations

import numpy as np
import pytest
from manim import VGroup

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.text.code import Listing, run_lines
from netglow.scenes.props.matrix_product.layer_equation import LayerEquation
from netglow.scenes.props.matrix_product.layer_formula import LayerFormula
from netglow.scenes.props.matrix_product.race import Race
from netglow.scenes.props.matrix_product.working import Working
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def numbers():
    rng = np.random.default_rng(8)
    a = rng.random(36) * (rng.random(36) > 0.4)
    return rng.normal(0, 1, (9, 36)), rng.normal(0, 1, 9), a


@pytest.fixture
def equation(numbers) -> LayerEquation:
    w, b, a = numbers
    return LayerEquation(
        w, b, a, PixelImage(a.reshape(6, 6), DARK), range(2, 6), range(10, 14), DARK
    )


def test_sums_and_z_are_the_layer(equation, numbers):
    w, b, a = numbers
    np.testing.assert_allclose(equation.sums.values[:, 0], w @ a)
    np.testing.assert_allclose(equation.z.values[:, 0], w @ a + b)
    assert [n.value for (n,) in equation.sums.numbers] == pytest.approx(list((w @ a)[2:6]))
    count = equation.recount()
    count.begin()
    count.interpolate(1)
    assert [n.value for (n,) in equation.sums.numbers] == pytest.approx(list((w @ a + b)[2:6]))


def test_a_row_moves_alone_and_the_other_cells_stay(equation):
    in_row = equation.of_row(3)
    assert in_row.sum() == 36 and in_row.reshape(9, 36)[3].all()
    alone = equation.row_alone(3)
    np.testing.assert_array_equal(alone.centres()[in_row], equation.w.target.centres()[in_row])
    np.testing.assert_array_equal(alone.centres()[~in_row], equation.w.cells.centres()[~in_row])
    picture = equation.row_as_image(3, (6, 6), 4.0, np.array([-3.0, 1.0, 0]))
    np.testing.assert_allclose(picture.centres()[in_row].mean(axis=0), [-3, 1, 0], atol=1e-9)
    np.testing.assert_array_equal(picture.centres()[~in_row], equation.w.cells.centres()[~in_row])


def test_only_products_that_are_not_zero_pour_and_into_their_own_sums(equation, numbers):
    _, _, a = numbers
    stream, target, delays = equation.stream(4)
    lit = np.flatnonzero(a)
    assert len(stream) == len(target) == len(delays) == 8 * len(lit)
    assert delays.min() >= 0 and delays.max() <= 1
    rows = [k for k in range(9) if k != 4]
    heights = target.centres()[:, 1].reshape(8, len(lit))
    expected = [equation.sums.at(k)[1] for k in rows]
    np.testing.assert_allclose(heights, np.repeat(np.array(expected)[:, None], len(lit), 1))


def test_the_arithmetic_adds_up(numbers):
    w, _, a = numbers
    total = float(w[0] @ a)
    work = Working(w[0, 3:6], a[3:6], total, "=", (1.0, 2.5), 0.5, DARK)
    products = [n.value for n in work.products]
    assert products == pytest.approx(list(w[0, 3:6] * a[3:6]))
    assert sum(products) + work.rest.value == pytest.approx(work.total.value) == total
    assert [work.role(v) for v in (0.004, 0.3, -0.3)] == ["text", "positive", "negative"]
    names = label("33 more", DARK.muted, CAPTION), label("sum", DARK.text, CAPTION)
    work.set_names(*names)
    assert work.total.get_y() < work.rule.get_y() < work.rest.get_y() < work.y.min()


@pytest.mark.parametrize("kind", ["sigmoid", "relu"])
def test_the_code_computes_what_the_formula_says(kind, numbers):
    w, b, a = numbers
    made = LayerFormula(kind, DARK)
    assert all(
        len(made.part(key)) for key in ("out", "is", "f", "open", "W", "inp", "plus", "b", "close")
    )
    _, names = run_lines(made.code(), 80, W=w, a0=a, b=b)
    z = w @ a + b
    expected = {"sigmoid": 1 / (1 + np.exp(-z)), "relu": np.maximum(0, z)}[kind]
    np.testing.assert_allclose(names["a1"], expected)


def test_symbols_become_the_lines_that_mean_them():
    made = LayerFormula("sigmoid", DARK)
    code = Listing(made.code(), DARK, np.zeros(3))
    steps = list(made.into(code))
    assert len(steps) == 2 and isinstance(code.part(1, "b"), VGroup)
    assert code.part(1, "b")[0].get_color().to_hex().lower() == DARK.bias.lower()


def test_bars_run_on_one_clock():
    left = np.array([[-3.0, 0, 0], [-3.0, -0.7, 0]])
    race = Race(np.array([400.0, 100.0]), ["loop", "product"], ["400", "100"], left, DARK, 6, 3)
    run = race.run(2.0)
    run.begin()
    run.interpolate(0.2)
    first, second = race.bars.values
    assert first == pytest.approx(second) == pytest.approx(0.2 * 1.15)
    run.interpolate(0.6)
    assert race.bars.values[0] > race.bars.values[1] == pytest.approx(0.25)
    assert race.shown[1].get_fill_opacity() == 1 > race.shown[0].get_fill_opacity() == 0
    run.interpolate(1)
    np.testing.assert_allclose(race.bars.values, [1, 0.25])
    assert race.shown[0].get_fill_opacity() == 1
