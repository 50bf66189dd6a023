"""The squeezed line, the graph through zero, what travels over them, and the totals."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene

from netglow.netcore.network import relu, sigmoid
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.flat_neuron import FlatNeuron
from netglow.scenes.parts.plots.function_graph import FunctionGraph
from netglow.scenes.props.squish.journeys import Travel
from netglow.scenes.props.squish.law import Law
from netglow.scenes.props.squish.nudge import Nudge
from netglow.scenes.props.squish.squeeze import Squeeze
from netglow.scenes.props.squish.totals import LONG, Totals
from netglow.scenes.props.squish.traveller import Traveller
from netglow.scenes.stage.theme import DARK

SOURCE = Axis(-8, 8, [-5, 2, 0], [5, 2, 0], DARK, 2)
GOAL = Axis(0, 1, [-3, -1, 0], [3, -1, 0], DARK, 0.5)


@pytest.fixture
def graph() -> FunctionGraph:
    return FunctionGraph(sigmoid, (16, 2), (1.0, 0.5), DARK, (1,))


def test_lines_of_the_fan_end_where_the_function_sends_their_values():
    fan = Squeeze(sigmoid, SOURCE, GOAL, DARK).fan
    starts, ends = fan.points[::2], fan.points[1::2]
    np.testing.assert_allclose(starts[:, 0], SOURCE.at(fan.values)[:, 0])
    np.testing.assert_allclose(ends[:, 0], GOAL.at(sigmoid(fan.values))[:, 0])
    assert fan.values.min() == -8 and fan.values.max() == 8


def test_the_upright_axis_goes_through_zero(graph):
    assert graph.y.line.get_x() == pytest.approx(graph.x.at(0)[0])
    assert graph.y.at(0)[1] == pytest.approx(graph.x.line.get_y())
    assert [n.original_text for n in graph.y.numbers] == ["0.5", "1"]
    assert graph.bounds[0].get_y() == pytest.approx(graph.y.at(1)[1])


@pytest.mark.parametrize("f", [sigmoid, relu])
def test_the_curve_is_the_function_and_stays_below_the_top(f):
    top = 1.0 if f is sigmoid else 20.0
    graph = FunctionGraph(f, (20, 5), (top, top / 2), DARK)
    curve = graph.curve
    np.testing.assert_allclose(curve.y, f(curve.x))
    assert (np.diff(curve.x) > 0).all()
    anchors = curve.get_start_anchors()
    np.testing.assert_allclose(anchors[:, 0], graph.x.at(curve.x[:-1])[:, 0], atol=1e-6)
    np.testing.assert_allclose(anchors[:, 1], graph.y.at(curve.y[:-1])[:, 1], atol=1e-6)
    assert curve.get_top()[1] <= graph.y.at(top)[1] + 1e-9


def test_the_same_nudge_gains_much_in_the_middle_and_nothing_at_the_end(graph):
    nudge = Nudge(graph, -1, 2, DARK)
    unit = graph.y.at(1)[1] - graph.y.at(0)[1]
    long = nudge.more.width
    assert nudge.gain.height == pytest.approx((sigmoid(1) - sigmoid(-1)) * unit)
    nudge.set_at(12)
    assert nudge.more.width == pytest.approx(long)
    assert nudge.gain.height < 0.001 * unit


def test_a_traveller_goes_beyond_the_picture_and_never_arrives():
    one = Traveller(sigmoid, SOURCE, GOAL, 1.0, DARK)
    way = one.go(16, 1.0)
    way.begin()
    for t in (0.5, 1.0):
        way.interpolate(t)
        assert one.at == pytest.approx(1 + 15 * t**2)
        start, whole = one.line.get_start(), SOURCE.at(one.at) - [0, 0.5, 0]
        assert start[0] == pytest.approx(min(whole[0], 6.5))  # the picture ends there
        (a, b, _), (c, d, _) = whole - one.dot.get_center(), start - one.dot.get_center()
        assert a * d == pytest.approx(b * c, abs=1e-6)
        assert one.dot.get_x() == pytest.approx(GOAL.at(sigmoid(one.at))[0])
        assert one.dot.get_x() < GOAL.at(1)[0]


def test_neurons_are_lifted_one_after_the_other_and_light_up(graph):
    z = np.array([-9.0, 4.0, -0.5])
    order = np.argsort(z)
    dots = Neurons(np.zeros(3), graph.x.at(z), DARK, 0.1)
    travel = Travel(dots, graph.on_curve(z)[None], sigmoid(z), order, 0.1, 0.8)
    travel._setup_scene(Scene())
    travel.begin()
    travel.interpolate(0.5)
    ground = graph.x.at(z)[:, 1]
    risen = dots.centres()[:, 1] - ground
    assert risen[1] == 0 and dots.activations[1] == 0  # the largest comes last
    travel.interpolate(1)
    np.testing.assert_allclose(dots.centres(), graph.on_curve(z), atol=1e-9)
    np.testing.assert_allclose(dots.activations, sigmoid(z))


def test_on_a_journey_of_two_legs_the_light_changes_on_the_second(graph):
    z = np.array([-9.0, 4.0])
    dots = Neurons(np.array([0.2, 0.3]), graph.x.at(z), DARK, 0.1)
    above = graph.x.at(z) + np.array([0, 3, 0])
    travel = Travel(dots, np.array([above, graph.on_curve(z)]), sigmoid(z), [0, 1], 0.3, 0.0)
    before = dots.fill.copy(), dots.halo.copy()
    travel._setup_scene(Scene())
    travel.begin()
    travel.interpolate(0.5)  # the end of the first leg: they are there, and look as before
    np.testing.assert_allclose(dots.centres(), above, atol=1e-9)
    np.testing.assert_allclose(dots.activations, [0.2, 0.3])
    np.testing.assert_allclose(dots.halves(), 0.1)
    for now, then in zip((dots.fill, dots.halo), before, strict=True):
        np.testing.assert_allclose(now, then)
    travel.interpolate(1)
    as_they_are = Neurons(sigmoid(z), graph.on_curve(z), DARK, 0.3)
    np.testing.assert_allclose(dots.centres(), as_they_are.centres(), atol=1e-9)
    for name in ("fill", "halo", "activations"):
        np.testing.assert_allclose(getattr(dots, name), getattr(as_they_are, name), atol=1e-9)
    np.testing.assert_allclose(dots.halves(), 0.3)


@pytest.mark.parametrize(("kind", "symbols"), [("sigmoid", 4), ("relu", 2)])
def test_a_law_has_every_symbol_once_and_in_reading_order(kind, symbols):
    law = Law(kind, DARK)
    assert len(law.read) == symbols
    glyphs = [id(g) for part in law for g in part]
    assert len(glyphs) == len(set(glyphs))
    assert law.left_side.get_right()[0] < law.read[0].get_left()[0]
    assert law.read[0].get_right()[0] < law.read[1].get_left()[0]
    if kind == "sigmoid":
        _, one, plus, power = law.read
        assert one.get_top()[1] > plus.get_top()[1]
        assert plus.get_center()[0] < power.get_center()[0]


def test_totals_show_their_shares_beside_their_names():
    totals = Totals(["high", "middle", "low"], np.array([1.0, 2.0, 0]), 1.2, "%", DARK)
    totals.set_shares(np.array([0.25, 0.15, 0.6]))
    assert [round(n.value) for n in totals.numbers] == [25, 15, 60]
    assert [bar.values[0] for bar in totals.bars] == [0.25, 0.15, 0.6]
    heights = [bar.get_center()[1] for bar in totals.bars]
    assert heights == sorted(heights, reverse=True)
    for i, name in enumerate(totals.names):
        assert 0 < name.get_center()[1] - heights[i] < 0.6
        assert abs(totals.numbers[i].get_center()[1] - heights[i]) < 0.05
        assert totals.numbers[i].get_left()[0] > 1 + LONG


@pytest.mark.parametrize("total", [10.0, -10.0])
def test_a_dial_moves_a_neuron_far_out_sideways_and_leaves_its_light(graph, total):
    flat = FlatNeuron(total, 4.0, graph, "a weight", DARK)
    before = flat.neuron.get_center().copy()
    light = float(flat.neuron.activations[0])
    assert np.sign(flat.dial.get_center()[0]) == np.sign(total)
    flat.turn(0.5)
    after = flat.neuron.get_center()
    assert after[0] - before[0] == pytest.approx(graph.x.at(2)[0] - graph.x.at(0)[0])
    assert after[1] == pytest.approx(before[1], abs=0.01)
    assert float(flat.neuron.activations[0]) == pytest.approx(light, abs=0.001)
    assert flat.dial.values == 0.5
