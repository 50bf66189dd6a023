"""SloppyThrees counts real ink, and its examples are chosen by what they have in common."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from netglow.netcore.digits import ASSETS
from netglow.netcore.study.overlaps import ink, misled, overlap
from netglow.scenes.props.sloppy_threes.ink_count import KINDS
from netglow.scenes.props.sloppy_threes.pixel_numbers import PixelNumbers
from netglow.scenes.props.sloppy_threes.ranked_wall import RankedWall
from netglow.scenes.stage.text import Number
from tests.chapters.playing import last_shown
from tests.chapters.words import said

CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7}, {"digit": 1}]


@pytest.fixture(params=CHOICES, ids=["default", "relu", "seven", "one"])
def scene(play, request):
    return play("SloppyThrees", **request.param)


def test_length_and_sections(scene):
    assert 50 <= scene.duration_seconds <= 66
    assert [mark.name for mark in scene.sections] == list(scene.script.sections)
    assert scene.poster_frame is not None


def test_the_page_shows_the_pixels_own_numbers(scene):
    numbers = last_shown(scene, PixelNumbers)
    assert [number.value for number in numbers] == numbers.values.tolist()
    assert np.array_equal(numbers.values, scene.story.image.ravel()[numbers.places])


def test_the_wall_holds_all_digits_of_its_kind_but_the_one_in_the_middle(scene):
    digits, index = scene.story.digits, scene.story.index
    same = np.flatnonzero(digits.labels == digits.labels[index])
    assert np.array_equal(scene.wall.values, digits.images[same[same != index]])
    assert scene.numbers["n"] == len(same)
    assert len(np.unique(digits.images[same], axis=0)) == len(same)  # no two are alike


def test_the_pairs_are_what_misleads(scene):
    digits, found = scene.story.digits, scene.found
    again = misled(scene.story.network, digits, scene.story.index)
    assert (found.own, found.kin, found.stranger) == (again.own, again.kin, again.stranger)
    for overlay, other in ((scene.laid, found.kin), (scene.both, found.stranger)):
        kinds = ink(scene.story.image) + 2 * ink(digits.images[other])
        assert np.array_equal(overlay.kinds, kinds)


@pytest.mark.parametrize("which", ["kin", "stranger"])
def test_the_bars_have_a_square_for_every_inked_pixel(scene, which):
    count = scene.count if which == "kin" else scene.count_stranger
    first = ink(scene.story.image)
    second = ink(scene.story.digits.images[getattr(scene.found, which)])
    real = [(first & ~second).sum(), (second & ~first).sum(), (first & second).sum()]
    assert count.counts == [len(cells) for cells in count.cells] == real
    assert len(KINDS) == len(real)
    share = overlap(scene.story.image, scene.story.digits.images[getattr(scene.found, which)])
    assert share == real[2] / count.union
    result = scene.results[0 if which == "kin" else 1]
    assert result[0].original_text == f"{100 * share:.0f}%"
    assert f"{real[2]} of {count.union}" in result[1][1].original_text


def test_what_was_counted_is_shown_and_said(scene):
    assert [number.value for number in scene.count.numbers] == scene.count.counts
    words = said(scene, "one-over-the-other")
    assert f"{scene.count.counts[2]} of {scene.count.union}" in words
    assert f"{100 * scene.found.kin_overlap:.0f} percent" in words
    assert f"{100 * scene.found.stranger_overlap:.0f} percent" in said(scene, "another-digit")


def test_the_stranger_is_said_to_be_closer_only_where_it_is(scene):
    assert int(scene.numbers["stranger_percent"]) > int(scene.numbers["percent"])
    assert scene.found.stranger_overlap > scene.found.kin_overlap


def test_the_ranked_wall_is_in_order_and_the_stranger_stands_in_its_place(scene):
    wall = last_shown(scene, RankedWall)
    places = [(round(-y, 4), x) for x, y, _ in wall.pile.spots]
    ranked = sorted(range(len(places)), key=places.__getitem__)
    assert np.all(np.diff(scene.found.overlaps[ranked]) >= 0)
    x, y, _ = scene.both.get_center()
    before = [place for place in places if place < (round(-y, 4), x)]
    assert len(before) == scene.found.beaten
    less = scene.found.overlaps < scene.found.stranger_overlap
    assert np.array_equal(wall.pile.alpha == 1, less)
    assert f"{scene.found.beaten} of {len(scene.found.others)}" in said(scene, "all-compared")
    first = min(scene.found.overlaps.min(), scene.found.stranger_overlap)
    assert wall.marks[0].original_text == f"{100 * first:.0f}%"


def test_the_numbers_that_go_into_the_program_are_pixels(scene):
    image = scene.story.image.ravel()
    shown = [m.value for top in scene.mobjects for m in top.get_family() if isinstance(m, Number)]
    assert len(shown) == 7
    assert any(np.array_equal(shown, image[k : k + len(shown)]) for k in range(len(image)))


def test_an_own_image_without_a_label_falls_back_to_threes(play, tmp_path):
    drawing = Image.new("L", (120, 120), 255)
    ImageDraw.Draw(drawing).line([(40, 20), (80, 30), (50, 100)], fill=0, width=9)
    path = tmp_path / "own.png"
    drawing.save(path)
    scene = play("SloppyThrees", image=path)
    assert scene.label_of_own == 3
    assert scene.story.digits.labels[scene.found.own] == 3
    assert np.array_equal(scene.image, scene.story.digits.images[scene.found.own])
