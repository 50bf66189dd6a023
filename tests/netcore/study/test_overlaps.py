"""Overlaps against plain counting, and the digits they mislead about."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import Digits
from netglow.netcore.network import Network, forward
from netglow.netcore.study.overlaps import ink, misled, overlap


def test_ink_is_what_is_brighter_than_a_half():
    assert ink([[0.0, 0.5, 0.51, 1.0]]).tolist() == [[False, False, True, True]]


def test_overlap_counts_pixels_in_both_and_in_either():
    a = np.array([[1, 1, 0], [0, 0, 0]])
    b = np.array([[0, 1, 1], [0, 1, 0]])
    assert overlap(a, b) == pytest.approx(1 / 4)
    assert overlap(a, a) == 1
    assert overlap(a, np.zeros((2, 3))) == 0


def test_two_empty_images_have_nothing_in_common():
    assert overlap(np.zeros((2, 2)), np.zeros((2, 2))) == 0


def test_one_image_against_many_is_one_against_each(unseen):
    first, many = unseen.images[0], unseen.images[1:30]
    for image, share in zip(many, overlap(first, many), strict=True):
        pairs = [(x > 0.5, y > 0.5) for x, y in zip(first.flat, image.flat, strict=True)]
        assert share == sum(x and y for x, y in pairs) / sum(x or y for x, y in pairs)
        assert share == overlap(image, first)


@pytest.mark.parametrize("own", [0, 1, 2, 5, 500])
def test_a_stranger_overlaps_more_than_kin(shipped, unseen, own):
    found = misled(shipped.network, unseen, own)
    label, images = unseen.labels[own], unseen.images
    assert found.own == own and found.kin != own
    assert unseen.labels[found.kin] == label != unseen.labels[found.stranger]
    assert found.kin_overlap == overlap(images[own], images[found.kin])
    assert found.stranger_overlap == overlap(images[own], images[found.stranger])
    assert found.kin_overlap < found.stranger_overlap
    for place in (found.kin, found.stranger):
        trace = forward(shipped.network, images[place])
        assert trace.predicted == unseen.labels[place]
        assert trace.output.max() >= 0.9
        amounts = [int(ink(images[i]).sum()) for i in (own, place)]
        assert max(amounts) <= 1.5 * min(amounts)


def test_all_others_of_the_digit_are_compared(shipped, unseen):
    found = misled(shipped.network, unseen, 1)
    same = [i for i in range(len(unseen)) if i != 1 and unseen.labels[i] == unseen.labels[1]]
    assert found.others.tolist() == same
    assert found.beaten == sum(
        overlap(unseen.images[1], unseen.images[i]) < found.stranger_overlap for i in same
    )


def test_a_network_that_is_never_sure_still_gives_examples(unseen):
    unsure = Network((np.zeros((10, 784)),), (np.zeros(10),), ("sigmoid",))
    found = misled(unsure, unseen, 1)
    assert found.kin_overlap < found.stranger_overlap


def test_where_nothing_misleads_it_says_so():
    images = np.zeros((3, 2, 2))
    images[:2, 0], images[2, 1] = 1, 1
    network = Network((np.zeros((2, 4)),), (np.zeros(2),), ("sigmoid",), (2, 2), ("a", "b"))
    told = Digits(images, np.array([0, 0, 1]), "three images", "")
    with pytest.raises(LookupError, match="three images"):
        misled(network, told, 0)
