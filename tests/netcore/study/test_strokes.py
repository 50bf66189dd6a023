"""Skeletons have the ink's shape, and fall into straight strokes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from netglow.netcore.study.pieces import ink_of, pen_width
from netglow.netcore.study.strokes import branches, length, skeleton, strokes_of

ALL_ROUND = np.ones((3, 3), bool)


def bars(*boxes: tuple[slice, slice]) -> np.ndarray:
    ink = np.zeros((28, 28), bool)
    for box in boxes:
        ink[box] = True
    return ink


TALL = np.s_[4:24, 8:11]
CORNER = bars(TALL, np.s_[21:24, 8:22])
TEE = bars(np.s_[4:7, 3:24], np.s_[4:24, 12:15])
CROSS = bars(np.s_[12:15, 3:24], np.s_[3:24, 12:15])


@pytest.fixture(scope="module")
def inks(unseen) -> list[np.ndarray]:
    return [ink_of(image) for image in unseen.images[::25]]


# --- skeleton ---
def test_a_skeleton_has_the_inks_parts_and_holes(inks):
    for ink in inks:
        bones = skeleton(ink)
        assert (bones <= ink).all()
        assert ndimage.label(bones, ALL_ROUND)[1] == ndimage.label(ink, ALL_ROUND)[1] == 1
        assert ndimage.label(~np.pad(bones, 1))[1] == ndimage.label(~np.pad(ink, 1))[1]


def test_a_skeleton_is_one_pixel_thin_and_lies_in_the_middle(inks):
    for ink in inks:
        bones = skeleton(ink)
        np.testing.assert_array_equal(skeleton(bones), bones)
        assert not ndimage.binary_erosion(bones, ALL_ROUND).any()
        away = ndimage.distance_transform_edt(~bones)[ink]
        assert np.median(away) <= pen_width(ink) / 2


def test_the_skeleton_of_a_bar_is_its_middle_line():
    rows, columns = np.nonzero(skeleton(bars(TALL)))
    assert set(columns) == {9} and len(rows) == np.ptp(rows) + 1 >= 17


def test_nothing_has_no_skeleton_and_no_strokes():
    nothing = np.zeros((28, 28), bool)
    assert not skeleton(nothing).any() and strokes_of(nothing, 1.0) == []


# --- strokes ---
@pytest.mark.parametrize(
    ("ink", "count"),
    [(bars(TALL), 1), (CORNER, 2), (TEE, 2), (CROSS, 2)],
    ids=["bar", "corner", "tee", "cross"],
)
def test_strokes_end_at_bends_and_go_straight_across_branches(ink, count):
    strokes = strokes_of(skeleton(ink), 3)
    assert len(strokes) == count
    for stroke in strokes:
        high, wide = (np.ptp(places) + 1 for places in np.nonzero(stroke))
        assert min(high, wide) <= 3 and max(high, wide) >= 9


def test_a_cross_branches_in_its_middle_and_a_bar_nowhere():
    assert not branches(skeleton(bars(TALL))).any()
    meet = np.argwhere(branches(skeleton(CROSS)))
    assert len(meet) and (np.abs(meet - 13) <= 1).all()


def test_strokes_do_not_share_bones_and_are_no_shorter_than_the_pen_is_wide(inks):
    for ink in inks:
        bones, width = skeleton(ink), pen_width(ink)
        strokes = strokes_of(bones, width)
        if strokes:
            assert np.sum(strokes, axis=0).max() == 1 and (np.any(strokes, axis=0) <= bones).all()
        reach = [length(stroke) for stroke in strokes]
        assert reach == sorted(reach, reverse=True) and min(reach, default=width) >= width
