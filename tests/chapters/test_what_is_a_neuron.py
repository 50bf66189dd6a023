"""WhatIsANeuron: every circle is as bright as its number, and words stand at what they name."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from netglow.netcore.digits import ASSETS
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.big_neuron import BigNeuron
from netglow.scenes.parts.network.input_column import COLUMN_AT
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.props.what_is_a_neuron.grey_scale import GreyScale
from tests.chapters.playing import last_shown

CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7}, {"digit": 0}]


@pytest.fixture(scope="module", params=CHOICES, ids=["default", "relu", "seven", "zero"])
def scene(play, request):
    return play("WhatIsANeuron", **request.param)


def at(scene, moment: str, kind: str) -> list:
    return [t for t in scene.shown if t.moment == moment and t.kind == kind]


def test_the_first_neuron_holds_a_real_number_once_it_is_said_to(scene):
    """It is empty before, and its number is that of this very neuron for this very image."""
    facts = scene.facts
    assert not at(scene, "the-network end", "Number")
    (number,) = at(scene, "holds-a-number end", "Number")
    real = scene.story.trace.a[facts.layer][facts.neuron]
    assert number.value == pytest.approx(real)
    disc = next(
        t.mobject
        for t in at(scene, "holds-a-number end", "Neurons.activations")
        if len(t.mobject) == 1
    )
    np.testing.assert_allclose(disc.fill[0], scene.theme.brightness(real))


def test_it_comes_from_its_own_place_in_the_network(scene):
    facts = scene.facts
    column = scene.diagram.neurons[facts.layer - 1]
    assert (
        len(column) > facts.neuron
        and column.activations.shape == scene.story.trace.a[facts.layer].shape
    )
    assert not column.activations.any()  # nobody has lit the network yet


def test_the_pixel_and_its_neuron_have_one_brightness(scene):
    """The circle has the grey of that pixel, and its number."""
    facts, neuron = scene.facts, scene.neuron
    image = PixelImage(facts.image, scene.theme, 6.2).move_to((-3.4, -0.1, 0))
    pixel = image.index(facts.pixel_row, facts.pixel_column)
    np.testing.assert_allclose(scene.place, image.centres()[pixel], atol=1e-9)
    (number,) = at(scene, "its-neuron end", "Number")
    assert number.value == pytest.approx(facts.image[facts.pixel_row, facts.pixel_column])
    disc = next(
        t for t in at(scene, "its-neuron end", "Neurons.activations") if len(t.mobject) == 1
    )
    middle = (disc.box[0] + disc.box[1]) / 2
    assert middle == pytest.approx(neuron.disc.get_center()[0])
    assert middle > image.get_right()[0]


def test_dark_stands_at_the_dark_end_and_bright_at_the_bright_one(scene):
    scale = last_shown(scene, GreyScale)
    dark, bright = (
        next(t for t in scene.shown if t.moment == "activation end" and t.text == scene.words(word))
        for word in ("dark", "bright")
    )
    assert dark.text.startswith("0") and bright.text.startswith("1")
    assert dark.box[0] == pytest.approx(scale.at(0)[0], abs=0.05)
    assert bright.box[1] == pytest.approx(scale.at(1)[0], abs=0.05)
    first, last = (scale.cells.fill[i].sum() for i in (0, -1))
    assert first < last


def test_neuron_and_pointer_have_the_number_of_the_pixel_in_the_frame(scene):
    """In the end that is the brightest of its row, with a line from there to the neuron."""
    facts, scale = scene.facts, last_shown(scene, GreyScale)
    image = PixelImage(facts.image, scene.theme, 6.2).move_to((-3.4, -0.1, 0))
    framed = np.abs(image.centres() - scene.marker.get_center()).sum(axis=1).argmin()
    value = facts.image.ravel()[framed]
    assert value == facts.image[facts.pixel_row].max()
    np.testing.assert_allclose(image.centres()[framed], scene.marker.get_center(), atol=1e-6)
    np.testing.assert_allclose(scene.link.get_start(), scene.marker.get_right(), atol=0.01)
    assert scale.value == last_shown(scene, BigNeuron).value == pytest.approx(value)
    assert scale.pointer.get_center()[0] == pytest.approx(scale.at(value)[0], abs=0.01)


def test_between_the_ends_neuron_and_pointer_agree(scene):
    neuron, scale = (
        BigNeuron(0.2, np.zeros(3), scene.theme),
        GreyScale(0.2, np.zeros(3), scene.theme),
    )
    update = scene.between(0.2, 0.8)
    update([neuron, scale], 0.5)
    assert neuron.value == scale.value == pytest.approx(0.5)
    np.testing.assert_allclose(neuron.disc.activations, [0.5])
    assert scale.pointer.get_center()[0] == pytest.approx(0, abs=0.01)


def test_the_row_lies_on_its_own_pixels(scene):
    facts = scene.facts
    image = PixelImage(facts.image, scene.theme, 6.2).move_to((-3.4, -0.1, 0))
    first = image.index(facts.row, 0)
    mine = slice(first, first + facts.columns)
    np.testing.assert_allclose(scene.row.centres(), image.centres()[mine], atol=1e-6)
    np.testing.assert_allclose(scene.row.activations, facts.image[facts.row])
    np.testing.assert_allclose(
        scene.row.fill, scene.theme.brightness(facts.image[facts.row]), atol=1e-6
    )


def test_rows_and_columns_are_multiplied_where_the_count_stands(scene):
    """The size above the count; first it counts one row, at the end all of them."""
    shown = {t.text: t for t in scene.shown if t.moment == "all-rows 1" and t.text}
    size, name = shown[scene.words("size")], shown[scene.words("neurons")]
    (count,) = at(scene, "all-rows 1", "Number")
    assert count.value == scene.facts.rows * scene.facts.columns == scene.facts.image.size
    assert size.box[2] > count.box[3] > count.box[2] > name.box[3]


def test_it_ends_with_all_pixels_in_one_column_row_under_row(scene):
    values = scene.facts.image.ravel()
    column = next(
        t.mobject
        for t in at(scene, "what-next end", "Neurons.activations")
        if len(t.mobject) == len(values)
    )
    assert isinstance(column, Neurons)
    np.testing.assert_allclose(column.activations, values)
    np.testing.assert_allclose(column.fill, scene.theme.brightness(values), atol=1e-6)
    centres = column.centres()
    assert (np.diff(centres[:, 1]) < 0).all()
    np.testing.assert_allclose(centres[:, 0], COLUMN_AT[0], atol=1e-6)


def test_an_image_without_greys_says_nothing_of_a_half(play, tmp_path):
    pixels = np.zeros((28, 28), np.uint8)
    pixels[4:24, 13:15] = 255
    path = tmp_path / "own.png"
    Image.fromarray(pixels).save(path)
    names = [s.name for s in play("WhatIsANeuron", image=path).sections]
    assert "its-neuron-other" in names and "its-neuron" not in names
