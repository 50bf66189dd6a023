"""A network that light has run through, and the paper that light leaves."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.netcore.model import load_model
from netglow.netcore.network import forward
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.looked_through import frame_around, looked_through
from netglow.scenes.parts.network.open_border import open_border
from netglow.scenes.stage.theme import DARK


def test_all_of_it_is_lit_and_the_last_edges_the_most():
    network, image = load_model().network, load_digits()[1].images[0]
    trace = forward(network, image)
    made = looked_through(network, trace, DARK)
    assert (made.pixels.values == image).all()
    for layer, numbers in zip(made.neurons, trace.a[1:], strict=True):
        assert layer.activations == pytest.approx(numbers)
    assert made.bars.values == pytest.approx(trace.output)
    dark = np.tile(np.ravel(image) == 0, len(network.w[0]))
    first = made.edges[0]
    assert not first.light[dark].any() and first.light[~dark].any() and not first.begin.any()
    shares = [
        edges.glow.max() / edges.copy().set_contributions(edges.contributions).glow.max()
        for edges in made.edges
    ]
    assert shares == pytest.approx([0.36] * (len(shares) - 1) + [0.6])


def test_a_frame_is_around_all_neurons_of_a_layer():
    network = load_model().network
    layer = looked_through(network, forward(network, np.zeros((28, 28))), DARK).neurons[0]
    frame = frame_around(layer, DARK)
    assert frame.get_top()[1] > layer.get_top()[1] and frame.get_left()[0] < layer.get_left()[0]
    assert frame.get_bottom()[1] < layer.get_bottom()[1]


def test_paper_fades_where_light_leaves_and_ink_does_not():
    values = np.zeros((3, 9))
    values[1, 4:], values[2, 8] = 1, 0.5
    pixels = PixelImage(values, DARK)
    for share in (0.5, 1.0):
        alpha = open_border(pixels, share).fill_alpha.reshape(3, 9)
        assert alpha[0, :4] == pytest.approx(1) and (np.diff(alpha[0]) <= 1e-9).all()
        assert alpha[0, 8] == pytest.approx(1 - share)
        assert alpha[1] == pytest.approx([1] * 9)
        assert alpha[2, 8] == pytest.approx(1 - share / 2)
    assert (pixels.values == values).all()
