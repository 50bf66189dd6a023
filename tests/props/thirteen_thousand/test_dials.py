"""Dials, their wall, the stopwatch and the score above it."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.network import Network
from netglow.netcore.study.dials import full_turns, in_a_row
from netglow.scenes.engine.batches import Edges
from netglow.scenes.parts.plots.dials import TURN, directions
from netglow.scenes.props.thirteen_thousand.dial_wall import DialWall
from netglow.scenes.props.thirteen_thousand.ledger import Ledger
from netglow.scenes.props.thirteen_thousand.loose_dial import LooseDial
from netglow.scenes.props.thirteen_thousand.regroup import Regroup
from netglow.scenes.props.thirteen_thousand.score import Score
from netglow.scenes.props.thirteen_thousand.stopwatch import Stopwatch
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def network() -> Network:
    rng = np.random.default_rng(5)
    w = (rng.normal(0, 1, (3, 16)), rng.normal(0, 1, (2, 3)))
    return Network(
        w, (rng.normal(0, 1, 3), rng.normal(0, 1, 2)), ("sigmoid", "sigmoid"), (4, 4), ("a", "b")
    )


@pytest.fixture
def wall(network) -> DialWall:
    return DialWall(network.w, network.b, full_turns(network), (4, 4), DARK, 12, 5)


def at(animation, alpha: float):
    animation.begin()
    animation.interpolate(alpha)


def test_dials_turn_by_sign_and_size():
    way = directions([0.0, 0.5, -0.5, 3.0], 1.0)
    np.testing.assert_allclose(way[0], [0, 1, 0], atol=1e-12)
    assert way[1, 0] > 0 > way[2, 0]
    np.testing.assert_allclose(way[3], [np.sin(TURN), np.cos(TURN), 0])


def test_dials_turn_one_after_the_other_in_the_order_of_counting(network, wall):
    values = in_a_row(network.w, network.b)
    wall.set_values(0 * values)
    turn = wall.turn_one_by_one(values, rate_func=lambda t: t)
    at(turn, 20.5 / len(values))
    np.testing.assert_allclose(wall.values[:20], values[:20])
    assert wall.values[20] == pytest.approx(values[20] / 2)
    assert not wall.values[21:].any()
    at(wall.turn(values, rate_func=lambda t: t), 1)
    np.testing.assert_allclose(wall.values, values)


def test_the_first_dials_can_be_turned_alone(network, wall):
    values = in_a_row(network.w, network.b)
    wall.set_values(0 * values)
    at(wall.turn_one_by_one(values, 0, 1), 1)
    at(wall.turn_one_by_one(values, 1, 2, rate_func=lambda t: t), 0.5)
    np.testing.assert_allclose(wall.values[:2], values[:2] * [1, 0.5])
    assert not wall.values[2:].any()
    at(wall.turn_one_by_one(values, 2), 1)
    np.testing.assert_allclose(wall.values[2:], values[2:])


def test_a_dial_is_at_its_end_at_the_end_of_its_block(network):
    ends = [0.5, 1.0, 2.0]
    wall = DialWall(network.w, network.b, ends, (4, 4), DARK, 12, 5)
    assert [dials.value_scale for dials in wall.dials] == ends
    alone = wall.one_of_first(7)
    assert alone.value_scale == 0.5 and alone.values == network.w[0].ravel()[7]
    np.testing.assert_array_equal(alone.faces.centres()[0], wall.layers[0].faces.centres()[7])


def test_the_stopwatch_shows_only_seconds_that_are_over():
    watch = Stopwatch(("h", "min", "s"), 13_002, np.array([6, 3, 0]), DARK)
    at(watch.run(5, 13_002, rate_func=lambda t: t), (3725.9 - 5) / (13_002 - 5))
    assert [n.value for n in watch.numbers] == [5, 2, 1]
    at(watch.run(0, 13_002, rate_func=lambda t: t), 1)
    assert [n.value for n in watch.numbers] == [42, 36, 3]


def test_a_bill_starts_at_zero_and_ends_in_one_column():
    items = [(12_960, "weights", "text"), (42, "biases", "bias"), (13_002, "together", "text")]
    bill = Ledger(items, np.array([-6, 0, 0]), DARK)
    assert [bill.numbers[i].value for i in range(3)] == [0, 0, 0]
    right = [bill.numbers[i].set_value(items[i][0]).get_right()[0] for i in range(3)]
    np.testing.assert_allclose(right, right[0], atol=0.03)
    assert bill.lines[1].get_bottom()[1] > bill.rule.get_y() > bill.numbers[2].get_top()[1]


def test_the_last_row_of_the_wall_stands_in_the_middle(wall):
    blocks = [*wall.layers[1:], wall.biases]
    middles = [block.faces.get_x() for block in blocks]
    assert wall.faces_of(0).get_x() < wall.faces_of(1).get_x()
    assert wall.get_x() == pytest.approx(0, abs=0.3)
    assert middles == sorted(middles)


def test_a_light_goes_over_the_wall_and_leaves_it_as_it_was(wall):
    before = wall.layers[0].needles.light
    glint = wall.glint(rate_func=lambda t: t)
    at(glint, 0.5)
    lit = np.concatenate([dials.needles.light for dials in wall.dials])
    assert lit.max() > 1.3 * before.max()
    glint.interpolate(1)
    np.testing.assert_allclose(wall.layers[0].needles.light, before)


def test_threads_shrink_before_they_fly_to_their_needles(wall):
    """Half-way none is longer than a needle; in the end each is one."""
    rng = np.random.default_rng(3)
    start, end = rng.normal(0, 3, (2, 48, 3))
    edges, needles = Edges(start, end, 1.0, 0.1, 0.0, 1.0), wall.layers[0].needles
    length = np.linalg.norm(needles.points[1::2] - needles.points[::2], axis=1)
    change = Regroup(edges, needles, rate_func=lambda t: t)
    change.begin()
    change.interpolate(0.2)
    middles = (edges.points[1::2] + edges.points[::2]) / 2
    np.testing.assert_allclose(middles, (start + end) / 2, atol=1e-6)  # still in its place
    change.interpolate(0.5)
    now = np.linalg.norm(edges.points[1::2] - edges.points[::2], axis=1)
    np.testing.assert_allclose(now, length, atol=1e-6)
    change.interpolate(1)
    np.testing.assert_allclose(edges.points, needles.points, atol=1e-6)
    np.testing.assert_allclose(edges.light, needles.light)


def test_a_loose_dial_turns_both_ways_and_comes_back_to_its_value(wall):
    small = wall.one_of_first(5)
    home, value = small.faces.get_center(), small.values[0]
    loose = LooseDial(small, "?", DARK)
    at(loose.leave(), 1)
    assert loose.dial.faces.width > 10 * wall.layers[0].radius
    dither = loose.dither()
    dither.begin()
    seen = []
    for share in np.linspace(0, 1, 60):
        dither.interpolate(share)
        seen.append(loose.dial.values[0] - value)
    assert min(seen) < -0.2 * loose.end and max(seen) > 0.2 * loose.end
    assert loose.dial.values[0] == pytest.approx(value)
    at(loose.come_back(), 1)
    np.testing.assert_allclose(loose.dial.faces.get_center(), home)


def test_the_score_counts_in_percent_and_its_bar_grows_along(network):
    score = Score(0.1, ("right", "guessing"), -2, 6, 3, DARK)
    grow = score.go(0.8, rate_func=lambda t: t)
    at(grow, 0.5)
    assert score.number.value == pytest.approx(40)
    tracks, bars = score.bar.sides()
    assert bars[0, 0] - bars[1, 0] == pytest.approx(0.4 * (tracks[0, 0] - tracks[1, 0]))
