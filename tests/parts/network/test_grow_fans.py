"""Edges grow neuron by neuron, and what is there already stays as it is."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.grow_fans import GrowFans
from netglow.scenes.parts.network.neurons import column
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def edges() -> LayerEdges:
    weights = np.random.default_rng(1).normal(size=(3, 4))
    return LayerEdges(weights, column(4, 0, 1), column(3, 2, 1), DARK)


def test_all_edges_end_as_bright_as_they_were(edges):
    light = edges.light
    grow = GrowFans(edges)
    grow.begin()
    assert not edges.light.any() and grow.count(0) == 0
    grow.interpolate(0.4)
    assert 0 < grow.count(0.4) < 12 and (np.diff(grow.grown(0.4)) < 0).all()
    grow.finish()
    np.testing.assert_allclose(edges.light, light)
    assert not edges.glow.any() and grow.count(1) == 12


def test_some_grow_to_a_light_of_their_own_beside_the_others(edges):
    before = edges.set_arrays(light=np.arange(12) / 10).light
    grow = GrowFans(edges, 0.0, [1], np.full(12, 5.0))
    grow.begin()
    grow.interpolate(0.5)
    mine = np.arange(12) // 4 == 1
    np.testing.assert_allclose(edges.light[~mine], before[~mine])
    assert not edges.light[mine].any() and (edges.glow[mine] == 5).all()
    assert not edges.glow[~mine].any()
    grow.finish()
    np.testing.assert_allclose(edges.light, np.where(mine, 5.0, before))
    assert grow.count(1) == 4
