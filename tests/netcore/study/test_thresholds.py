"""A round bias that few sums pass, and which of them only just does."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.study.thresholds import just_passing, round_demand


@pytest.mark.parametrize(
    ("largest", "number"), [(9.9, 10), (10.0, 10), (10.1, 20), (0.3, 0.5), (0.0004, 0.001)]
)
def test_the_demand_is_the_next_round_number(largest, number):
    assert round_demand(np.linspace(-largest, largest, 5)) == number


def test_one_sum_in_ten_may_lie_beyond():
    assert round_demand([*np.linspace(-4, 4, 9), 70.0]) == 5
    assert round_demand([*np.linspace(-4, 4, 8), 70.0, -70.0]) == 100


def test_at_most_a_tenth_pass_it_and_at_least_nine_tenths_pass_minus_it():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        sums = rng.normal(rng.normal(0, 5), rng.uniform(0.1, 9), 200)
        ask = round_demand(sums)
        assert (sums - ask > 0).mean() <= 0.1
        assert (sums + ask >= 0).mean() >= 0.9


def test_who_only_just_passes():
    sums = [4.0, -1.0, 2.0, 7.0]
    assert list(just_passing(sums, [-10, -7, -6.9, -3, -2, 0, 1, 1.5])) == [
        -1,
        -1,
        3,
        0,
        0,
        2,
        2,
        1,
    ]
