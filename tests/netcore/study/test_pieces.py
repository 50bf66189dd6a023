"""Digits cut into pieces: every pixel in one piece, and the pieces of the textbook."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import Digits
from netglow.netcore.study.pieces import (
    FAINTEST,
    arcs,
    clearness,
    cut,
    holes_of,
    ink_of,
    lengths,
    pen_width,
    square_around,
    textbook,
    textbooks,
)

STRUCTURE = {9: (1, 1), 8: (2, 0), 4: (0, 3), 6: (1, 1), 0: (1, 0), 1: (0, 1), 7: (0, 2)}


def flood(free: np.ndarray, start: tuple[int, int]) -> set[tuple[int, int]]:
    """Free cells that can be reached from one by steps up, down, left and right."""
    seen, todo = {start}, [start]
    while todo:
        r, c = todo.pop()
        for step in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
            if (
                0 <= step[0] < free.shape[0]
                and 0 <= step[1] < free.shape[1]
                and free[step]
                and step not in seen
            ):
                seen.add(step)
                todo.append(step)
    return seen


@pytest.fixture(scope="module")
def some(unseen) -> list[np.ndarray]:
    return list(unseen.images[::25])


# --- ink and holes ---
def test_ink_is_one_piece_of_dark_pixels(some):
    for image in some:
        ink = ink_of(image)
        assert (image[ink] > FAINTEST).all() and ink.sum() > 0.8 * (image > FAINTEST).sum()


def test_holes_are_what_paper_cannot_reach_from_outside(some):
    for image in some:
        ink = ink_of(image)
        free = np.pad(~ink, 1, constant_values=True)
        outside = flood(free, (0, 0))
        shut_in = {(r, c) for r, c in zip(*np.nonzero(free), strict=True)} - outside
        inside = {
            (r + 1, c + 1) for hole in holes_of(ink) for r, c in zip(*np.nonzero(hole), strict=True)
        }
        assert inside <= shut_in
        assert len(shut_in - inside) <= 2 * 4  # specks


@pytest.mark.parametrize("digit", STRUCTURE)
def test_textbook_digits_have_the_holes_everyone_knows(digit, unseen):
    loops, strokes = STRUCTURE[digit]
    index = textbook(unseen, digit, loops, strokes)
    assert unseen.labels[index] == digit
    assert len(holes_of(ink_of(unseen.images[index]))) == loops


def test_most_eights_have_two_holes_and_ones_none(unseen):
    def count(digit):
        found = [len(holes_of(ink_of(image))) for image in unseen.images[unseen.labels == digit]]
        return np.bincount(found, minlength=3)

    assert count(1)[0] == count(1).sum()
    for digit, holes in ((8, 2), (0, 1), (6, 1), (9, 1)):
        assert count(digit).argmax() == holes


def test_pen_width_of_a_bar():
    bar = np.zeros((28, 28), bool)
    bar[4:24, 10:14] = True
    assert pen_width(bar) == pytest.approx(4)


# --- cutting ---
def test_every_ink_pixel_is_in_exactly_one_piece(some):
    for image in some:
        times = np.sum(cut(image).all, axis=0)
        np.testing.assert_array_equal(times, ink_of(image).astype(int))


def test_ink_goes_with_the_bones_nearest_to_it(some):
    for image in some:
        found = cut(image)
        for y, x in np.argwhere(ink_of(image))[::7]:
            away = [np.hypot(*(np.argwhere(bones) - (y, x)).T).min() for bones in found.bones]
            mine = next(k for k, piece in enumerate(found.all) if piece[y, x])
            assert away[mine] == pytest.approx(min(away))


def test_there_is_one_loop_around_each_hole(some):
    for image in some:
        found, holes = cut(image), holes_of(ink_of(image))
        assert len(found.loops) == len(holes)
        for loop, hole in zip(found.loops, holes, strict=True):
            ring = np.zeros_like(hole)  # the neighbours of the hole
            for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
                ring |= np.roll(hole, step, axis) & ~hole
            assert (loop & ring).any()


@pytest.mark.parametrize("digit", STRUCTURE)
def test_the_textbook_digit_falls_into_its_pieces(digit, unseen):
    found = cut(unseen.images[textbook(unseen, digit, *STRUCTURE[digit])])
    assert (len(found.loops), len(found.strokes)) == STRUCTURE[digit]


def test_an_empty_image_has_no_pieces():
    assert cut(np.zeros((28, 28))).all == ()


def test_a_blot_is_one_stroke():
    image = np.zeros((28, 28))
    image[10:13, 10:13] = 1
    (blot,) = cut(image).strokes
    np.testing.assert_array_equal(blot, image > 0)


# --- bits ---
def test_bits_of_a_loop_and_of_a_line_are_all_of_it(unseen):
    found = cut(unseen.images[textbook(unseen, 9, 1, 1)])
    for piece, bits in (
        (found.loops[0], arcs(found.loops[0], 5)),
        (found.strokes[0], lengths(found.strokes[0], 3)),
    ):
        np.testing.assert_array_equal(np.sum(bits, axis=0), piece.astype(int))
        assert min(bit.sum() for bit in bits) > 0
    tops = [np.nonzero(bit)[0].mean() for bit in lengths(found.strokes[0], 3)]
    assert tops == sorted(tops)


def test_a_structure_nobody_writes_is_refused(unseen):
    few = Digits(unseen.images[:50], unseen.labels[:50], "few test", "")
    with pytest.raises(LookupError, match="no 1 in few test falls into 3 loops and 2 strokes"):
        textbook(few, 1, 3, 2)


# --- choices ---
def test_the_clearest_come_first_and_equals_go_to_the_first_bones(unseen):
    order = textbooks(unseen, 9, 1, 1)
    found = [clearness(cut(unseen.images[index])) for index in order]
    assert found == sorted(found, reverse=True) and len(set(order)) == len(order) > 3
    assert order[0] == textbook(unseen, 9, 1, 1)
    assert (unseen.labels[list(order)] == 9).all()
    for index in order[:20]:
        piece = cut(unseen.images[index])
        for y, x in np.argwhere(piece.strokes[0]):
            away = [np.hypot(*(np.argwhere(bones) - (y, x)).T).min() for bones in piece.bones]
            assert away[1] < away[0]


def test_squares_keep_inside_the_image():
    mask = np.zeros((28, 28), bool)
    mask[0:3, 10:16] = True
    rows, columns = square_around(mask, 2)
    assert (rows, columns) == (slice(0, 10), slice(8, 18))


@pytest.mark.parametrize(
    "rows,columns,least", [((3, 9), (5, 7), 1), ((0, 2), (26, 28), 1), ((10, 12), (10, 12), 9)]
)
def test_the_square_holds_the_mask_and_stays_inside(rows, columns, least):
    mask = np.zeros((28, 28), bool)
    mask[slice(*rows), slice(*columns)] = True
    box = square_around(mask, 1, least)
    assert mask[box].sum() == mask.sum()
    height, width = mask[box].shape
    assert height == width == max(rows[1] - rows[0] + 2, columns[1] - columns[0] + 2, least)
