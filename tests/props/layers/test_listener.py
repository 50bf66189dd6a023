"""One neuron that hears all pixels of an image."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.props.layers.listener import Listener
from netglow.scenes.stage.theme import THEMES


@pytest.fixture(params=THEMES.values(), ids=THEMES)
def listener(request) -> Listener:
    rng = np.random.default_rng(3)
    return Listener(rng.normal(size=20), rng.uniform(size=(5, 4)), request.param)


def test_every_pixel_is_wired_to_it(listener):
    ends = listener.fan.points.reshape(20, 2, 3)
    np.testing.assert_allclose(ends[:, 0], listener.circles.centres())
    np.testing.assert_allclose(ends[:, 1], np.tile(listener.neuron.get_center(), (20, 1)))
    assert (listener.fan.light > 0).all() and not listener.neuron.activations.any()


def test_those_that_speak_are_brighter_than_at_rest_and_the_others_darker(listener):
    positive = listener.fan.weights.ravel() > 0
    for speaks_for, mine in ((True, positive), (False, ~positive)):
        light = listener.on_top(speaks_for)
        assert (light[mine] > listener.rest[mine]).all()
        assert (light[~mine] < listener.rest[~mine]).all()


def test_it_comes_from_its_place_in_the_column(listener):
    centres = np.array([[1.0, 2, 0], [1, 1, 0]])
    column = Neurons(np.zeros(2), centres, listener.theme, 0.1)
    before = listener.before(column, 1)
    np.testing.assert_allclose(before.centres(), centres[[1]])
    np.testing.assert_allclose(before.halves(), 0.1)
