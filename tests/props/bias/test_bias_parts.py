"""The parts of the bias chapter: what slides, what falls, and what a bias moves."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene

from netglow.netcore.network import relu, sigmoid
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.function_graph import FunctionGraph
from netglow.scenes.props.bias.bias_dial import BiasDial
from netglow.scenes.props.bias.dot_pile import DotPile
from netglow.scenes.props.bias.lit_count import LitCount
from netglow.scenes.props.bias.slid_sums import SlidSums
from netglow.scenes.props.bias.sum_and_bias import SumAndBias
from netglow.scenes.props.bias.threshold import Threshold
from netglow.scenes.props.bias.turned_bias import TurnedBias
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def axis() -> Axis:
    return Axis(-20, 20, [-6, -2, 0], [6, -2, 0], DARK, 5)


@pytest.mark.parametrize("f", [sigmoid, relu])
def test_a_bias_slides_the_line_and_the_neurons_stay_above_their_sums(f):
    graph = FunctionGraph(f, (20, 5), (1.0 if f is sigmoid else 20.0, 5), DARK, ground=-1.0)
    sums = np.arange(-20.0, 31.0, 2.0)
    slid = SlidSums(sums, graph, 5, 10, DARK)
    for bias in (0.0, -10.0, -3.0, 0.0):
        slid.set_bias(bias)
        np.testing.assert_allclose(slid.beads.activations, f(sums + bias))
        centres = slid.beads.centres()
        there = slid.line.at(sums)[:, 0]
        inside = np.abs(there) < 6.2 + 1e-9
        np.testing.assert_allclose(centres[inside, 0], there[inside], atol=1e-9)
        heights = graph.y.at(f(sums + bias))[:, 1]
        np.testing.assert_allclose(centres[inside, 1], heights[inside], atol=1e-9)
        assert np.abs(centres[:, 0]).max() < 6.4
        assert slid.line.at(-bias)[0] == pytest.approx(graph.x.at(0.0)[0])
        assert (slid.beads.fill_alpha[inside] > 0.99).all()
        assert not slid.beads.fill_alpha[np.abs(there) > 6.5].any()
        seen = [n.get_fill_opacity() for n in slid.line.numbers]
        for value, opacity in zip(slid.line.values, seen, strict=True):
            x = abs(slid.line.at(value)[0])
            assert opacity == pytest.approx(1.0 if x <= 6.2 + 1e-9 else 0.0, abs=1e-6)


def test_neurons_that_are_not_shown_yet_have_no_light():
    graph = FunctionGraph(sigmoid, (20, 5), (1.0, 0.5), DARK)
    slid = SlidSums([-10.0, 0.0, 10.0], graph, 5, 10, DARK).set_passed([0, 1, 0])
    np.testing.assert_array_equal(slid.beads.fill_alpha, [0, 1, 0])
    np.testing.assert_array_equal(slid.beads.halo > 0, [False, True, False])


def test_what_lies_beyond_the_line_is_tinted(axis):
    line = Threshold(0.0, -2.0, 3.0, DARK)
    for x in (-4.0, 6.7, 2.5):
        line.put(x, high=1.5)
        assert line.line.get_x() == pytest.approx(x)
        assert line.line.get_top()[1] == pytest.approx(1.5)
        assert line.line.get_bottom()[1] == pytest.approx(-2.0)
    assert line.beyond.get_left()[0] == pytest.approx(2.5)
    assert line.beyond.get_right()[0] == pytest.approx(6.55)


def test_names_and_values_are_in_columns():
    made = SumAndBias(["z", "=", "weighted sum", "+", "bias"], ["0", "=", "10", "+", "(−10)"], DARK)
    for name, value in zip(made.names, made.values, strict=True):
        assert name.get_x() == pytest.approx(value.get_x())
        assert name.get_bottom()[1] > value.get_top()[1]
    edges = [(n.get_left()[0], n.get_right()[0]) for n in made.names]
    assert all(a[1] < b[0] for a, b in zip(edges, edges[1:], strict=False))


def test_dots_fall_to_their_sums_and_gather_in_one_place(axis):
    sums = np.random.default_rng(1).normal(0, 4, 60)
    pile = DotPile(sums, axis, DARK, 2.0)
    end = pile.centres()
    np.testing.assert_allclose(end[:, 0], axis.at(sums)[:, 0])
    for storey in range(pile.storeys.max() + 1):
        x = np.sort(end[pile.storeys == storey, 0])
        assert np.diff(x).min(initial=np.inf) >= 2 * pile.radius
    fall = pile.fall_from(np.array([2.0, 2.0, 0.0]), 1.0)
    np.testing.assert_allclose(pile.centres(), np.tile([2, 2, 0], (60, 1)))
    run(fall, 1.0)
    np.testing.assert_allclose(pile.centres(), end, atol=1e-9)
    goal = np.array([1.0, 1.0, 0.0])
    gather = pile.gather_at(goal, 1.0)
    run(gather, 0.8)
    arrived = np.linalg.norm(pile.centres() - goal, axis=1) < 1e-6
    away = np.linalg.norm(end - goal, axis=1)
    assert 0 < arrived.sum() < 60 and away[arrived].max() <= away[~arrived].min()
    gather.interpolate(1.0)
    np.testing.assert_allclose(pile.centres(), np.tile(goal, (60, 1)), atol=1e-9)


def run(animation, share):
    animation._setup_scene(Scene())
    animation.begin()
    animation.interpolate(share)


def test_the_dial_shows_its_bias():
    dial = BiasDial(-10.0, 10.0, "bias", 1, [0, 0, 0], DARK)
    assert tip(dial)[0] < 0
    dial.set_bias(5.0)
    assert tip(dial)[0] > 0
    assert dial.number.value == dial.dial.values[0] == 5.0
    assert dial.title.get_top()[1] < dial.number.get_bottom()[1] < -0.72


def tip(dial):
    return dial.dial.needles.points[1]


def test_the_count_follows_the_bias():
    count = LitCount(
        np.array([-3.0, -1.0, 2.0, 8.0]), 0.0, ["of 4", "lit"], np.array([6, 1, 0]), DARK
    )
    assert count.number.value == 2
    assert count.set_bias(2.0).number.value == 3
    assert count.set_bias(-8.0).number.value == 0
    assert all(w.get_right()[0] == pytest.approx(6, abs=0.02) for w in (count.number, *count.words))


def test_everything_follows_when_the_bias_is_turned(axis):
    sums = np.array([-9.0, -2.0, 1.0, 6.0])
    faces = np.random.default_rng(2).random((3, 4, 4))
    count = LitCount(sums, 0.0, ["of 4"], np.array([6, 3, 0]), DARK)
    dial = BiasDial(0.0, 10.0, "bias", 1, [-6, 3, 0], DARK)
    parts = DotPile(sums, axis, DARK, 2.0), Threshold(0.0, -2, 2, DARK), dial, count
    face = PixelImage(faces[0], DARK, 1.0)
    made = TurnedBias(parts, face, [-5.0, 0.0, 5.0], faces, axis, sigmoid, -10.0)
    assert face.visibility == 0.0  # nobody passes
    turning = made.turn(10.0, 1.0, rate_func=lambda t: t)
    for share, bias, shown in ((0.25, -5.0, 0), (0.5, 0.0, 1), (0.7, 4.0, 1), (1.0, 10.0, 2)):
        if share == 0.25:
            run(turning, share)
        turning.interpolate(share)
        assert made.bias == pytest.approx(bias)
        assert made.threshold.x == pytest.approx(axis.at(-bias)[0])
        np.testing.assert_allclose(made.pile.activations, sigmoid(sums + bias))
        assert count.number.value == (sums + bias > 0).sum()
        assert dial.number.value == pytest.approx(bias)
        np.testing.assert_array_equal(face.values, faces[shown])
        assert face.visibility == 1.0
    assert face.get_x() == pytest.approx(axis.at(-10)[0])
