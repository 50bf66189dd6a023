"""Threads of the ink, half-way and at the end."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.netcore.model import load_model
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.props.forward_pass.only_ink import OnlyInk
from netglow.scenes.stage.theme import DARK, rest_glow


def test_dark_pixels_lose_their_threads_and_ink_is_reached():
    unseen = load_digits()[1]
    edges = NetworkDiagram(load_model().network, DARK).edges[0]
    light, begin = edges.light, edges.begin
    change = OnlyInk(edges, unseen.images[0], rate_func=lambda t: t)
    change.begin()
    dark = np.tile(unseen.images[0].ravel() == 0, len(edges.weights))
    assert 0 < dark.mean() < 1 and (begin > 0).all()
    change.interpolate(0.5)
    assert edges.light[dark] == pytest.approx(0.5 * light[dark])
    assert edges.light[~dark] == pytest.approx(light[~dark])
    assert edges.begin == pytest.approx(0.5 * begin)
    change.interpolate(1)
    assert not edges.light[dark].any() and not edges.begin.any()
    # from one image to another: its threads come back
    other = OnlyInk(edges, unseen.images[1])
    other.begin()
    other.interpolate(1)
    inked = np.tile(unseen.images[1].ravel() > 0, len(edges.weights))
    assert edges.light == pytest.approx(np.where(inked, rest_glow(edges.weights.ravel()), 0))
