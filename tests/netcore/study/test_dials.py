"""Parameters in one row, and turned at random."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.model import load_model
from netglow.netcore.network import Network
from netglow.netcore.study.dials import full_turns, in_a_row, thrown, with_dials


@pytest.fixture
def network() -> Network:
    rng = np.random.default_rng(4)
    w = rng.normal(size=(3, 4)), 5 * rng.normal(size=(2, 3))
    b = rng.normal(size=3), rng.normal(size=2)
    return Network(w, b, ("relu", "sigmoid"), (2, 2), ("a", "b"))


def test_a_row_becomes_the_same_network_again(network):
    row = in_a_row(network.w, network.b)
    assert row[:4].tolist() == network.w[0][0].tolist()
    assert row[-2:].tolist() == network.b[1].tolist()
    again = with_dials(network, row)
    for one, other in zip((*again.w, *again.b), (*network.w, *network.b), strict=True):
        np.testing.assert_array_equal(one, other)
    assert again.activations == network.activations and again.class_names == network.class_names


def test_all_but_one_in_twenty_can_turn_further():
    network = load_model().network
    for block, end in zip(
        (*network.w, np.concatenate(network.b)), full_turns(network), strict=True
    ):
        assert (np.abs(block) > end).mean() == pytest.approx(0.05, abs=0.03)


def test_a_block_of_zeros_has_dials_that_can_be_turned(network):
    still = Network(network.w, (np.zeros(3), np.zeros(2)), network.activations, (2, 2), ("a", "b"))
    assert full_turns(still)[-1] == 1


def test_throws_reach_from_end_to_end_and_differ():
    network = load_model().network
    first, second = thrown(network, 2)
    start = 0
    for block, end in zip(
        (*network.w, np.concatenate(network.b)), full_turns(network), strict=True
    ):
        part = first[start : start + block.size] / end
        assert np.abs(part).max() <= 1
        if block.size > 200:
            assert part.min() < -0.95 and part.max() > 0.95 and abs(part.mean()) < 0.1
            # as many in the outer half as in the inner: no place is likelier
            assert (np.abs(part) > 0.5).mean() == pytest.approx(0.5, abs=0.1)
        start += block.size
    assert start == len(first)
    assert not (first == second).any()
    np.testing.assert_array_equal(first, thrown(network, 4)[0])
