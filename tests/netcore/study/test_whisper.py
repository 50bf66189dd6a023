"""What arrives of a change: by hand, and that it fades through sigmoids alone."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.network import Network
from netglow.netcore.study.whisper import whisper


def chain(kind: str, weights: tuple[float, ...]) -> Network:
    """One neuron a layer."""
    w = [np.array([[value]]) for value in weights]
    b = [np.zeros(1) for _ in weights]
    return Network(w, b, (kind,) * len(w), (1, 1), ("only",))


def test_relu_passes_a_change_on_times_the_weight():
    images = np.array([[[0.5]], [[1.0]]])
    first, second, third = whisper(chain("relu", (1.0, 2.0, 0.5)), images, 0, 0)
    assert first == pytest.approx([1]) and second == pytest.approx([2])
    assert third == pytest.approx([1])


def test_a_sigmoid_passes_on_at_most_a_quarter():
    sizes = np.ravel(whisper(chain("sigmoid", (1.0,) * 6), np.ones((1, 1, 1)), 0, 0, 0.1))
    assert sizes[0] == 1 and (sizes > 0).all()
    assert (sizes[1:] <= sizes[:-1] / 4).all()


def test_only_the_turned_neuron_moves_in_the_first_layer(rng):
    w = [rng.normal(size=(3, 4)), rng.normal(size=(2, 3))]
    network = Network(w, [np.zeros(3), np.zeros(2)], ("sigmoid",) * 2, (2, 2), ("a", "b"))
    images = rng.random((5, 2, 2))
    first, second = whisper(network, images, 1, 2, 0.7)
    assert first == pytest.approx([0, 1, 0])
    assert second.shape == (2,) and (second > 0).all()


def test_what_moves_nothing_is_no_division_by_zero():
    first, second = whisper(chain("relu", (-1.0, 1.0)), np.zeros((1, 1, 1)), 0, 0)
    assert not first.any() and not second.any()
