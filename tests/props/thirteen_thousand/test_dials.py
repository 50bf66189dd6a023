"""Dials, their wall, the stopwatch beside it and the training that turns them."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.network import Network, forward
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.props.thirteen_thousand.dial_wall import DialWall, parameters
from netglow.scenes.props.thirteen_thousand.ledger import Ledger
from netglow.scenes.props.thirteen_thousand.named_prediction import NamedPrediction, role_of
from netglow.scenes.props.thirteen_thousand.stopwatch import Stopwatch
from netglow.scenes.props.thirteen_thousand.train import Train
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
    return DialWall(network.w, network.b, (4, 4), DARK, 12, 5)


def at(animation, alpha: float):
    animation.begin()
    animation.interpolate(alpha)


def test_dials_turn_one_after_the_other_in_the_order_of_counting(network, wall):
    values = parameters(network.w, network.b)
    wall.set_values(0 * values)
    turn = wall.turn_one_by_one(values, rate_func=lambda t: t)
    at(turn, 20.5 / len(values))
    np.testing.assert_allclose(wall.values[:20], values[:20])
    assert wall.values[20] == pytest.approx(values[20] / 2)
    assert not wall.values[21:].any()
    at(wall.turn(values, rate_func=lambda t: t), 1)
    np.testing.assert_allclose(wall.values, values)


def test_the_weight_that_is_shown_alone_is_not_at_its_end(network, wall):
    carried = network.w[0] * np.linspace(0, 1, 16)
    j, i = wall.telling_weight(network.w[0], carried)
    scale = wall.layers[0].value_scale
    assert abs(network.w[0][j, i]) <= 0.85 * scale
    within = np.abs(network.w[0]) <= 0.85 * scale
    assert abs(carried[j, i]) == np.abs(carried[within]).max()
    alone = wall.one_of_first(j * 16 + i)
    assert alone.values == network.w[0][j, i]
    np.testing.assert_array_equal(
        alone.faces.centres()[0], wall.layers[0].faces.centres()[j * 16 + i]
    )


def test_the_stopwatch_shows_only_seconds_that_are_over():
    watch = Stopwatch(("h", "min", "s"), 13_002, np.array([6, 3, 0]), DARK)
    at(watch.run(13_002, rate_func=lambda t: t), 3725.9 / 13_002)
    assert [n.value for n in watch.numbers] == [5, 2, 1]
    at(watch.run(13_002, rate_func=lambda t: t), 1)
    assert [n.value for n in watch.numbers] == [42, 36, 3]


def test_a_bill_starts_at_zero_and_ends_in_one_column():
    items = [(12_960, "weights", "text"), (42, "biases", "bias"), (13_002, "together", "text")]
    bill = Ledger(items, np.array([-6, 0, 0]), DARK)
    assert [bill.numbers[i].value for i in range(3)] == [0, 0, 0]
    right = [bill.numbers[i].set_value(items[i][0]).get_right()[0] for i in range(3)]
    np.testing.assert_allclose(right, right[0], atol=0.03)
    assert bill.lines[1].get_bottom()[1] > bill.rule.get_y() > bill.numbers[2].get_top()[1]


class Path:
    """Doubles all weights on the way."""

    def __init__(self, network: Network) -> None:
        self.start = network

    def network(self, share: float) -> Network:
        w = tuple(x * (1 + share) for x in self.start.w)
        return Network(w, self.start.b, self.start.activations, (4, 4), ("a", "b"))


def test_training_moves_all_that_follows_from_the_parameters(network):
    diagram, image = NetworkDiagram(network, DARK), np.random.default_rng(2).random((4, 4))
    path = Path(network)
    train = Train(diagram, path, image, 0.5)
    for share in (0.3, 1.0):
        at(train, share)
        trace = forward(path.network(share), image)
        np.testing.assert_allclose(diagram.bars.values, trace.output)
        for i, w in enumerate(path.network(share).w):
            np.testing.assert_allclose(diagram.edges[i].weights, w)
            np.testing.assert_allclose(diagram.neurons[i].activations, trace.a[i + 1])


def test_a_prediction_is_judged_only_where_the_truth_is_known(network):
    assert [role_of(3, truth) for truth in (3, 4, None)] == ["correct", "wrong", "attention"]
    diagram, left = NetworkDiagram(network, DARK), np.array([-6, 2.5, 0])
    wrong = NamedPrediction(diagram, 1, 0, "It answers", "but it is an a", left, DARK)
    right = NamedPrediction(diagram, 1, 1, "It answers", "but it is a b", left, DARK)
    assert len(wrong.line) == 3 and len(right.line) == 2
    for prediction in (wrong, right):
        assert prediction.line.get_left()[0] == pytest.approx(-6)
        assert prediction.frame.get_y() == pytest.approx(diagram.layers[-1].centres()[1, 1])
