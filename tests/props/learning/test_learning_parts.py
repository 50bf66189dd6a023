"""The pictures of Learning: examples that gather, marks that are counted, rows of dials."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import Animation, AnimationGroup

from netglow.netcore.digits import load_digits
from netglow.netcore.network import Network
from netglow.scenes.props.learning.labelled_examples import LabelledExamples
from netglow.scenes.props.learning.mark_sheet import MarkSheet
from netglow.scenes.props.learning.penalty_curve import PenaltyCurve
from netglow.scenes.props.learning.run_plot import RunPlot
from netglow.scenes.props.learning.valley import Valley
from netglow.scenes.stage.theme import DARK, rgb


def at(animation: Animation | AnimationGroup, share: float) -> None:
    animation.begin()
    animation.interpolate(share)


def network(shift: float) -> Network:
    return Network((np.full((10, 784), shift),), (np.arange(10.0) * shift,), ("sigmoid",))


# --- examples ---
@pytest.fixture
def examples() -> LabelledExamples:
    digits = load_digits()[1]
    return LabelledExamples(digits.images[:12], digits.labels[:12], DARK)


def test_an_example_taken_out_hangs_where_it_hung_and_leaves_a_gap(examples):
    picture = examples.picture(5)
    np.testing.assert_array_equal(picture.values, examples.thumbs.values[5])
    np.testing.assert_allclose(picture.get_center(), examples.thumbs.spots[5], atol=1e-9)
    assert picture.width == pytest.approx(examples.size)
    assert np.flatnonzero(examples.without(5).alpha == 0).tolist() == [5]
    assert examples.without(None).alpha.all()


def test_answers_stand_below_their_images(examples):
    labels = load_digits()[1].labels
    for k, answer in enumerate(examples.answers):
        assert answer.original_text == str(labels[k])
        spot = examples.thumbs.spots[k]
        assert answer.get_top()[1] < spot[1] - examples.size / 2
        assert answer.get_x() == pytest.approx(spot[0], abs=0.05)


def test_all_examples_gather_in_one_point(examples):
    at(examples.gather(np.array([2.0, 1.0, 0.0])), 1.0)
    assert np.abs(examples.thumbs.centres() - [2, 1, 0]).max() < 0.03


# --- the exam ---
@pytest.mark.parametrize("count", [1, 10, 997, 1000])
def test_a_sheet_has_a_mark_for_every_answer_within_its_field(count):
    sheet = MarkSheet(count, DARK, np.zeros(3), 7.4, 5.7)
    assert len(sheet) == count and sheet.width <= 7.4 and sheet.height <= 5.7
    assert (np.diff(sheet.rows) >= 0).all()
    columns, rows = np.bincount(sheet.rows).max(), sheet.rows.max() + 1
    assert count < 10 or 0.5 < (7.4 / columns) / (5.7 / rows) < 2  # nearly as wide as high
    assert count != 1000 or (columns, rows) == (40, 25)  # no row is shorter than the others
    right = np.arange(count) % 3 > 0
    sheet.set_right(right)
    np.testing.assert_array_equal(sheet.fill == rgb(DARK.correct), np.tile(right[:, None], 3))
    np.testing.assert_array_equal(sheet.corner == 1, ~right)  # not told by colour alone


def test_what_is_not_marked_yet_is_an_empty_box_and_no_mistake():
    sheet = MarkSheet(40, DARK, np.zeros(3), 7.4, 5.7)
    assert not sheet.marked.any() and not sheet.right.any()
    assert (sheet.stroke_alpha > 0).all() and (sheet.fill == rgb(DARK.panel)).all()
    sheet.set_right(np.zeros(40, bool), 25)
    empty = np.arange(40) >= 25
    np.testing.assert_array_equal(sheet.marked, ~empty)
    np.testing.assert_array_equal(sheet.stroke_alpha > 0, empty)
    np.testing.assert_array_equal((sheet.fill == rgb(DARK.wrong)).all(axis=1), ~empty)
    np.testing.assert_array_equal((sheet.fill == rgb(DARK.panel)).all(axis=1), empty)
    sheet.set_right(np.ones(40, bool), 10)  # marked anew: the others keep their marks
    np.testing.assert_array_equal(sheet.right, np.arange(40) < 10)
    np.testing.assert_array_equal(sheet.marked, ~empty)


# --- costs and dials ---
@pytest.mark.parametrize("cost", ["cross-entropy", "quadratic"])
def test_dots_slide_along_the_penalty_curve(cost):
    words = ("above", "below", "beside")
    curve = PenaltyCurve(cost, words, np.array([1.0, -2, 0]), (4, 4), DARK, 3, 1)
    differences = np.array([0.1, 0.6, 0.9])
    for share in (0.5, 1.0):
        curve.slide(differences, share)
        off = share * differences
        costs = off**2 if cost == "quadratic" else -np.log(1 - off)
        for dot, d, c in zip(curve.dots, off, costs, strict=True):
            assert dot.get_x() == pytest.approx(1 + 4 * d)
            assert dot.get_y() == pytest.approx(-2 + 4 * c / curve.top)
    assert (np.diff(curve.curve.y) > 0).all()


def test_the_ball_rolls_along_the_valley_as_the_dial_turns():
    values = np.linspace(-2, 2, 9)
    valley = Valley(
        values,
        3 + (values - 1) ** 2,
        -1.0,
        ("a", "b", "c"),
        DARK,
        (0.0, -2.0),
        (5.0, 4.0),
        (-4.0, 0.0),
    )
    assert valley.number.value == pytest.approx(7.0)
    at(valley.turn_to(1.0), 1.0)
    assert (valley.now, valley.number.value) == (1.0, pytest.approx(3.0))
    assert valley.seen == (-1.0, 1.0)
    np.testing.assert_allclose(valley.dial.values, [1.0])
    x, y = valley.ball.get_center()[:2]
    assert x == pytest.approx(valley.x.at([1.0])[0, 0])
    assert y == pytest.approx(valley.y.at([3.0])[0, 1])
    assert valley.line.get_left()[0] == pytest.approx(valley.x.at([-1.0])[0, 0])


def test_half_way_the_run_has_half_of_its_curve():
    plot = RunPlot(
        np.array([0, 1, 10]), np.array([4.0, 2, 1]), "abc", ("u", "v"), DARK, (0, -2), (4, 4)
    )
    assert (plot.share, plot.number.value) == (0, 4)
    plot.set_share(0.25)
    assert plot.number.value == pytest.approx(3)
    assert plot.dot.get_x() == pytest.approx((plot.places[0] + plot.places[1]) / 2)
    plot.set_share(1.0)
    assert plot.number.value == 1 and len(plot.line.get_anchors()) >= 4


@pytest.mark.parametrize("width", [2.0, 4.0, 7.0, 14.0])
@pytest.mark.parametrize("last", [2, 1000, 1_000_000])
def test_no_two_ticks_of_a_run_collide(width, last):
    epochs = np.array(sorted({0, *np.rint(np.geomspace(1, last, 11)).astype(int).tolist()}))
    names = [f"{epoch:,}" for epoch in epochs]
    plot = RunPlot(epochs, 1.0 / (1 + epochs), names, ("u", "v"), DARK, (0, -2), (width, 4))
    ticks = list(plot.ticks)
    told = [tick.original_text for tick in ticks]
    assert (told[0], told[-1]) == (names[0], names[-1])
    assert all(b.get_left()[0] - a.get_right()[0] > 0.2 for a, b in pairwise(ticks))
    assert [names.index(text) for text in told] == sorted(names.index(text) for text in told)
    for tick, text in zip(ticks, told, strict=True):
        assert tick.get_x() == pytest.approx(plot.places[names.index(text)])
    if width == 14.0 and last < 1000:
        assert told == names  # none is left out without need


def test_a_valley_is_drawn_over_all_of_its_field():
    """Its curve ends where the axes end, and reaches most of their height."""
    values = np.linspace(-15, 3, 19)
    words = ("a", "b", "c")
    valley = Valley(values, 6 + (values + 4) ** 2 / 40, 0.0, words, DARK, (0, -2), (8, 4), (-4, 0))
    for value in (3.0, -15.0):
        at(valley.turn_to(value), 1.0)
    assert valley.line.get_left()[0] == pytest.approx(0)
    assert valley.line.get_right()[0] == pytest.approx(8)
    assert valley.line.height > 0.75 * 4


@pytest.mark.parametrize("side", [-1, 1])
def test_the_number_of_a_valley_stays_in_its_field_and_off_the_curve(side):
    values = np.linspace(-15, 3, 19)
    costs = (6 + (values + 4) ** 2 / 40)[::side]
    values = np.sort(side * values)
    valley = Valley(values, costs, 0.0, ("a", "b", "c"), DARK, (0, -2), (8, 4), (-4, 0))
    for value in (values[0], values[-1]):
        at(valley.turn_to(value), 1.0)
        number, ball = valley.number, valley.ball
        assert number.get_left()[0] > 0 and number.get_right()[0] < 8.5
        assert number.get_top()[1] < 2.0
        assert (
            abs(number.get_x() - ball.get_x()) > 0.3 or number.get_bottom()[1] > ball.get_top()[1]
        )
