"""Layers of edges: every weight is there, in its place, as bright as it is large."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Succession, linear

from netglow.scenes.engine.constants import SOLID
from netglow.scenes.parts.network.edges import Dim, Flow, LayerEdges
from netglow.scenes.parts.network.neurons import column
from netglow.scenes.stage.theme import THEMES, flow_light, rest_light

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
RNG = np.random.default_rng(4)
WEIGHTS = RNG.normal(0, 1, (3, 5))  # five sources, three targets
CONTRIBUTIONS = WEIGHTS * np.array([0, 0.2, 0, 1, 0.7])
SOURCES, TARGETS = column(5, -2, 0.5), column(3, 2, 0.8)


def layer(theme=THEMES["dark"], weights=WEIGHTS) -> LayerEdges:
    return LayerEdges(weights, SOURCES, TARGETS, theme)


def test_edge_j_in_plus_i_runs_from_source_i_to_target_j():
    edges = layer()
    ends = edges.points.reshape(3, 5, 2, 3)
    for j in range(3):
        for i in range(5):
            assert ends[j, i, 0].tolist() == SOURCES[i].tolist()
            assert ends[j, i, 1].tolist() == TARGETS[j].tolist()
    assert len(edges) == WEIGHTS.size
    np.testing.assert_array_equal(edges.weights, WEIGHTS)


@each_theme
def test_edges_are_as_bright_as_their_weights_are_large(theme):
    edges = layer(theme)
    flat = WEIGHTS.ravel()
    np.testing.assert_allclose(
        edges.light / edges.light.max(), rest_light(flat) / rest_light(flat).max()
    )
    np.testing.assert_array_equal(edges.rgb, theme.signed_light(flat))
    assert not edges.glow.any()
    assert edges.contributions is None


@each_theme
def test_the_flow_is_as_bright_as_the_contributions_are_large(theme):
    edges = layer(theme).set_contributions(CONTRIBUTIONS)
    light = flow_light(CONTRIBUTIONS.ravel())
    np.testing.assert_allclose(edges.glow / edges.glow.max(), light / light.max())
    assert not edges.glow.reshape(3, 5)[:, [0, 2]].any()  # no ink, no light
    np.testing.assert_array_equal(edges.contributions, CONTRIBUTIONS)
    dimmed = layer(theme).set_contributions(CONTRIBUTIONS, shown=0.25)
    np.testing.assert_allclose(dimmed.glow, edges.glow / 4)


def test_other_weights_can_be_shown_on_the_same_edges():
    edges = layer().set_weights(-WEIGHTS)
    np.testing.assert_array_equal(edges.weights, -WEIGHTS)
    np.testing.assert_array_equal(edges.rgb, layer(weights=-WEIGHTS).rgb)


def test_a_layer_of_zeros_is_dark():
    edges = layer(weights=np.zeros((3, 5))).set_contributions(np.zeros((3, 5)))
    assert not edges.light.any()
    assert not edges.glow.any()


def test_weights_go_along_with_an_animation(film):
    edges = layer()
    film(lambda scene: scene.play(edges.animate.set_weights(2 * WEIGHTS[::-1]), run_time=0.3))
    np.testing.assert_array_equal(edges.weights, 2 * WEIGHTS[::-1])


# --- flow ---
def test_a_flow_ends_with_every_edge_lit_by_its_contribution(film):
    edges = layer()
    film(lambda scene: scene.play(Flow(edges, CONTRIBUTIONS, np.linspace(0, 0.5, 5)), run_time=0.4))
    np.testing.assert_array_equal(edges.contributions, CONTRIBUTIONS)
    np.testing.assert_array_equal(edges.glow, layer().set_contributions(CONTRIBUTIONS).glow)
    assert (edges.head == SOLID).all()
    assert not edges.spark.any()
    assert not edges.tail.any()


def test_a_flow_begins_dark_even_where_one_has_been_before(film):
    edges = layer().set_contributions(CONTRIBUTIONS).set_arrays(head=SOLID)
    animation = Flow(edges, CONTRIBUTIONS)
    animation.begin()
    assert not edges.head.any()


def test_light_leaves_the_sources_by_their_delays():
    edges = layer()
    animation = Flow(edges, CONTRIBUTIONS, np.array([0, 0.1, 0.2, 0.3, 0.6]))
    animation.begin()
    animation.interpolate(0.35)
    heads = edges.head.reshape(3, 5)
    assert (heads == heads[0]).all()  # from one source to all targets alike
    assert (np.diff(heads[0]) < 0).all()
    assert heads[0, -1] == 0


def test_light_only_goes_forward():
    edges = layer()
    animation = Flow(edges, CONTRIBUTIONS, np.linspace(0, 0.4, 5))
    animation.begin()
    heads = []
    for alpha in np.linspace(0, 1, 50):
        animation.interpolate(alpha)
        heads.append(edges.head)
    assert (np.diff(heads, axis=0) >= 0).all()


# --- dim ---
def test_dim_leaves_a_share_of_the_light(film):
    edges = layer().set_contributions(CONTRIBUTIONS)
    whole = edges.glow
    film(lambda scene: scene.play(Dim(edges, 0.25), run_time=0.3))
    np.testing.assert_allclose(edges.glow, 0.25 * whole)


def test_dim_takes_a_share_for_every_edge(film):
    edges = layer().set_contributions(CONTRIBUTIONS)
    whole, share = edges.glow, np.zeros((3, 5))
    share[1] = 1
    film(lambda scene: scene.play(Dim(edges, share.ravel()), run_time=0.3))
    np.testing.assert_allclose(edges.glow, whole * share.ravel())


def test_dim_starts_from_the_light_there_is_when_it_begins(film):
    """Made before the flow has run, as in a Succession."""
    edges = layer()
    film(
        lambda scene: scene.play(
            Succession(Flow(edges, CONTRIBUTIONS), Dim(edges, 0.5, rate_func=linear)), run_time=0.6
        )
    )
    np.testing.assert_allclose(edges.glow, layer().set_contributions(CONTRIBUTIONS, 0.5).glow)
