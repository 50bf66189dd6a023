"""The number line squeezed into another, and neurons that land beside the curve."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene

from netglow.netcore.network import sigmoid
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.props.squish.function_graph import FunctionGraph
from netglow.scenes.props.squish.landing import Landing, free_spot
from netglow.scenes.props.squish.squeeze import Squeeze
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import DARK

Z = np.array([-9.0, -8.9, -0.5, 3.0, 9.5])


@pytest.fixture
def landing() -> Landing:
    graph = FunctionGraph(sigmoid, (10, 2), (1.0, 0.5, 1), DARK, (0, 1))
    dots = Neurons(np.zeros(5), graph.x.at(Z), DARK, 0.09)
    return Landing(dots, Z, sigmoid(Z), graph, DARK)


def finish(animation) -> None:
    animation._setup_scene(Scene())
    animation.begin()
    animation.interpolate(1)


def test_edges_end_where_the_function_sends_their_values():
    source = Axis(-8, 8, [-5, 2, 0], [5, 2, 0], DARK, 2)
    target = Axis(0, 1, [-3, -1, 0], [3, -1, 0], DARK, 0.5)
    squeeze = Squeeze(sigmoid, source, target, DARK)
    starts, ends = squeeze.fan.points[::2], squeeze.fan.points[1::2]
    np.testing.assert_allclose(starts[:, 0], source.at(squeeze.fan.values)[:, 0])
    np.testing.assert_allclose(ends[:, 0], target.at(sigmoid(squeeze.fan.values))[:, 0])
    assert squeeze.fan.values.min() == -8 and squeeze.fan.values.max() == 8


def test_neurons_land_at_their_activations(landing):
    for who in ([3], [0, 1, 2, 4]):
        finish(landing.send(who, 1.0))
    np.testing.assert_allclose(landing.dots.centres(), landing.pile, atol=1e-6)
    np.testing.assert_allclose(landing.dots.activations, sigmoid(Z))
    heights = landing.graph.y.at(sigmoid(Z))[:, 1]
    np.testing.assert_allclose(landing.pile[:, 1], heights, atol=1e-6)
    assert (landing.pile[:, 0] > landing.graph.y.line.get_x()).all()
    apart = np.linalg.norm(landing.pile[0] - landing.pile[1])
    assert apart >= 2 * landing.radius


def test_notes_lie_above_beside_and_below_the_pile_and_never_on_each_other(landing):
    heights, notes = landing.pile[:, 1], []
    for i, side in ((4, 1), (0, -1), (2, 0)):
        text = label("some neuron", DARK.text, CAPTION)
        notes.append(landing.place_note(text, i, side, notes))
    assert notes[0].get_y() > heights.max() and notes[1].get_y() < heights.min()
    assert abs(notes[2].get_y() - heights[2]) < 0.4
    for k, note in enumerate(notes):
        assert note.get_right()[0] <= 6.5
        for other in notes[:k]:
            assert abs(note.get_y() - other.get_y()) > note.height


def test_a_note_stands_right_of_what_is_there_or_at_the_next_free_height():
    row = np.array([[x, 0.0, 0.0] for x in (1.0, 2.0, 3.0)])
    np.testing.assert_allclose(free_spot(row, [0.5, 0, 0], 2, 6), [3.3, 0, 0])
    x, y, _ = free_spot(row, [0.5, 0, 0], 4, 6)
    assert x == 0.5
    assert abs(y) == pytest.approx(0.35, abs=0.051)
    np.testing.assert_allclose(free_spot([], [0.5, 1, 0], 4, 6), [0.5, 1, 0])
