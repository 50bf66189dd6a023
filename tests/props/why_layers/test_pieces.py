"""Pieces of a digit in pictures of their own, and the ink that travels between them."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.props.what_it_really_learned.moved_digit import MovedDigit
from netglow.scenes.props.why_layers.hoped_network import HopedNetwork
from netglow.scenes.props.why_layers.patch_neurons import PatchNeurons
from netglow.scenes.props.why_layers.taken_apart import TakenApart, direction, outwards
from netglow.scenes.props.why_layers.word_tree import WordTree
from netglow.scenes.stage.theme import DARK, rgb


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


def test_the_direction_of_cells_is_the_line_they_follow():
    image = PixelImage(np.ones((3, 5)), DARK, 2.5)
    ink = LooseInk(image, np.array([[0, 0, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 0, 0]], bool))
    line = direction(ink, np.ones(len(ink)))
    ends = sorted([line.get_start(), line.get_end()], key=lambda end: end[0])
    np.testing.assert_allclose(ends, ink.centres()[[0, -1]], atol=1e-9)


def test_faint_pixels_hardly_turn_a_line():
    """It goes through the middle of the ink, from the first to the last pixel of it."""
    image = PixelImage(np.array([[1.0, 1, 1, 1], [0, 0, 0, 0.001]]), DARK, 4.0)
    ink = LooseInk(image)
    line = direction(ink, image.values.ravel()[ink.places])
    ends = sorted([line.get_start(), line.get_end()], key=lambda end: end[0])
    np.testing.assert_allclose(ends, image.centres()[[0, 3]], atol=0.02)


# --- a digit that comes apart ---
@pytest.fixture
def digit() -> tuple[np.ndarray, np.ndarray]:
    """An image (12, 12) of a frame and a bar below it, and the masks of both."""
    image = np.zeros((12, 12))
    image[1:6, 3:8] = 1
    image[2:5, 4:7] = 0
    image[6:11, 7] = 0.8
    above = np.arange(12)[:, None] < 6
    return image, np.array([(image > 0) & above, (image > 0) & ~above])


def test_pieces_go_their_ways_on_the_ground(digit):
    image, masks = digit
    ways = np.array([[0, 1, 0], [0, -2, 0]])
    apart = TakenApart(image, list(masks), ways, DARK, 6.0, np.array([1.0, 0, 0]))
    assert not apart.ground.values.any()
    before = [ink.get_center() for ink in apart.inks]
    move = apart.apart(lag_ratio=0)
    move.begin()
    move.interpolate(0.5)
    for ink, start, way in zip(apart.inks, before, ways, strict=True):
        np.testing.assert_allclose(ink.get_center() - start, way * 0.5 / 2, atol=1e-6)
    move.finish()
    for ink, start, way in zip(apart.inks, before, ways, strict=True):
        np.testing.assert_allclose(ink.get_center() - start, way * 0.5, atol=1e-6)


def test_outwards_is_away_from_the_middle():
    masks = np.zeros((4, 9, 9), bool)
    for mask, place in zip(masks, [(0, 4), (4, 8), (8, 4), (4, 0)], strict=True):
        mask[place] = True
    ways = outwards(list(masks), 2.0)
    np.testing.assert_allclose(ways, [[0, 2, 0], [2, 0, 0], [0, -2, 0], [-2, 0, 0]], atol=1e-12)


# --- neurons that stand for something ---
def test_a_patch_lies_inside_its_circle_and_stays_when_it_is_lit(digit):
    image, masks = digit
    centres = np.array([[0, 2, 0], [0, -2, 0]])
    neurons = PatchNeurons(image * masks, centres, 1.2, DARK)
    for patch, centre in zip(neurons.patches, centres, strict=True):
        half = patch.halves()[0, 0]
        corners = np.abs(patch.centres() - centre) + np.array([half, half, 0])
        ink = patch.values.ravel() > 0
        assert np.linalg.norm(corners[ink], axis=1).max() < 1.15
        np.testing.assert_array_equal(patch.fill_alpha, ink)  # without its paper
    light = neurons.light(np.array([1.0, 0]))
    light.begin()
    light.interpolate(0.5)
    np.testing.assert_allclose(neurons.discs.activations, [0.5, 0])
    light.interpolate(1)
    np.testing.assert_allclose(neurons.discs.activations, [1, 0])
    np.testing.assert_array_equal(neurons.patches[0].values, image * masks[0])
    discs = neurons.discs  # the ring is lit, and what the ink lies on stays dark
    np.testing.assert_allclose(discs.fill, DARK.brightness(np.zeros(2)))
    assert discs.halo[0] > 0.4 and discs.halo[1] == 0
    np.testing.assert_allclose(discs.stroke[0], rgb(DARK.on))
    assert discs.stroke_width[0] > 2 * discs.stroke_width[1]
    assert not any(patch.values.any() for patch in neurons.empty().patches)


@pytest.fixture
def hoped(digit) -> HopedNetwork:
    image, masks = digit
    rows = np.arange(12)[:, None]
    bits = np.array([masks[0] & (rows < 3), masks[0] & (rows >= 3), masks[1]])
    gathers = np.array([[1, 1, 0], [0, 0, 1]])
    makes = np.zeros((10, 2))
    makes[9], makes[8, 0] = 1, 1
    return HopedNetwork(image, (image * bits, bits), image * masks, (gathers, makes), DARK)


def test_light_starts_on_the_ink_and_each_edge_ends_at_what_it_makes(hoped):
    starts = hoped.edges[0].points.reshape(3, 3, 2, 3)[:, :, 0][0]
    for start, mask in zip(starts, hoped.masks, strict=True):
        on = hoped.image.centres()[mask.ravel()]
        np.testing.assert_allclose(start, on.mean(axis=0))
    ends = hoped.edges[1].points.reshape(2, 3, 2, 3)[:, 0, 1]
    np.testing.assert_allclose(ends, hoped.large.discs.centres())
    assert [edges.weights.shape for edges in hoped.edges] == [(3, 3), (2, 3), (10, 2)]


def test_bits_put_together_are_the_piece(hoped):
    flying = hoped.flying()
    together = hoped.put_together(flying)
    together.begin()
    together.finish()
    for k, patch in enumerate(hoped.large.patches):
        mine = [
            ink
            for ink, owner in zip(flying, hoped.made_of[0].argmax(axis=0), strict=True)
            if owner == k
        ]
        places = np.concatenate([ink.centres() for ink in mine])
        lit = patch.centres()[patch.values.ravel() > 0]
        np.testing.assert_allclose(np.sort(places, axis=0), np.sort(lit, axis=0), atol=1e-9)


def test_an_output_is_lit_by_the_share_of_its_pieces(hoped):
    (light,) = hoped.lights_up(2)
    light.begin()
    light.interpolate(1)
    np.testing.assert_allclose(hoped.lights.activations, [0] * 8 + [0.5, 1])
    for animation in hoped.rest():
        animation.begin()
        animation.interpolate(1)
    assert not hoped.lights.activations.any()
