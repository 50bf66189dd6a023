"""One dial against turning it by hand; structure against what is plain to see."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import Digits
from netglow.netcore.network import Network, forward_batch
from netglow.netcore.study.one_dial import mean_cost, steepest_dial
from netglow.netcore.study.structure import agreement, most_structured
from netglow.netcore.training import untrained


@pytest.fixture(scope="module")
def few(unseen) -> Digits:
    return Digits(unseen.images[:80], unseen.labels[:80], "few", "")


@pytest.mark.parametrize("cost", ["cross-entropy", "quadratic"])
def test_every_cost_is_that_of_the_network_with_the_dial_turned(few, cost):
    network = untrained(few)
    dial = steepest_dial(network, few, cost, steps=9)
    assert dial.turned[4] == pytest.approx(dial.value)
    assert dial.value == network.w[-1][dial.output, dial.source]
    for value, expected in zip(dial.turned, dial.costs, strict=True):
        w = [layer.copy() for layer in network.w]
        w[-1][dial.output, dial.source] = value
        other = Network(tuple(w), network.b, network.activations, network.image_shape)
        assert mean_cost(other, few, cost) == pytest.approx(expected)
    assert 0 < dial.best < 8


def test_the_mean_cost_is_that_of_the_formula(few, shipped):
    outputs = forward_batch(shipped.network, few.images).output
    costs = [
        -sum(np.log(o[k] if k == label else 1 - o[k]) for k in range(10))
        for o, label in zip(outputs, few.labels, strict=True)
    ]
    assert mean_cost(shipped.network, few, "cross-entropy") == pytest.approx(np.mean(costs))


def test_static_does_not_agree_and_a_ramp_does():
    noise = np.random.default_rng(1).normal(size=(28, 28))
    assert abs(agreement(noise)) < 0.15
    ramp = np.add.outer(np.arange(28.0), np.arange(28.0))
    assert agreement(ramp) > 0.99
    assert agreement(np.ones((5, 5))) == 0
    assert most_structured(np.array([noise, ramp, noise]), np.ones((28, 28))) == 1
    ink = np.zeros((28, 28))
    ink[:3, :3] = 1
    assert most_structured(np.array([noise, ramp]), ink) in (0, 1)
