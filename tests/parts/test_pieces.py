"""Pieces of a digit in pictures of their own, and the ink that travels between them."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.parts.images import PixelImage
from scenes.parts.loose_ink import LooseInk
from scenes.parts.moved_digit import MovedDigit
from scenes.parts.piece_panel import PiecePanel, square_around
from scenes.parts.word_tree import WordTree
from scenes.stage.theme import DARK


@pytest.mark.parametrize("rows,columns,least", [((3, 9), (5, 7), 1), ((0, 2), (26, 28), 1),
                                                ((10, 12), (10, 12), 9)])  # fmt: skip
def test_the_square_holds_the_mask_and_stays_inside(rows, columns, least):
    mask = np.zeros((28, 28), bool)
    mask[slice(*rows), slice(*columns)] = True
    box = square_around(mask, 1, least)
    assert mask[box].sum() == mask.sum()
    height, width = mask[box].shape
    assert height == width == max(rows[1] - rows[0] + 2, columns[1] - columns[0] + 2, least)


def test_a_panel_shows_only_its_piece():
    image = np.linspace(0, 1, 64).reshape(8, 8)
    mask = np.zeros((8, 8), bool)
    mask[2:4, 3:6] = True
    panel = PiecePanel(image, mask, square_around(mask), DARK, 2.0, np.array([1.0, 2, 0]))
    assert panel.values.shape == (5, 5) and (panel.values > 0).sum() == 6
    np.testing.assert_allclose(panel.get_center(), [1, 2, 0])
    assert not panel.blank().values.any() and panel.values.any()


def test_loose_ink_lies_on_the_pixels_it_was_and_goes_to_others():
    values = np.array([[0, 0.5], [1, 0]])
    image = PixelImage(values, DARK, 2.0)
    ink, other = LooseInk(image), PixelImage(values, DARK, 1.0).shift([3.0, 0, 0])
    np.testing.assert_array_equal(ink.places, [1, 2])
    np.testing.assert_allclose(ink.centres(), image.centres()[[1, 2]])
    np.testing.assert_allclose(ink.on(other).centres(), other.centres()[[1, 2]])
    np.testing.assert_allclose(ink.on(other, np.array([3, 0])).centres(), other.centres()[[3, 0]])
    assert len(LooseInk(image, np.array([[True, True], [False, True]]))) == 1


def test_what_leaves_the_image_is_gone():
    image = PixelImage(np.array([[1.0, 0.5], [0, 0]]), DARK, 2.0)
    digit = MovedDigit(image, np.array([0, 1]))
    moved = digit.on().build().methods  # what .animate was told
    assert digit.steps == 1 and len(moved) == 2
    for method in moved:
        getattr(digit.ink, method.method.__name__)(*method.args, **method.kwargs)
    np.testing.assert_allclose(digit.ink.fill_alpha, [1, 0])
    np.testing.assert_allclose(digit.ink.centres()[0], image.centres()[1])


def test_every_word_stands_between_its_parts():
    tree = WordTree([list("abcd"), ["ab", "cd"], ["abcd"]], [[2, 2], [2]], [-2, 0, 2], 0.5, 3.0,
                    DARK)  # fmt: skip
    low, middle, top = ([word.get_center() for word in words] for words in tree.columns)
    for whole, parts in ((middle[0], low[:2]), (middle[1], low[2:]), (top[0], middle)):
        assert whole[1] == pytest.approx(np.mean([p[1] for p in parts]))
    assert [len(join) for join in tree.joins] == [4, 2]
