"""Neurons: discs that fill and glow by their activation."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Succession, smooth

from netglow.scenes.parts.network.neurons import LightUp, Neurons, column, ease, staggered
from netglow.scenes.stage.theme import THEMES, rgb

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
ACTIVATIONS = np.array([0.0, 0.25, 0.5, 1.0, 3.7])  # the last one is a ReLU's


def neurons(theme=THEMES["dark"], activations=ACTIVATIONS) -> Neurons:
    return Neurons(activations, column(len(activations), 0, 0.6), theme, 0.2)


def test_a_column_goes_from_top_to_bottom_around_its_middle():
    assert column(3, 2, 0.5, 1).tolist() == [[2, 1.5, 0], [2, 1, 0], [2, 0.5, 0]]


@each_theme
def test_neurons_are_filled_by_their_activations(theme):
    layer = neurons(theme)
    np.testing.assert_array_equal(layer.activations, ACTIVATIONS)
    np.testing.assert_allclose(layer.fill, theme.brightness(ACTIVATIONS))
    np.testing.assert_allclose(layer.halo, theme.halo(ACTIVATIONS))
    np.testing.assert_array_equal(layer.fill[3], layer.fill[4])  # above 1 is drawn as 1


def test_light_around_a_neuron_is_white_in_the_dark_and_a_colour_on_paper():
    for name, colour in (("dark", THEMES["dark"].on), ("light", THEMES["light"].attention)):
        neurons = Neurons(np.array([0.2, 1.0]), np.zeros((2, 3)), THEMES[name], 0.2)
        np.testing.assert_allclose(neurons.halo_rgb, np.tile(rgb(colour), (2, 1)))


def test_neurons_are_discs_at_their_places():
    layer = neurons()
    np.testing.assert_allclose(layer.centres(), column(5, 0, 0.6))
    np.testing.assert_allclose(layer.halves(), 0.2)
    assert (layer.corner == 1).all()


def test_activations_are_the_layers_own_and_one_a_neuron():
    layer = neurons()
    with pytest.raises(ValueError, match="read-only"):
        layer.activations[0] = 1
    with pytest.raises(ValueError, match="reshape"):
        layer.set_activations(np.zeros(4))


def test_light_up_ends_at_the_activations(film):
    layer = neurons(activations=np.zeros(5))
    film(lambda scene: scene.play(LightUp(layer, ACTIVATIONS), run_time=0.4))
    np.testing.assert_allclose(layer.activations, ACTIVATIONS)
    np.testing.assert_allclose(layer.fill, neurons().fill)


def test_light_up_lights_one_after_the_other():
    layer = neurons(activations=np.zeros(5))
    animation = LightUp(layer, np.ones(5), stagger=0.8)
    animation.begin()
    animation.interpolate(0.5)
    assert (np.diff(layer.activations) <= 0).all()
    assert layer.activations[0] == 1
    assert layer.activations[-1] == 0
    np.testing.assert_allclose(layer.fill, layer.theme.brightness(layer.activations))


def test_light_up_begins_at_what_is_shown_when_it_begins(film):
    """Also where several were made in advance: the light does not jump back in between."""
    layer = neurons(activations=np.zeros(1))
    frames = film(
        lambda scene: scene.play(
            Succession(LightUp(layer, np.ones(1)), LightUp(layer, np.zeros(1))), run_time=2.0
        )
    )
    shades = frames[:, 45, 80, 0]
    assert np.abs(np.diff(shades)).max() < 120
    assert shades.max() > 230


def test_animating_set_activations_ends_at_the_activations(film):
    layer = neurons(activations=np.zeros(5))
    film(lambda scene: scene.play(layer.animate.set_activations(ACTIVATIONS), run_time=0.3))
    np.testing.assert_array_equal(layer.activations, ACTIVATIONS)


def test_staggered_moves_start_in_turn_and_all_arrive():
    delays = np.array([0, 0.2, 0.6])
    assert staggered(0, delays).tolist() == [0, 0, 0]
    np.testing.assert_allclose(staggered(1, delays), 1)
    assert (np.diff(staggered(0.4, delays)) <= 0).all()
    assert staggered(0.6, delays)[2] == 0
    np.testing.assert_allclose(staggered(0.3, np.zeros(2), eased=False), 0.3)


def test_it_eases_as_manim_does():
    share = np.linspace(0, 1, 11)
    np.testing.assert_allclose(ease(share), [smooth(t) for t in share], atol=1e-12)
