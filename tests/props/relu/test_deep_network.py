"""The light of a change on its way through a deep network."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.relu.deep_network import DeepNetwork
from netglow.scenes.stage.theme import DARK

MOVED = [np.array([0.0, 1.0, 0.0, 0.0]), np.array([0.1, 0.4, 0.2]), np.array([0.05, 0.0])]


@pytest.fixture
def net():
    rng = np.random.default_rng(3)
    sizes = (9, 4, 3, 2)
    weights = [rng.normal(size=(m, n)) for n, m in zip(sizes[:-1], sizes[1:], strict=True)]
    image = np.linspace(0, 1, 9).reshape(3, 3)
    return DeepNetwork(weights, MOVED, 5, 1, 0.2, image, DARK)


def lights(net):
    return [neurons.activations for neurons in net.columns]


def test_at_first_all_is_dark_and_the_knob_straight(net):
    assert not any(light.any() for light in lights(net))
    assert net.knob.values == pytest.approx([0])
    assert all((edges.head <= 0).all() for edges in net.edges[1:])


def test_half_way_the_light_has_come_half_way(net):
    """The second edges are half lit by then, and the last ones not at all."""
    go = net.pass_on(1.0)
    go.begin()
    go.interpolate(0.5)
    first, second, third = lights(net)
    np.testing.assert_allclose(first, MOVED[0] / 0.2)
    assert not second.any() and not third.any()
    assert 0 < net.edges[1].head[0] < 1 and not net.edges[2].head.any()
    assert net.knob.values[0] > 0
    go.interpolate(1.0)
    for light, moved in zip(lights(net), MOVED, strict=True):
        np.testing.assert_allclose(light, moved / 0.2)


def test_an_edge_shines_by_its_weight_times_the_move_it_carries(net):
    net.set_progress(3)
    edges = net.edges[1]
    carried = np.abs(edges.weights * MOVED[0]).ravel()
    order = np.argsort(carried, kind="stable")
    assert (np.diff(edges.glow[order]) >= 0).all()
    assert ((edges.glow > 0) == (carried > 0)).all()


def test_it_falls_silent_and_can_begin_again(net):
    net.set_progress(3)
    glow = net.edges[2].glow.copy()
    down = net.fall_silent(1.0)
    down.begin()
    down.interpolate(0.5)
    assert 0 < net.columns[1].activations.max() < MOVED[1].max() / 0.2
    assert (net.edges[2].glow <= glow).all()
    down.interpolate(1.0)
    assert not any(light.any() for light in lights(net))
    net.set_progress(3)
    np.testing.assert_allclose(net.edges[2].glow, glow)


def test_the_wire_goes_from_the_pixel_to_the_neuron_with_the_knob_on_it(net):
    np.testing.assert_allclose(net.wire.get_start(), net.pixels.centres()[5])
    end, neuron = net.wire.get_end(), net.columns[0].centres()[1]
    assert np.linalg.norm(end - neuron) == pytest.approx(0.14)
    start = net.wire.get_start()
    knob = net.knob.faces.centres()[0]
    assert np.cross(end - start, knob - start) == pytest.approx([0, 0, 0], abs=1e-9)
    assert start[0] < knob[0] < end[0]
