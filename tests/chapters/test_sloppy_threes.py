"""SloppyThrees: pairs of words stand at the things they are about."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from netglow.netcore.digits import ASSETS
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.props.sloppy_threes.ink_count import InkCount
from netglow.scenes.props.sloppy_threes.overlay import BOTH, FIRST, SECOND, Overlay
from netglow.scenes.props.sloppy_threes.two_walls import TwoWalls
from tests.chapters.playing import last_shown

CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7}, {"digit": 1}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven", "one"])
def scene(play, request):
    return play("SloppyThrees", **request.param)


def test_the_page_is_read_before_it_is_painted(scene):
    """At first all cells are black and have numbers; after the third sentence they are grey."""
    black, painted = (
        next(t for t in scene.shown if t.moment == moment and t.kind == "PixelImage.values")
        for moment in ("can-you-read-this 1", "can-you-read-this 3")
    )
    assert black.colour != painted.colour
    numbers = [t for t in scene.shown if t.moment == "can-you-read-this 1" and t.kind == "Number"]
    assert len(numbers) == 7 * 16


def test_the_wall_goes_from_the_least_ink_to_the_most(scene):
    """Row by row; the example hangs at its own place among the others."""
    wall, spots = scene.wall, scene.wall.spots
    assert (np.diff(wall.values.sum(axis=(1, 2))) >= 0).all()
    rows = [(round(-y, 3), round(x, 3)) for x, y, _ in spots]
    assert rows == sorted(rows)
    small = next(
        t for t in scene.shown if t.moment == "all-of-them end" and t.kind == "PixelImage.values"
    )
    middle = (-(small.box[2] + small.box[3]) / 2, (small.box[0] + small.box[1]) / 2)
    before = sum(row < (round(middle[0], 3), round(middle[1], 3)) for row in rows)
    assert before == scene.facts.place


def test_first_and_second_have_their_own_colours_and_counts(scene):
    """The words, the numbers, the loose pixels and the overlay agree about who is who."""
    facts, theme = scene.facts, scene.theme
    count, overlay = last_shown(scene, InkCount), scene.laid
    first, second = facts.image > 0.5, facts.alike[facts.partner] > 0.5
    wanted = [
        ("first", FIRST, first & ~second, theme.positive),
        ("second", SECOND, second & ~first, theme.negative),
        ("both", BOTH, first & second, theme.text),
    ]
    for i, (word, kind, pixels, colour) in enumerate(wanted):
        assert np.array_equal(overlay.kinds == kind, pixels)
        assert count.names[i].original_text == scene.words(word)
        assert count.numbers[i].value == len(count.cells[i]) == pixels.sum()
        assert count.names[i].color.to_hex().lower() == colour.lower()
        assert abs(count.names[i].get_center()[1] - count.numbers[i].get_center()[1]) < 0.2
        below = count.names[i].get_center()[1] - count.cells[i].get_center()[1]
        assert 0.1 < below < 1.1
    assert isinstance(overlay, Overlay)


def test_each_bar_stands_beside_its_name_and_below_its_wall(scene):
    walls = last_shown(scene, TwoWalls)
    own, mixed = scene.words("same"), scene.words("pair")
    assert [name.original_text for name in walls.names] == [own, mixed]
    for i, share in enumerate((scene.facts.own_mean, scene.facts.other_mean)):
        assert walls.bars[i].values == pytest.approx([share])
        assert walls.numbers[i].value == pytest.approx(100 * share)
        y = walls.names[i].get_center()[1]
        assert abs(y - walls.bars[i].get_center()[1]) < 0.1
        assert abs(y - walls.numbers[i].get_center()[1]) < 0.1
    left, right = walls.walls
    assert left.get_center()[0] < 0 < right.get_center()[0]
    assert np.array_equal(left.values, scene.facts.alike)
    assert np.array_equal(right.values, scene.facts.unlike)
    assert walls.bars[0].left[0, 0] == walls.bars[1].left[0, 0]  # so that their ends compare


def test_it_ends_with_the_network_at_rest_beside_the_image(scene):
    edges = [m for m in scene.get_mobject_family_members() if isinstance(m, LayerEdges)]
    assert [e.weights.shape for e in edges] == [w.shape for w in scene.story.network.w]
    assert all(e.contributions is None for e in edges)
    assert np.array_equal(last_shown(scene, PixelImage).values, scene.facts.image)


def test_an_own_image_without_a_label_falls_back_to_threes(play, tmp_path):
    drawing = Image.new("L", (120, 120), 255)
    ImageDraw.Draw(drawing).line([(40, 20), (80, 30), (50, 100)], fill=0, width=9)
    path = tmp_path / "own.png"
    drawing.save(path)
    facts = play("SloppyThrees", image=path).facts
    assert facts.digit == 3
    assert any(np.array_equal(facts.image, other) for other in facts.alike)
