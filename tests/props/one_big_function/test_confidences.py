"""Outputs side by side and on one another: which are divided, what they add up to."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.study.two_lit import most_divided, places_that_total, ranked
from netglow.scenes.parts.network.neurons import column
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.props.one_big_function.function_box import in_turns
from netglow.scenes.props.one_big_function.sum_tower import SumTower
from netglow.scenes.stage.theme import DARK

VALUES = np.array([0.672, 0.001, 0.0, 0.636, 0.02])


def test_the_most_divided_image_has_the_highest_second_output():
    outputs = np.array([[0.9, 0.1, 0.0], [0.6, 0.2, 0.55], [0.99, 0.5, 0.3]])
    assert most_divided(outputs) == 1
    assert ranked(outputs[1]) == (0, 2)


@pytest.mark.parametrize("values", [[0.5, 0.25], [0.334, 0.333, 0.333], [0.0049] * 3, VALUES])
def test_as_few_places_as_add_up_to_what_is_said(values):
    values = np.array(values)
    places = places_that_total(values)
    total = round(float(values.sum()), 2)
    assert round(sum(round(float(v), places) for v in values), 2) == total
    if places == 2:
        assert sum(round(float(v), 2) for v in values) == pytest.approx(total)


def tower_of(values: np.ndarray) -> SumTower:
    bars = Bars(values, np.zeros((len(values), 3)) + [[0, y, 0] for y in range(len(values))], DARK)
    return SumTower(bars, np.array([5.0, -2, 0]), 4.0, "sum", DARK)


def test_a_tower_is_as_high_as_its_sum_on_its_own_scale():
    tower = tower_of(VALUES)
    top = (tower.stacked.centres()[:, 1] + tower.stacked.halves()[:, 1]).max()
    assert top == pytest.approx(tower.axis.at(VALUES.sum())[1], abs=0.03)
    assert tower.total.value == pytest.approx(VALUES.sum())
    stack = tower.stack()
    stack.begin()
    stack.interpolate(1.0)
    np.testing.assert_allclose(tower.pieces.points, tower.stacked.points)


def test_names_stand_on_pieces_with_room_and_clear_of_the_mark_at_1():
    tower = tower_of(VALUES)
    names = tower.names_of([0, 3, 4], list("abcde"), DARK)
    assert [name.original_text for name in names] == ["a", "d"]  # e's piece is too thin
    one = tower.axis.at(1.0)[1]
    assert all(name.get_bottom()[1] > one or name.get_top()[1] < one for name in names)


@pytest.mark.parametrize(("count", "columns"), [(10, 1), (20, 2), (60, 0)])
def test_numbers_beside_dots_take_turns_before_they_overlap(count, columns):
    places = column(count, 0.0, 4.4 / (count - 1))
    numbers = in_turns(np.linspace(0, 1, count), places, 0.1, DARK)
    assert len(numbers) == (count if columns else 0)
    if columns:
        assert len({round(float(x), 3) for x in numbers.points_at[:, 0]}) == columns
        boxes = [(n.get_left()[0], n.get_right()[0], n.get_y()) for n in numbers]
        apart = [
            abs(a[2] - b[2]) >= 0.2 or a[1] < b[0] or b[1] < a[0]
            for i, a in enumerate(boxes)
            for b in boxes[:i]
        ]
        assert all(apart)
