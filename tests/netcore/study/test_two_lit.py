"""How many outputs are above a half, and where a second one is highest."""

from __future__ import annotations

import numpy as np

from netglow.netcore.study.two_lit import believed, most_divided, ranked


def test_only_outputs_above_a_half_count():
    outputs = np.array([[0.9, 0.6, 0.1], [0.5, 0.2, 0.1], [0.2, 0.51, 0.4]])
    assert believed(outputs).tolist() == [2, 0, 1]


def test_the_most_divided_has_the_highest_second_output():
    assert most_divided(np.array([[0.9, 0.1, 0.0], [0.4, 0.6, 0.5], [0.7, 0.4, 0.4]])) == 1


def test_ranked_names_the_highest_first():
    assert ranked(np.array([0.1, 0.7, 0.9])) == (2, 1)
