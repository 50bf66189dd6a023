"""A pass through the diagram leaves exactly the trace's numbers in it."""

from __future__ import annotations

import numpy as np
import pytest
from manim import AnimationGroup

from netglow.netcore.study import facts
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.network_pass import NetworkPass
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def run(story) -> NetworkPass:
    diagram = NetworkDiagram(story.network, DARK)
    return NetworkPass.through(diagram, story.trace)


def play(animations) -> None:
    together = AnimationGroup(*animations)
    together.begin()
    together.interpolate(1)
    together.finish()


def test_the_quick_pass_shows_the_trace_and_rest_puts_it_out(run):
    trace = run.trace
    for animations in run.quick(0.5):
        play(animations)
    for layer, edges in enumerate(run.edges):
        sent = facts.contributions(run.network, trace, layer)
        np.testing.assert_allclose(edges.contributions, sent)
        shown = run.layers[layer + 1].activations
        np.testing.assert_allclose(shown, trace.a[layer + 1], atol=1e-9)
    np.testing.assert_allclose(run.bars.values, trace.output, atol=1e-9)
    play(run.rest(0.5))
    assert not any(neurons.activations.any() for neurons in run.layers[1:])
    assert not run.bars.values.any() and not any(edges.glow.any() for edges in run.edges)


def test_singled_out_light_reaches_one_neuron_only(run):
    edges = run.edges[0]
    play([run.flow(0, 1.0)])
    before = edges.glow.reshape(edges.weights.shape)
    play([run.single_out(1, 3)])
    after = edges.glow.reshape(edges.weights.shape)
    np.testing.assert_allclose(after[3], before[3])
    np.testing.assert_allclose(np.delete(after, 3, 0), 0.04 * np.delete(before, 3, 0))
