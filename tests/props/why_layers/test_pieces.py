"""Pieces of a digit in pictures of their own, and the ink that travels between them."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.study.pieces import arcs, lengths
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.images.piece_panel import PiecePanel, square_around
from netglow.scenes.props.what_it_really_learned.moved_digit import MovedDigit
from netglow.scenes.props.why_layers.bones import Bones, direction
from netglow.scenes.props.why_layers.hoped_layers import HopedLayers
from netglow.scenes.props.why_layers.piece_row import PieceRow
from netglow.scenes.props.why_layers.small_edges import SmallEdges
from netglow.scenes.props.why_layers.word_tree import WordTree
from netglow.scenes.stage.theme import DARK


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
    tree = WordTree(
        [list("abcd"), ["ab", "cd"], ["abcd"]], [[2, 2], [2]], [-2, 0, 2], 0.5, 3.0, DARK
    )
    low, middle, top = ([word.get_center() for word in words] for words in tree.columns)
    for whole, parts in ((middle[0], low[:2]), (middle[1], low[2:]), (top[0], middle)):
        assert whole[1] == pytest.approx(np.mean([p[1] for p in parts]))
    assert [len(join) for join in tree.joins] == [4, 2]


def test_words_fly_to_what_they_make():
    tree = WordTree([["n", "e", "t"], ["net"]], [[3]], [-2, 2], 0.0, 3.0, DARK)
    flying, together = tree.merge(0, run_time=1.0)
    assert [len(parts) for parts in flying] == [3]
    together.begin()
    together.finish()
    for glyph, target in zip(flying[0], tree.columns[1][0], strict=True):
        np.testing.assert_allclose(glyph.get_center(), target.get_center())


def test_bones_lie_on_their_pixels_and_thin_out_from_the_top():
    mask = np.eye(4, dtype=bool)
    image = PixelImage(np.ones((4, 4)), DARK, 2.0)
    bones = Bones(image, mask)
    np.testing.assert_allclose(bones.centres(), image.centres()[mask.ravel()])
    thin = bones.thin()
    assert not bones.fill_alpha.any()
    thin.begin()
    thin.interpolate(0.5)
    assert (np.diff(bones.fill_alpha) < 0).all()  # they are in order from the top down
    thin.interpolate(1)
    assert (bones.fill_alpha == 1).all()


def test_the_direction_of_cells_is_the_line_they_follow():
    image = PixelImage(np.ones((3, 5)), DARK, 2.5)
    ink = LooseInk(image, np.array([[0, 0, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 0, 0]], bool))
    line = direction(ink, over=1.0)
    ends = sorted([line.get_start(), line.get_end()], key=lambda end: end[0])
    np.testing.assert_allclose(ends, ink.centres()[[0, -1]], atol=1e-9)


@pytest.fixture
def row() -> PieceRow:
    image = np.zeros((28, 28))
    image[4:12, 8:18] = 1
    image[6:10, 11:15] = 0  # a loop
    image[12:24, 15:18] = 1  # and a line
    return PieceRow(image, ("loop", "line"), DARK, np.array([-3.0, 1, 0]))


def test_small_edges_come_apart_on_the_spot_and_their_lines_are_there(row):
    small = SmallEdges(row, [arcs(row.pieces[0], 4), lengths(row.pieces[1], 3)], DARK)
    assert [len(bits) for bits in small.bits] == [4, 3]
    for panel, mask in zip(small.panels, row.pieces, strict=True):
        assert (panel.values > 0).sum() == mask.sum()
    before = [bit.centres().mean(axis=0) for bit in small.bits[0]]
    burst = small.burst(0)
    burst.begin()
    burst.finish()
    middle = np.mean(before, axis=0)
    for bit, start, line in zip(small.bits[0], before, small.lines[0], strict=True):
        end = bit.centres().mean(axis=0)
        assert np.linalg.norm(end - middle) > np.linalg.norm(start - middle)
        np.testing.assert_allclose(line.get_center(), end, atol=1e-6)


def test_hoped_layers_join_every_edge_to_the_piece_it_makes(row):
    small = SmallEdges(row, [arcs(row.pieces[0], 4), lengths(row.pieces[1], 3)], DARK)
    hoped = HopedLayers(row, small, list("0123456789"), 9, DARK, 0.0)
    assert [len(join) for join in hoped.joins] == [7, 7, 2]
    assert [hoped.owner.count(piece) for piece in hoped.pieces] == [4, 3]
    np.testing.assert_allclose(hoped.lit.centres()[0, 1], hoped.names[9].get_y(), atol=0.05)
