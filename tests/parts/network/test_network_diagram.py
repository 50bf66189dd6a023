"""The network as it is drawn is the network as it is."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.network import Network, forward
from netglow.netcore.study import facts
from netglow.scenes.engine.constants import FEATHER, SOLID
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.stage.scene import CAPTION_STRIP, MARGIN
from netglow.scenes.stage.theme import THEMES


def shallow() -> Network:
    """Six pixels, one hidden layer of four, three classes."""
    rng = np.random.default_rng(0)
    w = (rng.normal(size=(4, 6)), rng.normal(size=(3, 4)))
    return Network(w, (np.zeros(4), np.zeros(3)), ("relu", "sigmoid"), (2, 3), ("a", "b", "c"))


@pytest.fixture(scope="module", params=["dark", "light"])
def diagram(request, story) -> NetworkDiagram:
    """The usual network, showing the usual image."""
    return NetworkDiagram(story.network, THEMES[request.param]).set_trace(story.trace)


def test_every_weight_is_an_edge(diagram, story):
    assert sum(len(edges) for edges in diagram.edges) == story.network.edge_count
    for edges, w in zip(diagram.edges, story.network.w, strict=True):
        np.testing.assert_array_equal(edges.weights, w)
        assert (edges.light > 0).sum() == np.count_nonzero(w)


def test_edges_join_the_centres_of_what_they_connect(diagram):
    places = [layer.centres() for layer in diagram.layers]
    for edges, sources, targets in zip(diagram.edges, places, places[1:], strict=False):
        ends = edges.points.reshape(len(targets), len(sources), 2, 3)
        np.testing.assert_allclose(ends[:, :, 0], np.broadcast_to(sources, ends[:, :, 0].shape))
        np.testing.assert_allclose(
            ends[:, :, 1], np.broadcast_to(targets[:, None], ends[:, :, 1].shape)
        )


def test_show_draws_every_number_of_the_trace(diagram, story):
    trace = story.trace
    np.testing.assert_array_equal(diagram.pixels.values, trace.image)
    for layer, activations in zip(diagram.neurons, trace.a[1:], strict=True):
        np.testing.assert_array_equal(layer.activations, activations)
    for i, edges in enumerate(diagram.edges):
        np.testing.assert_array_equal(
            edges.contributions, facts.contributions(story.network, trace, i)
        )
        assert (edges.head == SOLID).all()
    np.testing.assert_array_equal(diagram.bars.values, trace.output)


def test_light_that_arrives_adds_up_to_the_neurons_sum(diagram, story):
    for edges, b, z in zip(diagram.edges, story.network.b, story.trace.z, strict=True):
        np.testing.assert_allclose(edges.contributions.sum(axis=1) + b, z)


def test_edges_at_rest_begin_at_the_images_border(diagram):
    edges = diagram.edges[0]
    start, end = edges.points.reshape(-1, 2, 3).transpose(1, 0, 2)
    seen = start + (end - start) * (edges.begin - FEATHER)[:, None]
    np.testing.assert_allclose(seen[:, 0], diagram.pixels.get_right()[0])
    assert all(not other.begin.any() for other in diagram.edges[1:])


def test_names_are_the_classes_beside_their_neurons(diagram, story):
    assert len(diagram.names) == len(story.network.class_names)
    for name, centre, left in zip(
        diagram.names, diagram.layers[-1].centres(), diagram.bars.left, strict=True
    ):
        assert name.get_y() == pytest.approx(centre[1])
        assert centre[0] + 0.2 < name.get_left()[0] < name.get_right()[0] < left[0]


def test_edges_lie_below_neurons_and_light_shines_over_the_image(diagram):
    order = diagram.get_family()
    last_edge = max(order.index(edges) for edges in diagram.edges)
    assert last_edge < min(order.index(layer) for layer in diagram.neurons)
    over = order.index(diagram.edges[0]) > order.index(diagram.pixels)
    assert over != diagram.theme.is_light


def test_the_diagram_stays_inside_the_picture(diagram):
    assert abs(diagram.get_left()[0]) <= 8 * 16 / 9 * (0.5 - MARGIN)
    assert diagram.get_right()[0] <= 8 * 16 / 9 * (0.5 - MARGIN)
    assert diagram.get_top()[1] <= 8 * (0.5 - MARGIN)
    assert diagram.get_bottom()[1] >= -8 * (0.5 - CAPTION_STRIP)


def test_it_starts_dark(story):
    fresh = NetworkDiagram(story.network, THEMES["dark"])
    assert not any(edges.glow.any() for edges in fresh.edges)
    assert not any(layer.activations.any() for layer in fresh.neurons)
    assert not fresh.bars.values.any()


def test_another_network_gets_another_diagram():
    network = shallow()
    trace = forward(network, np.linspace(0, 1, 6))
    diagram = NetworkDiagram(network, THEMES["dark"]).set_trace(trace)
    assert [len(layer) for layer in diagram.neurons] == [4, 3]
    assert [type(edges) for edges in diagram.edges] == [LayerEdges, LayerEdges]
    np.testing.assert_array_equal(diagram.layers[1].activations, trace.a[1])
    assert diagram.bars.values.tolist() == trace.output.tolist()
