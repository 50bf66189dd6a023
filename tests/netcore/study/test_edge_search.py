"""The best small edge in a weight image, against edges hidden there and brute force."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.study.edge_search import SIZES, best_edges, small_edges


@pytest.mark.parametrize("size", SIZES)
def test_edges_are_even_different_and_small(size):
    edges = np.array(small_edges(size))
    assert edges.shape == (16, size, size)
    np.testing.assert_allclose(edges.sum(axis=(1, 2)), 0, atol=1e-12)
    np.testing.assert_allclose((edges**2).sum(axis=(1, 2)), 1)
    alike = np.abs(edges.reshape(16, -1) @ edges.reshape(16, -1).T) - np.eye(16)
    assert alike.max() < 0.99


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("size", SIZES)
def test_a_hidden_edge_is_found_whole(size, sign, rng):
    weights = np.zeros((2, 28, 28))
    edge = small_edges(size)[int(rng.integers(16))]
    weights[1, 4 : 4 + size, 11 : 11 + size] = sign * 3 * edge
    fit = best_edges(weights)
    assert fit.share[1] == pytest.approx(1)
    assert fit.corner[1].tolist() == [4, 11] and fit.size[1] == size
    np.testing.assert_allclose(fit.fitted[1], weights[1], atol=1e-9)
    assert fit.share[0] == 0 and not fit.fitted[0].any()


def test_the_share_is_the_largest_of_all_edges_and_places(rng):
    weights = rng.standard_normal((3, 12, 11))
    fit = best_edges(weights)
    for image, share in zip(weights, fit.share, strict=True):
        tried = [
            (image[r : r + size, c : c + size] * edge).sum() ** 2
            for size in SIZES
            for edge in small_edges(size)
            for r in range(13 - size)
            for c in range(12 - size)
        ]
        assert share == pytest.approx(max(tried) / (image**2).sum())


def test_the_share_is_what_taking_the_edge_away_takes_away(shipped):
    weights = shipped.network.w[0].reshape(-1, 28, 28)
    fit = best_edges(weights)
    left = ((weights - fit.fitted) ** 2).sum(axis=(1, 2)) / (weights**2).sum(axis=(1, 2))
    np.testing.assert_allclose(1 - left, fit.share, atol=1e-9)
    assert ((fit.share > 0) & (fit.share < 1)).all()
