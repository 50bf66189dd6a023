"""Overlays say which pixel is inked where; counting keeps every one of them."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.sloppy_threes.ink_count import KINDS, InkCount
from netglow.scenes.props.sloppy_threes.overlay import BOTH, FIRST, SECOND, Overlay, block
from netglow.scenes.stage.theme import DARK, rgb

A = np.array([[1.0, 1.0, 0.2], [0.0, 0.0, 0.0]])
B = np.array([[0.0, 0.6, 0.9], [0.0, 0.8, 0.5]])


def test_kinds_of_pixels_and_their_colours():
    laid = Overlay(A, B, DARK)
    assert laid.kinds.tolist() == [[FIRST, BOTH, SECOND], [0, SECOND, 0]]
    assert np.allclose(
        laid.fill[[0, 2, 1]], [rgb(DARK.positive), rgb(DARK.negative), rgb(DARK.text)]
    )
    assert (laid.corner > 0).tolist() == [k == SECOND for k in laid.kinds.ravel()]


def test_one_image_alone():
    assert set(Overlay(A, None, DARK).kinds.ravel()) == {0, FIRST}
    second = Overlay(None, B, DARK, paper=0.0)
    assert set(second.kinds.ravel()) == {0, SECOND}
    assert (second.fill_alpha == (second.kinds.ravel() > 0)).all()
    with pytest.raises(ValueError, match="at least one"):
        Overlay(None, None, DARK)


def test_lifted_pixels_lie_on_their_own():
    laid = Overlay(A, B, DARK).shift([1, 2, 0])
    assert np.allclose(laid.lifted(SECOND).centres(), laid.centres()[[2, 4]])


def test_a_block_fills_column_after_column():
    assert block(3, np.zeros(3), 2, 1.0).tolist() == [
        [0.5, -0.5, 0],
        [0.5, -1.5, 0],
        [1.5, -0.5, 0],
    ]


def test_counts():
    count = InkCount(Overlay(A, B, DARK), DARK, ["one", "two", "both"])
    assert dict(zip(KINDS, count.counts, strict=True)) == {FIRST: 1, SECOND: 2, BOTH: 1}
    assert count.union == 4


def test_pixels_stay_within_the_room_there_is():
    full = np.ones((6, 6))
    for room in (0.5, 6.4):
        count = InkCount(Overlay(full, full, DARK), DARK, ["one", "two", "both"], room=room)
        assert count.targets[2].width <= room


def test_nothing_in_common_is_no_obstacle():
    count = InkCount(Overlay(A, 1 - (A > 0.5), DARK), DARK, ["one", "two", "both"])
    assert count.counts[2] == 0
    count.pour(2).begin()
