"""A carried line starts and ends in its places; neurons arrive where and as they should."""

import numpy as np
import pytest
from manim import Group
from scipy.special import expit

from netglow.netcore.network import sigmoid
from netglow.scenes.engine.constants import SOLID
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.props.squish.function_graph import FunctionGraph
from netglow.scenes.props.squish.journeys import CarriedLine, Carry, Trail, Travel, leg_shares
from netglow.scenes.props.squish.landing import Landing
from netglow.scenes.props.squish.rays import Fan, Rays
from netglow.scenes.props.squish.squeeze import Squeeze
from netglow.scenes.stage.theme import DARK

X = Axis(-16, 16, [-5, 2, 0], [5, 2, 0], DARK, step=2)
OUT = Axis(0, 1, [-3, -2, 0], [3, -2, 0], DARK, step=0.5)
VALUES = np.linspace(-16, 16, 33)


@pytest.fixture
def carried():
    return CarriedLine(VALUES, X.values, X.at, lambda v: OUT.at(sigmoid(v)), DARK)


def anchors(line):
    return np.concatenate([line.get_start_anchors(), line.get_end_anchors()[-1:]])


def test_a_carried_line_starts_on_its_line_and_ends_where_it_is_sent(carried):
    np.testing.assert_allclose(anchors(carried.line), X.at(VALUES), atol=1e-9)
    Carry(carried).interpolate(1.0)
    np.testing.assert_allclose(anchors(carried.line), OUT.at(expit(VALUES)), atol=1e-9)
    ticks = np.array([tick.get_center() for tick in carried.ticks])
    np.testing.assert_allclose(ticks, OUT.at(expit(X.values)), atol=1e-9)


def test_it_bends_on_the_way_and_no_point_leaves_its_own_way(carried):
    carried.set_progress(0.5)
    on_way = anchors(carried.line)
    assert np.ptp(on_way[:, 1]) > 0.5
    assert on_way[16, 1] == on_way[:, 1].min()  # the middle leads
    share = (X.at(VALUES)[:, 1] - on_way[:, 1]) / 4
    ways = OUT.at(expit(VALUES)) - X.at(VALUES)
    np.testing.assert_allclose(on_way, X.at(VALUES) + share[:, None] * ways, atol=1e-9)


def test_numbers_come_after_the_line_has_left_and_never_crowd(carried):
    assert max(n.get_fill_opacity() for n in carried.numbers) == 0
    carried.set_progress(1.0)
    visible = [n for n in carried.numbers if n.get_fill_opacity() > 0]
    edges = sorted((n.get_left()[0], n.get_right()[0]) for n in visible)
    assert len(visible) >= 3
    assert all(a[1] < b[0] for a, b in zip(edges, edges[1:], strict=False))


def test_legs_follow_one_another_and_only_travellers_travel():
    who = np.array([2, 0])
    for alpha in np.linspace(0, 1, 11):
        shares = leg_shares(alpha, 4, 2, who, 0.5)
        assert shares.shape == (2, 4)
        assert (shares[:, [1, 3]] == 0).all()
        assert ((shares[1] == 0) | (shares[0] == 1)).all()
    assert (leg_shares(1.0, 4, 2, who, 0.5)[:, who] == 1).all()
    assert leg_shares(0.3, 4, 2, who, 0.5)[0, 2] > leg_shares(0.3, 4, 2, who, 0.5)[0, 0] == 0


def play(animation, alpha=1.0):
    animation.begin()
    animation.interpolate(alpha)


def test_travellers_arrive_with_their_activation_and_light_behind_them():
    z = np.array([-2.0, 0.5, 9.0])
    graph = FunctionGraph(sigmoid, (10, 2), (1.0, 0.5, 1), DARK, (0, 1))
    dots = Neurons(np.zeros(3), graph.above_line(z), DARK)
    start, ends = dots.centres(), graph.outside(sigmoid(z))
    rays = Rays(z, sigmoid(z), graph.x, graph.y, DARK)
    ways = np.stack([graph.on_curve(z), ends])
    play(Travel(dots, ways, sigmoid(z), np.array([2]), 0.1))
    play(Trail(rays, np.array([2])))
    np.testing.assert_allclose(dots.centres(), [start[0], start[1], ends[2]])
    np.testing.assert_allclose(dots.activations, [0, 0, expit(9.0)])
    np.testing.assert_allclose(dots.halves()[2], 0.1)
    for leg in rays:
        assert leg.head.tolist() == [0, 0, SOLID]


def test_rays_turn_on_the_curve():
    z = np.linspace(-9, 9, 50)
    graph = FunctionGraph(sigmoid, (10, 2), (1.0, 0.5, 1), DARK)
    rays = Rays(z, sigmoid(z), graph.x, graph.y, DARK).show_first(20)
    up, over = rays.rising.points.reshape(-1, 2, 3), rays.crossing.points.reshape(-1, 2, 3)
    np.testing.assert_allclose(up[:, 0], graph.x.at(z))
    np.testing.assert_allclose(up[:, 1], over[:, 0])
    np.testing.assert_allclose(up[:, 0, 0], up[:, 1, 0])
    np.testing.assert_allclose(over[:, 1], graph.y.at(expit(z)))
    assert [(leg.head > 0).sum() for leg in rays] == [20, 20]


def test_a_fan_singles_out_some_lines():
    z = np.linspace(-8, 8, 33)
    fan = Fan(z, X.at(z), OUT.at(sigmoid(z)), DARK, strong=2)
    assert (fan.glow == 0.3).sum() == 9  # the even numbers from -8 to 8
    before = fan.glow
    fan.single_out(z > 4)
    assert (fan.glow[z > 4] == before[z > 4]).all()
    assert fan.glow[z <= 4].max() < 0.05


def test_a_squeeze_shows_both_ends():
    squeeze = Squeeze(sigmoid, X, OUT, DARK)
    assert isinstance(squeeze, Group)
    play(squeeze.go())
    np.testing.assert_allclose(anchors(squeeze.line.line)[[0, -1]], OUT.at(expit([-16, 16])))
    ends = squeeze.fan.points.reshape(-1, 2, 3)[:, 1, 0]
    np.testing.assert_allclose(ends, OUT.at(expit(squeeze.fan.values))[:, 0])
    assert (squeeze.fan.head > 1).all()


def test_a_landing_keeps_heights_and_gives_notes_their_own_place():
    z = np.random.default_rng(0).normal(0, 6, 32)
    graph = FunctionGraph(sigmoid, (20, 5), (1.0, 0.5, 1), DARK)
    landing = Landing(Neurons(np.zeros(32), graph.above_line(z), DARK), z, sigmoid(z), graph, DARK)
    np.testing.assert_allclose(landing.pile[:, 1], graph.y.at(expit(z))[:, 1])
    assert landing.pile[:, 0].max() + landing.radius < 6.54
    notes = []
    for i, side in ((z.argmax(), 1), (z.argmin(), -1), (np.abs(z).argmin(), 0)):
        note = Axis(0, 1, [0, 0, 0], [2.5, 0, 0], DARK).line
        notes.append(landing.place_note(note, int(i), side, notes))
        near = np.abs(landing.pile[:, 1] - note.get_y()) < 0.2
        assert landing.pile[near, 0].max(initial=-9) + landing.radius < note.get_left()[0]
        assert note.get_right()[0] <= 6.5 + 1e-9
    heights = [note.get_y() for note in notes]
    assert heights[0] > heights[2] > heights[1]


@pytest.mark.parametrize("top", [10.0, 25.0])
def test_a_graph_of_relu_ends_at_its_axis(top):
    graph = FunctionGraph(lambda v: np.maximum(v, 0), (25, 5), (top, 5, 1), DARK, (0,))
    assert graph.curve.y.max() == pytest.approx(top, rel=0.01)
    assert graph.curve.get_top()[1] <= graph.y.at(top)[1] + 1e-9
    np.testing.assert_array_equal(graph.curve.y, np.maximum(0, graph.curve.x))
