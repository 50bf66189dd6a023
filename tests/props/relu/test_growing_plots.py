"""Plots that grow: bars over powers of ten, runs epoch by epoch, a row pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.relu.size_bars import SizeBars, plain
from netglow.scenes.props.relu.two_runs import TwoRuns
from netglow.scenes.props.what_is_a_neuron.row_plot import Reading, RowPlot
from netglow.scenes.stage.theme import DARK


@pytest.mark.parametrize(
    ("value", "text"),
    [(8.83e-6, "0.0000088"), (0.15, "0.15"), (3.24, "3.2"), (0.00999, "0.010"), (120.0, "120")],
)
def test_small_numbers_are_written_out(value, text):
    assert plain(value) == text


def test_bars_of_sizes_end_at_their_power_of_ten():
    sizes = np.array([[1e-5, 1e-2], [1e-3, 0.5]])
    bars = SizeBars(sizes, ["#ffffff", "#f0e442"], ["a", "b"], DARK)
    lines = [line.get_y() for line in bars.grid]
    assert bars.bars[0].ends()[1][1] == pytest.approx(lines[3])  # from 1e-5 up to 1e-2
    assert bars.bars[1].ends()[0][1] == pytest.approx(lines[2])
    free = bars.above(0, 0)[1]
    assert free > bars.bars[0].ends()[0][1]
    assert min(abs(free - y) for y in lines) > 0.2


def test_runs_are_drawn_as_far_as_they_have_come():
    words = dict.fromkeys(("accuracy", "epochs", "epoch", "guessing", "seeds"), "x")
    runs = TwoRuns(4, words, {"one": np.array([3.7, 2, 0])}, DARK)
    runs.add_runs("one", [0.1, 0.5, 0.6, 0.9, 0.8], [[0.1, 0.2, 0.3, 0.4, 0.5]], "note", "#ffffff")
    curve = runs.curves[0]
    runs.set_epoch(2.5)
    assert curve.at(2.5) == pytest.approx(75)
    np.testing.assert_allclose(
        curve.dot.get_center()[:2], [runs.x.at(2.5)[0], runs.y.at(75)[1]], atol=1e-6
    )
    assert (runs.epoch.value, runs.values["one"].value.value) == (2, 60)  # of whole epochs
    go = runs.go(4, 2.5)
    go.begin()
    go.interpolate(1.0)
    assert runs.values["one"].value.value == pytest.approx(80)


def test_a_row_is_read_bar_by_bar_and_slowly_where_it_changes():
    values = np.array([0.0, 0.0, 0.8, 0.8, 0.2])
    plot = RowPlot(values, np.zeros(3), DARK).set_read(2.5)
    heights = 2 * plot.bars.halves()[:, 1] / plot.bar_height
    np.testing.assert_allclose(heights, [0, 0, 0.4, 0, 0], atol=1e-9)
    reading = Reading(values)
    np.testing.assert_allclose(np.diff(reading.ends), [0.2, 1.0, 0.2, 1.0])
    assert reading.at(float(reading.ends[-1])) == (4.0, pytest.approx(0.2))
    places = [reading.at(t)[0] for t in np.linspace(0, reading.ends[-1], 50)]
    assert places == sorted(places)
