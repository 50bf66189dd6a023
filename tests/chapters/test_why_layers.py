"""WhyLayers: the pieces are a real digit's own pixels, and all of it is called a hope."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.netcore.model import save_model
from netglow.netcore.network import forward
from netglow.netcore.study.pieces import cut
from netglow.netcore.training import QUICK, train
from netglow.scenes.props.why_layers.hoped_layers import HopedLayers
from tests.chapters import checks
from tests.chapters.playing import last_shown
from tests.chapters.words import texts

CLIP = "WhyLayers"
CHOICES = ({}, {"model": "assets/models/relu.safetensors"}, {"digit": 7, "theme": "light"})
HOPES = ("loops-and-lines", "small-edges", "layer-by-layer", "the-question")


@pytest.fixture(params=[*CHOICES, "wide"], ids=["default", "relu", "seven-light", "wide"])
def scene(request, play):
    if request.param == "wide":
        return play(CLIP, model=request.getfixturevalue("wide"))
    return play(CLIP, **request.param)


def test_the_network_is_shown_at_work(scene):
    trace = forward(scene.story.network, scene.story.image)
    np.testing.assert_array_equal(scene.diagram.pixels.values, scene.story.image)
    for layer, activations in zip(scene.diagram.neurons, trace.a[1:], strict=True):
        np.testing.assert_allclose(layer.activations, activations, atol=1e-12)


def test_digits_are_real_test_images_of_their_kind(scene):
    digits = scene.story.digits
    for digit, row in scene.rows.items():
        same = (digits.images == row.image).all(axis=(1, 2))
        assert same.any() and (digits.labels[same] == digit).all()


def test_rows_show_the_pieces_of_the_cut_with_their_pixels(scene):
    for digit, (loops, strokes) in {9: (1, 1), 8: (2, 0), 4: (0, 3)}.items():
        row = scene.rows[digit]
        found = cut(row.image)
        assert (len(found.loops), len(found.strokes)) == (loops, strokes)
        for panel, mask in zip(row.panels, found.all, strict=True):
            np.testing.assert_array_equal(panel.values, np.where(mask, row.image, 0)[row.box])
            assert mask.sum() == mask[row.box].sum()  # nothing is cut off
        names = [name.original_text for name in row.names]
        assert names == ["loop"] * loops + ["line"] * strokes


def test_the_skeleton_lies_on_the_digits_ink(scene):
    for row in scene.rows.values():
        bones = np.any(cut(row.image).bones, axis=0)[row.box]
        np.testing.assert_array_equal(row.bones.places, np.flatnonzero(bones))
        assert (row.digit.values.ravel()[row.bones.places] > 0).all()


def test_small_edges_are_all_of_the_nine(scene):
    row, masks = scene.rows[9], [mask for bits in scene.edges.masks for mask in bits]
    np.testing.assert_array_equal(np.sum(masks, axis=0), np.sum(row.pieces, axis=0))
    hoped = last_shown(scene, HopedLayers)
    for edge, mask in zip(hoped.edges, masks, strict=True):
        np.testing.assert_allclose(np.sort(edge.values[edge.values > 0]), np.sort(row.image[mask]))


def test_the_edges_put_together_lie_on_their_piece(scene):
    hoped = last_shown(scene, HopedLayers)
    for ink, piece in zip(hoped.flown, hoped.owner, strict=True):
        for place in ink.centres():
            assert np.linalg.norm(piece.centres() - place, axis=1).min() < 1e-9
    lit = sum((piece.values > 0).sum() for piece in hoped.pieces)
    assert sum(len(ink) for ink in hoped.flown) == lit


def test_the_nine_lights_up_in_the_hope(scene):
    hoped = last_shown(scene, HopedLayers)
    np.testing.assert_array_equal(hoped.lit.activations, [1])
    outputs = scene.diagram.layers[-1]
    assert len(hoped.names) == len(outputs)
    names = [name.original_text for name in hoped.names]
    assert names[hoped.answer_index] == "9"


def test_what_is_not_data_says_so(scene):
    for section in HOPES:
        assert "a hope" in texts(scene, section)
    assert "an analogy" in texts(scene, "other-tasks")
    assert "a hope" not in texts(scene, "other-tasks")


def test_layers_are_named_as_the_network_has_them(scene):
    names = [mark.name for mark in scene.sections]
    two = len(scene.story.network.sizes) == 4
    assert ("layer-by-layer" in names) == two
    assert ("2nd hidden layer?" in texts(scene, "layer-by-layer")) == two


def test_it_ends_with_a_question(scene):
    assert "Is this what it really does?" in texts(scene, "the-question")
    assert scene.cues[-1].text.replace("\n", " ").endswith("really does?")


def test_a_network_without_hidden_layers_is_asked_about_networks(play, tmp_path):
    path = tmp_path / "flat.safetensors"
    save_model(path, train(*load_digits(), QUICK.with_changes(hidden=(), epochs=1)))
    flat = play(CLIP, model=path)
    assert "?" not in texts(flat, "why-none")
    assert "Is this what networks really do?" in texts(flat, "the-question-none")


def test_pictures_are_in_order_for_every_network(scene):
    assert checks.disorder(scene.section_ends) == []
