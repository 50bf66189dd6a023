"""A neuron turns into the edge it was hoped to be, and back."""

from __future__ import annotations

import numpy as np

from netglow.netcore.study.edge_search import best_edges
from netglow.scenes.props.what_it_really_learned.hoped_edge import HopedEdge
from netglow.scenes.stage.theme import DARK


def test_weights_become_the_edge_and_come_back():
    weights = np.random.default_rng(0).standard_normal((1, 28, 28))
    fit = best_edges(weights)
    edge, box = fit.fitted[0], np.array([*fit.corner[0], fit.size[0]])
    image = HopedEdge(weights[0], edge, box, DARK, 5.0, 2.0, np.array([3.0, 0, 0]))
    away = image.hope().build()
    away.begin()
    away.interpolate(0.5)
    np.testing.assert_allclose(image.values, (weights[0] + edge) / 2)
    away.interpolate(1.0)
    np.testing.assert_array_equal(image.values, edge)
    inside = image.centres()[np.flatnonzero(edge.ravel())]
    frame = image.frame
    assert frame.get_left()[0] < inside[:, 0].min() and inside[:, 0].max() < frame.get_right()[0]
    assert frame.get_bottom()[1] < inside[:, 1].min() and inside[:, 1].max() < frame.get_top()[1]
    assert frame.width < (fit.size[0] + 1) * image.pitch
    back = image.truth().build()
    back.begin()
    back.interpolate(1.0)
    np.testing.assert_array_equal(image.values, weights[0])
