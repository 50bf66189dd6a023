"""Overlaps against plain counting."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.study.overlaps import ink, mean_of_pairs, overlaps


def test_ink_is_what_is_brighter_than_a_half():
    assert ink([[0.0, 0.5, 0.51, 1.0]]).tolist() == [[False, False, True, True]]


def test_overlaps_count_pixels_in_both_and_in_either():
    a = np.array([[1, 1, 0], [0, 0, 0]])
    b = np.array([[0, 1, 1], [0, 1, 0]])
    none = np.zeros((2, 3))
    shares = overlaps([a, none], [b, a, none])
    assert shares == pytest.approx(np.array([[1 / 4, 1, 0], [0, 0, 0]]))


def test_every_pair_is_counted(unseen):
    first, second = unseen.images[:7], unseen.images[7:30]
    shares = overlaps(first, second)
    for i, image in enumerate(first):
        for k, other in enumerate(second):
            pairs = [(x > 0.5, y > 0.5) for x, y in zip(image.flat, other.flat, strict=True)]
            assert shares[i, k] == sum(x and y for x, y in pairs) / sum(x or y for x, y in pairs)


def test_the_mean_of_pairs_leaves_out_those_with_themselves():
    shares = np.array([[1, 0.2, 0.4], [0.2, 1, 0.6], [0.4, 0.6, 1]])
    assert mean_of_pairs(shares) == pytest.approx(0.4)
