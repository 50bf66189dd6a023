"""The pictures of one layer's equation, its formula, its arithmetic and its race."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from manim import VGroup

from netglow.scenes.facts.matrix_product import CODE
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.text.code import Listing
from netglow.scenes.props.matrix_product.blocks import Blocks
from netglow.scenes.props.matrix_product.layer_equation import LayerEquation
from netglow.scenes.props.matrix_product.layer_formula import LayerFormula, layer_chain
from netglow.scenes.props.matrix_product.race import Race
from netglow.scenes.props.matrix_product.sweep import Sweep
from netglow.scenes.props.matrix_product.working import Working
from netglow.scenes.props.matrix_product.written_out import WrittenOut
from netglow.scenes.stage.text import CAPTION, Number, label
from netglow.scenes.stage.theme import DARK, robust_scale


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


@pytest.mark.parametrize("row", [0, 3, 8])
def test_on_a_row_the_column_shows_its_products_and_the_rows_above_have_sums(equation, row):
    """While the strip rests on a row, that row's sum and those below are still to come."""
    sweep = Sweep(equation, known=4)
    run = sweep.run(2.0)
    run.begin()
    run.interpolate((row + 0.5) / sweep.length)  # it has just come there
    assert sweep.row == row
    heights = sweep.strip.centres()[:, 1]
    np.testing.assert_allclose(heights, equation.w.at(row)[1], atol=1e-6)
    np.testing.assert_allclose(sweep.strip.centres()[:, 0], columns_of(equation), atol=1e-6)
    scale = robust_scale(equation.products, 0.98)
    expected = DARK.signed(equation.products[row], scale)
    np.testing.assert_allclose(sweep.strip.fill, expected, atol=1e-6)
    seen = sweep.drops.fill_alpha > 0
    assert list(np.flatnonzero(seen)) == sorted({*range(row), 4})
    assert abs(sweep.frame.get_y() - equation.w.at(row)[1]) < 1e-6


def test_readings_of_squished_lights_never_are_zero_or_one(equation):
    lights = np.array([0.5, 0.5, 0.004, 0.2, 0.996, 0.994, 0.5, 0.5, 0.5])

    def texts(squished):
        return [
            reading.value if isinstance(reading, Number) else reading.original_text
            for reading in equation.readings(lights, squished)
        ]

    assert texts(True) == ["< 0.01", 0.2, "> 0.99", 0.994]
    assert texts(False) == [0.004, 0.2, 0.996, 0.994]


def test_a_sum_is_written_from_the_left_and_never_leaves_its_line():
    line = WrittenOut(20, -6.0, 6.0, 3.0, DARK)
    writing = line.write(run_time=2)
    writing.begin()
    for alpha in np.linspace(0, 1, 21):
        writing.interpolate(alpha)
        seen = [term for term in line if term.get_fill_opacity() > 0.05]
        assert all(term.get_right()[0] < 6.01 for term in seen if term.get_fill_opacity() == 1)
        assert all(term.get_left()[0] > -6.01 for term in seen)
        assert len(seen) >= min(3, int(20 * alpha**1.8))
        x = [term.get_x() for term in line]
        assert x == sorted(x)
    assert line[-1].get_fill_opacity() == 1 and line[0].get_fill_opacity() == 0


def columns_of(equation):
    return equation.w.target.centres()[: equation.products.shape[1], 0]


def test_in_the_end_all_sums_are_in_their_places(equation):
    sweep = Sweep(equation, known=4)
    sweep.set_time(3.0)
    opacities = [equation.sums.number(k).get_fill_opacity() for k in range(2, 6)]
    assert opacities == [0, 0, 1, 0]  # only the one that was known
    sweep.set_time(sweep.length)
    np.testing.assert_allclose(sweep.drops.points, equation.sums.target.points, atol=1e-6)
    assert (sweep.drops.fill_alpha == 1).all()
    assert all(equation.sums.number(k).get_fill_opacity() == 1 for k in range(2, 6))


def test_blocks_are_in_the_order_of_the_formula_and_their_entries_stay_in_order(equation, numbers):
    line = LayerFormula("sigmoid", DARK)
    blocks = Blocks(equation)
    blocks.set(line)
    middles = [blocks.targets[key].get_x() for key in ("out", "W", "inp", "b")]
    assert middles == sorted(middles)
    places = blocks.targets["W"].centres().reshape(9, 36, 3)
    assert (np.diff(places[:, :, 0], axis=1) > 0).all()
    assert (np.diff(places[:, :, 1], axis=0) < 0).all()
    expected = DARK.signed(numbers[0].ravel(), equation.w.cells.value_scale)
    np.testing.assert_allclose(blocks.targets["W"].fill, expected)
    for key, fence in blocks.fences.items():
        sides = blocks.targets[key].sides()[..., 0]
        assert fence.get_left()[0] < sides.min() and sides.max() < fence.get_right()[0]


@pytest.mark.parametrize("kind", ["sigmoid", "relu"])
def test_symbols_keep_clear_of_each_other(kind, equation):
    line = LayerFormula(kind, DARK)
    Blocks(equation).set(line)
    keys = ("out", "is", "f", "open", "W", "inp", "plus", "b", "close")
    for one, other in itertools.pairwise(line.part(key) for key in keys):
        assert one.get_right()[0] + 0.03 < other.get_left()[0]


def test_a_chain_has_all_layers_and_fits(numbers):
    for layers in (2, 3, 6):
        chain = layer_chain(layers, DARK)
        assert len(chain) == 2 * layers + 1 and chain.width < 12.5
        assert all(a.get_x() < b.get_x() for a, b in itertools.pairwise(chain))


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
    right = max(number.get_right()[0] for number in (*work.products, work.rest, work.total))
    assert work.rule.get_left()[0] == pytest.approx(1.0)
    assert right < work.rule.get_right()[0] < right + 0.1  # the rule reaches a little further


@pytest.mark.parametrize("kind", ["sigmoid", "relu"])
def test_symbols_become_the_lines_that_mean_them(kind):
    made = LayerFormula(kind, DARK)
    keys = ("out", "is", "f", "open", "W", "inp", "plus", "b", "close")
    assert len(made.line) == sum(len(made.part(key)) for key in keys)
    code = Listing(["z = W @ a0 + b", CODE[kind]], DARK, np.zeros(3))
    steps = list(made.into(code))
    assert len(steps) == 2 and isinstance(code.part(0, "b"), VGroup)
    assert code.part(0, "b")[0].get_color().to_hex().lower() == DARK.bias.lower()


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
