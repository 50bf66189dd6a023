"""The swing on a graph, the two runs, and the story in the shape of a curve."""

from __future__ import annotations

import numpy as np
import pytest
from manim import VGroup

from netglow.netcore.network import relu, sigmoid
from netglow.scenes.props.relu.own_shape import OwnShape
from netglow.scenes.props.relu.true_graph import GROUND, UNIT, Swing, TrueGraph
from netglow.scenes.props.relu.two_runs import TwoRuns
from netglow.scenes.stage.text import label
from netglow.scenes.stage.theme import DARK

LAMP = np.array([4.0, 1.5, 0])


def graph_of(f):
    return TrueGraph(f, ("in", "out"), DARK.text, DARK)


@pytest.fixture(params=[sigmoid, relu], ids=["sigmoid", "relu"])
def graph(request):
    return graph_of(request.param)


def test_the_curve_is_the_function_in_true_units(graph):
    np.testing.assert_allclose(graph.curve.y, graph.f(graph.curve.x))
    x, y, _ = graph.on_curve([1.5])[0]
    assert x == pytest.approx(1.5 * UNIT)
    assert y == pytest.approx(GROUND + float(graph.f(1.5)) * UNIT)


def test_halves_meet_at_zero(graph):
    off, on = graph.half(False), graph.half(True)
    assert off.x.max() == on.x.min() == 0
    np.testing.assert_allclose(off.get_end(), on.get_start(), atol=1e-6)
    assert off.get_end()[0] >= off.get_start()[0] and on.get_end()[1] > on.get_start()[1]


def test_relu_is_flat_on_the_left_alone():
    graph = graph_of(relu)
    assert not graph.half(False).y.any()
    np.testing.assert_allclose(graph.half(True).y, graph.half(True).x)


def test_a_swing_shows_what_goes_in_and_what_comes_out(graph):
    swing = Swing(graph, 0.0, 0.5, ("dial", "lamp", "in", "out"), LAMP, DARK)
    for at in (-2.0, 0.4, 1.0):
        swing.set_to(at, 1.0)
        low, high = (float(graph.f(at + step)) for step in (-0.5, 0.5))
        assert swing.into.get_length() == pytest.approx(UNIT)
        assert swing.out.get_length() == pytest.approx(max(UNIT * (high - low), 1e-3 * UNIT))
        np.testing.assert_allclose(swing.neuron.centres()[0], graph.on_curve([at + 0.5])[0])
        assert swing.lamp.activations == pytest.approx([high])
        assert swing.dial.values == pytest.approx([1.0])
        lengths = [1.0, high - low]
        assert [n.value for n in swing.numbers] == pytest.approx(lengths)
        assert [b.get_length() / swing.bars[0].get_length() for b in swing.bars] == (
            pytest.approx(lengths, abs=2e-3)
        )
        assert swing.bars[0].get_left()[0] == pytest.approx(swing.bars[1].get_left()[0])


def test_a_turn_goes_to_both_sides_and_back(graph):
    swing = Swing(graph, 0.5, 0.5, ("dial", "lamp", "in", "out"), LAMP, DARK)
    turn = swing.turn(1)
    turn.begin()
    seen = []
    for share in (0.25, 0.75, 1.0):
        turn.interpolate(share)
        seen.append((swing.turned, swing.lamp.activations[0]))
    expected = [(1, graph.f(1.0)), (-1, graph.f(0.0)), (0, graph.f(0.5))]
    np.testing.assert_allclose(seen, np.array(expected, float), atol=1e-9)


@pytest.fixture
def runs():
    words = dict.fromkeys(("accuracy", "epochs", "guessing", "seeds", "percent"), "x")
    made = TwoRuns(4, words, {"one": 2.0, "two": 0.5}, 0.1, DARK)
    for name, way in (("one", [0.1, 0.5, 0.6, 0.9, 0.8]), ("two", [0.1, 0.1, 0.1, 0.2, 0.7])):
        title = VGroup(label(name, DARK.text))
        made.add_runs(name, np.array([way, way[::-1]]), title, DARK.text)
    return made


def test_runs_are_drawn_as_far_as_they_have_come(runs):
    runs.set_epoch(2.5)
    curve = runs.curves[0]
    assert curve.at(2.5) == pytest.approx(75)
    np.testing.assert_allclose(
        curve.dot.get_center()[:2], [runs.x.at(2.5)[0], runs.y.at(75)[1]], atol=1e-6
    )
    assert [n.value for n in runs.numbers.values()] == pytest.approx([60, 10])  # whole epochs
    go = runs.go(4)
    go.begin()
    go.interpolate(0.5)
    assert runs.epoch == pytest.approx(3.25)
    go.interpolate(1.0)
    assert [n.value for n in runs.numbers.values()] == pytest.approx([80, 70])
    assert list(runs.thin[0].values) == pytest.approx([80, 90, 60, 50, 10])


def test_a_name_stands_above_its_number_and_enters_with_its_curve(runs):
    for k, name in enumerate(("one", "two")):
        group, curve = runs.entrance(name)
        assert group[0][0].original_text == name and group[1] is runs.numbers[name]
        assert group[0].get_bottom()[1] > group[1].get_top()[1]
        assert curve is runs.curves[k]


def test_a_story_is_flat_until_the_second_year():
    past = OwnShape(graph_of(relu), (1969, 2011), DARK)
    past.mark((1969, 2011, 1990), ("1969", "2011", "1990"))
    assert past.at(1990)[0] == pytest.approx(past.at(1969)[0] / 2)
    go = past.go(2011)
    go.begin()
    go.interpolate(0.25)
    assert past.now < 1990 and past.labelled[1990][1].get_fill_opacity() == 0
    go.interpolate(1.0)
    assert past.dot.get_center() == pytest.approx(past.at(2011))
    assert past.at(2011)[0] == pytest.approx(0) and past.at(2011)[1] == pytest.approx(GROUND)
    assert past.labelled[2011][1].get_fill_opacity() == 1
    past.set_now(past.end)
    assert past.line.get_end()[1] > GROUND + 3
