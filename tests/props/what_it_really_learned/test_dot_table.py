"""Every answer is a dot in the field of its row and column."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.what_it_really_learned.dot_table import DotTable
from netglow.scenes.stage.theme import DARK, rgb


@pytest.mark.parametrize("n", [1, 30, 400])
def test_dots_lie_apart_in_their_fields(n):
    rng = np.random.default_rng(n)
    truth, answer = rng.integers(0, 3, n), rng.integers(0, 3, n)
    table = DotTable(truth, answer, "abc", DARK, 3.0, np.array([1.0, 0, 0]), np.zeros(3))
    assert table.counts.sum() == n and len(table.dots) == n
    places, radius = table.placed.centres(), table.placed.halves()[:, 0]
    for k in range(n):
        away = np.abs(places[k] - table.fields[truth[k], answer[k]])[:2]
        assert (away + radius[k] <= table.field / 2).all()
        others = np.linalg.norm(places - places[k], axis=1)
        others[k] = np.inf
        assert (others >= radius + radius[k] - 1e-9).all()


def test_mistakes_have_their_colour_and_rows_go_down():
    table = DotTable(np.array([0, 1]), np.array([0, 0]), "ab", DARK, 2.0, np.zeros(3), np.ones(3))
    np.testing.assert_allclose(table.placed.fill, [rgb(DARK.text), rgb(DARK.wrong)])
    assert table.fields[1, 0][1] < table.fields[0, 0][1]
    assert table.fields[0, 1][0] > table.fields[0, 0][0]
    np.testing.assert_allclose(table.around(1, 0, DARK).centres()[0], table.fields[1, 0])
