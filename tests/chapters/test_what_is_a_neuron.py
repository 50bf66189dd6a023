"""WhatIsANeuron shows the image's own numbers, neuron by neuron."""

from __future__ import annotations

import numpy as np
import pytest
from manim import DL, UR, Text
from PIL import Image, ImageDraw

from netglow.netcore.digits import ASSETS
from netglow.netcore.study import facts
from netglow.netcore.study.telling_pixels import edge_pixel, richest_row
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.lens_column import lens_boxes
from netglow.scenes.props.what_is_a_neuron.row_plot import Reading
from netglow.scenes.stage.text import Number
from tests.chapters import checks

CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7}]


@pytest.fixture(params=CHOICES, ids=["default", "relu", "seven"])
def scene(play, request):
    return play("WhatIsANeuron", **request.param)


def test_length_and_sections(scene):
    assert 45 <= scene.duration_seconds <= 65
    assert [mark.name for mark in scene.sections] == list(scene.script.sections)
    assert scene.poster_frame is not None


def test_the_pixel_is_grey_and_lies_between_ink_and_paper(scene):
    image, (row, at) = scene.story.image, scene.pixel
    assert 0.1 < image[row, at] < 0.9
    around = [image[row - 1, at], image[row + 1, at], image[row, at - 1], image[row, at + 1]]
    assert max(around) >= 0.9 and min(around) <= 0.1
    assert scene.numbers["value"] == f"{image[row, at]:.2f}"


def test_the_row_has_the_most_greys_and_its_bars_are_its_values(scene):
    counts = [len(set(row)) for row in scene.story.image.tolist()]
    assert counts[scene.row] == max(counts)
    values = scene.story.image[scene.row]
    assert np.array_equal(scene.plot.values, values)
    assert scene.plot.read == pytest.approx(len(values), abs=1e-3)
    heights = 2 * scene.plot.bars.halves()[:, 1]
    assert np.allclose(heights, values * scene.plot.bar_height, atol=1e-3)


def test_the_big_neuron_ends_on_the_rows_last_pixel(scene):
    assert scene.neuron.value == pytest.approx(scene.story.image[scene.row, -1], abs=1e-6)


def test_every_pixel_is_a_neuron_of_the_input_layer(scene):
    assert np.array_equal(scene.layer.activations, scene.story.trace.a[0])
    assert scene.count.value == scene.story.network.sizes[0] == scene.story.image.size
    assert np.allclose(scene.layer.fill, scene.theme.brightness(scene.story.trace.a[0]))


def test_the_numbers_beside_the_lens_are_its_neurons(scene):
    index = scene.pixel[0] * scene.columns + scene.pixel[1]
    numbers = [m for top in scene.mobjects for m in top.get_family() if isinstance(m, Number)]
    assert np.allclose(
        [number.value for number in numbers], scene.story.trace.a[0][index - 3 : index + 4]
    )
    heights = scene.layer.centres()[index - 3 : index + 4, 1]
    assert np.allclose([number.get_y() for number in numbers], heights, atol=0.02)


def test_the_light_that_leaves_is_weight_times_pixel(scene):
    real = facts.contributions(scene.story.network, scene.story.trace, 0)
    (edges,) = checks.drawn(scene, LayerEdges)
    assert np.array_equal(edges.contributions, real)


def test_an_own_image_without_a_label(play, tmp_path):
    drawing = Image.new("L", (120, 120), 255)
    ImageDraw.Draw(drawing).line([(40, 20), (80, 30), (50, 100)], fill=0, width=9)
    path = tmp_path / "own.png"
    drawing.save(path)
    scene = play("WhatIsANeuron", image=path)
    assert scene.story.label is None
    assert np.array_equal(scene.layer.activations, scene.story.image.ravel())


def test_texts_stay_inside_the_margins(scene):
    for text in [*scene.mobjects, scene.plot.scale_lines]:
        for part in text.get_family():
            if isinstance(part, (Text, Number)) and len(part.get_all_points()):
                (left, low, _), (right, high, _) = part.get_corner(DL), part.get_corner(UR)
                assert left >= -6.54 and right <= 6.54, part
                assert low >= -2.95 and high <= 3.68, part


def test_the_walk_shows_each_value_and_stays_on_it():
    values = np.array([0, 0, 0.3, 1.0, 1.0, 0.25])
    walk = Reading(values)
    for i, end in enumerate(walk.ends):
        place, value = walk.at(end - 1e-6)
        assert place == pytest.approx(i, abs=1e-3)
        assert value == pytest.approx(values[i])


@pytest.mark.parametrize("focus", [0, 391, 783])
def test_the_column_holds_every_neuron_in_order_without_overlap(focus):
    centres, halves = lens_boxes(784, focus, x=0, y=0, height=5.5)
    tops, bottoms = centres[:, 1] + halves[:, 1], centres[:, 1] - halves[:, 1]
    assert np.all(bottoms[:-1] >= tops[1:] - 1e-9)
    assert np.all(halves > 0)
    assert abs(tops[0]) <= 2.751 and abs(bottoms[-1]) <= 2.751
    assert halves[:, 1].argmax() == focus


def test_images_without_grey_are_no_obstacle():
    image = np.zeros((28, 28))
    image[5:20, 10] = 1
    row, at = edge_pixel(image)
    assert image[row, at] in (0, 1)
    assert 5 <= richest_row(image) < 20
