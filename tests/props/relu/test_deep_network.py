"""The deep network, the light of gradients, the way back, bars of sizes, runs, and tangents."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.relu.deep_network import DeepNetwork, WayBack, light_of_gradients
from netglow.scenes.props.relu.derivative_plot import DerivativePlot, Tangent
from netglow.scenes.props.relu.size_bars import SizeBars, plain
from netglow.scenes.props.relu.two_runs import TwoRuns
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def weights():
    rng = np.random.default_rng(3)
    sizes = (9, 4, 3, 2)
    return [rng.normal(size=(m, n)) for n, m in zip(sizes[:-1], sizes[1:], strict=True)]


@pytest.fixture
def network(weights):
    image = np.linspace(0, 1, 9).reshape(3, 3)
    return DeepNetwork(weights, image, DARK, 0.5, xs=(-2.0, 0.0, 2.0))


def test_edges_run_from_a_neuron_back_to_what_it_reads(network, weights):
    edges, w = network.edges[1], weights[1]
    ends = edges.points.reshape(-1, 2, 3)
    reads, feeds = network.columns[0].centres(), network.columns[1].centres()
    for j in range(w.shape[1]):
        for i in range(w.shape[0]):
            k = j * w.shape[0] + i
            np.testing.assert_allclose(ends[k], [feeds[i], reads[j]])
            assert edges.weights[j, i] == w[i, j]


def test_equal_gradients_get_equal_light_in_all_networks():
    small, large = np.full((2, 3), 0.1), np.full((2, 3), -1.0)
    (a, b), (c,) = light_of_gradients([small, large], [large])
    assert a.shape == (3, 2)
    np.testing.assert_array_equal(b, c)
    assert (a < b).all()


def test_a_way_back_is_dimmed_by_the_derivatives_it_meets(network):
    derivatives = [np.array([0.5, 0.2, 0.1, 0.4]), np.array([0.25, 1.0, 0.0])]
    way = WayBack(network, 1, [3, 0], derivatives, DARK)
    np.testing.assert_allclose(way.products, [1, 0.25, 0.1])
    assert way.texts == ["1", "0.250", "0.100"]
    way.set_progress(2)
    np.testing.assert_allclose(way.spark.centres()[0], network.columns[0].centres()[3])
    assert way.spark.activations == pytest.approx(0.1)
    assert (way.edges.head > 1).all()


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1507, "0.15"), (0.0203, "0.020"), (8.83e-6, "0.0000088"), (0.0999, "0.10"), (32.0, "32")],
)
def test_plain_numbers_have_two_digits(value, text):
    assert plain(value) == text


def test_a_bar_ten_times_as_large_is_one_line_higher():
    bars = SizeBars(np.array([[0.01, 0.1], [0.02, 0.5]]), ["#ffffff", "#f0e442"], "ab", DARK)
    ends = bars.bars[0].ends()[:, 1]
    assert ends[1] - ends[0] == pytest.approx(bars.grid[1].get_y() - bars.grid[0].get_y())
    assert [n.original_text for n in bars.numbers] == ["0.01", "0.1", "1"]


def test_runs_are_drawn_up_to_their_epoch():
    words = dict.fromkeys(("accuracy", "epochs", "epoch", "guessing", "seeds"), "x")
    runs = TwoRuns(2, words, {"a": np.array([3.7, 2.0, 0])}, DARK)
    runs.add_runs("a", [0.1, 0.5, 0.9], [[0.1, 0.2, 0.3]], "note", DARK.text)
    runs.set_epoch(1.5)
    (curve,) = runs.curves
    end = curve.line.get_end()
    np.testing.assert_allclose(end[:2], [runs.x.at(1.5)[0], runs.y.at(70)[1]], atol=1e-6)
    assert (runs.values["a"].value.value, runs.epoch.value) == (50, 1)


def test_a_tangent_touches_with_its_slope_and_stays_over_its_axis():
    plot = DerivativePlot(
        lambda z: 0.1 * np.asarray(z) ** 2, lambda z: 0.2 * np.asarray(z), 0.0, DARK.text, DARK
    )
    tangent = Tangent(plot, -4.0, "slope").set_at(2.0)
    (x0, y0, _), (x1, y1, _) = tangent.line.get_start(), tangent.line.get_end()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(0.4)
    assert tangent.number.value == pytest.approx(0.4)
    left, right = plot.x.line.get_start()[0], plot.x.line.get_end()[0]
    assert left < x0 < x1 < right + 0.01
    drawn = plot.branches[0].get_end()[0]
    assert drawn == pytest.approx(plot.z.at(2.0)[0], abs=0.05)
