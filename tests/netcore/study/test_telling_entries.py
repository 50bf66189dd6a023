"""Rows and windows that are shown in numbers, and whether rounded equations still hold."""

from __future__ import annotations

import numpy as np

from netglow.netcore.study.telling_entries import rounding_agrees, telling_rows, telling_window


def test_rounding_agrees_only_if_every_printed_equation_holds():
    w, a = np.array([0.5, -0.25]), np.array([1.0, 0.4])  # 0.50, -0.10
    assert rounding_agrees(w, a, 2.0)
    assert not rounding_agrees(np.array([0.346]), np.array([0.956]), 1.0)  # 0.33; 0.35 * 0.96: 0.34
    w, a = np.array([0.26, 0.26]), np.array([0.4, 0.4])
    assert not rounding_agrees(w, a, 0.208)  # 0.10 + 0.10 + 0.00, but 0.21


def test_the_window_keeps_to_a_line_and_prefers_equations_that_hold():
    rng = np.random.default_rng(5)
    for _ in range(20):
        w, a = rng.normal(size=60).round(3), rng.random(60).round(3)
        start = telling_window(w, a, 4, 10)
        assert start % 10 <= 6
        total = (w * a).sum()
        starts = [k for k in range(57) if k % 10 <= 6]
        holds = [rounding_agrees(w[k : k + 4], a[k : k + 4], total) for k in starts]
        assert rounding_agrees(w[start : start + 4], a[start : start + 4], total) == any(holds)


def test_the_rows_hold_the_neuron_and_differ_most():
    values = np.array([0, 0, 1, 0, 1, 1, 1, 1.0])
    assert telling_rows(values, 4, 3) in (range(2, 5), range(3, 6))
    assert telling_rows(values, 0, 3) == range(3)
    assert telling_rows(values, 7, 3) == range(5, 8)
    assert telling_rows(values[:2], 1, 6) == range(2)
