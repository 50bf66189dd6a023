"""The neuron that gives clearly different numbers."""

from __future__ import annotations

import numpy as np

from netglow.netcore.study.telling_neuron import most_telling, tour


def test_every_stop_is_as_far_as_can_be_from_all_before():
    values = np.array([0.95, 0.1, 0.4, 0.55, 0.2])
    assert tour(values, 1.0, np.ones(5, bool)) == [
        1,
        3,
        2,
    ]  # 0.1, then halfway, then 0.4 rather than 0.2


def test_a_place_is_left_out_and_none_comes_twice():
    assert tour(np.array([0.0, 0.6, 0.5, 1.0]), 1.0, np.arange(4) > 0) == [2, 1, 3]


LIT = np.array([1.0, 0.9, 0.1])
OTHERS = np.array([[0.0, 0.0, 0.9], [0.01, 0.3, 0.6], [0.02, 0.58, 0.3], [0.98, 0.7, 0.0]])


def test_the_lit_neuron_with_the_widest_gaps_is_chosen():
    k, places = most_telling(LIT, OTHERS, None, (0.0, np.inf))
    assert k == 1  # the first jumps between the ends only, the third is dark at first
    assert places == [0, 2, 1]


def test_nothing_beyond_the_ends_is_shown_if_there_is_enough_else():
    k, places = most_telling(LIT, OTHERS, None, (0.001, 0.95))
    assert (k, sorted(places)) == (1, [1, 2, 3])
    assert most_telling(LIT, OTHERS, None, (0.5, 0.95))[1] == [0, 2, 1]  # there is not
    assert 3 not in most_telling(LIT, OTHERS, 3, (0.0, np.inf))[1]
