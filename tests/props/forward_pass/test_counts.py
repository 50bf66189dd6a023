"""Bars for one neuron, and a cell for every test image."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.forward_pass.balance import Balance
from netglow.scenes.props.forward_pass.tally import Tally
from netglow.scenes.stage.theme import DARK, rgb


def test_bars_grow_to_the_right_to_what_is_added_and_taken_away():
    left = np.array([1.0, 2.0, 0])
    balance = Balance(np.array([10.0, 4.0]), left, 0.1, DARK)
    grow = balance.grow(rate_func=lambda t: t)
    grow.begin()
    for share in (0.5, 1.0):
        grow.interpolate(share)
        assert balance.lengths() == pytest.approx(share * np.array([1.0, 0.4]))
        assert balance.sides()[:, 1, 0] == pytest.approx([1.0, 1.0])
    assert balance.centres()[0, 1] > 2 > balance.centres()[1, 1]  # added above, taken away below
    assert balance.fill == pytest.approx(np.stack([rgb(DARK.positive), rgb(DARK.negative)]))


def test_every_image_has_its_own_cell_in_the_colour_of_its_verdict():
    reads = np.array([True, False, True, True, False])
    tally = Tally(reads, DARK, 3.0, np.array([2.0, 1.0, 0]))
    for cell, right in enumerate(reads):
        assert tally.fill[cell] == pytest.approx(rgb(DARK.correct if right else DARK.wrong))
        assert (tally.corner[cell] == 1) == (not right)
    rows = [(-y, x) for x, y, _ in tally.centres()]
    assert rows == sorted(rows)  # in reading order
    low, high = tally.points.min(axis=0), tally.points.max(axis=0)
    assert (low[:2] >= [0.5 - 1e-6, -0.5 - 1e-6]).all() and (high[:2] <= [3.5, 2.5]).all()


def test_images_are_judged_one_after_the_other():
    tally = Tally(np.ones(9), DARK, 3.0, np.zeros(3))
    whole = tally.halves()
    appear = tally.appear()
    appear.begin()
    appear.interpolate(0.5)
    shares = tally.halves()[:, 0] / whole[:, 0]
    assert (np.diff(shares) <= 1e-9).all() and shares[0] > 0.99 and shares[-1] < 0.01
    appear.interpolate(1)
    assert tally.halves() == pytest.approx(whole)
