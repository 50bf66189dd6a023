"""What a scene is told, and the one line that says what is wrong with it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from netglow.netcore.digits import ASSETS
from netglow.netcore.network import forward
from netglow.scenes.stage.story import DEFAULT_DIGIT, Story
from netglow.scenes.stage.theme import DARK, LIGHT

VARIABLES = ("MODEL", "DIGIT", "INDEX", "IMAGE", "THEME", "LANG")
RELU = ASSETS / "models" / "relu.safetensors"


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(f"NETGLOW_{name}", raising=False)


@pytest.fixture(scope="module")
def usual() -> Story:
    return Story.choose()


@pytest.fixture
def seven(tmp_path, usual):
    """A picture file of a real 7, dark on light."""
    image = usual.digits.images[usual.example(7)]
    ink = Image.fromarray(np.uint8(255 * (1 - image))).resize((280, 280), Image.Resampling.BICUBIC)
    ink.save(tmp_path / "seven.png")
    return tmp_path / "seven.png"


# --- choices ---
def test_the_usual_story_is_a_3_that_the_network_reads(usual):
    assert usual.label == usual.trace.predicted == DEFAULT_DIGIT
    assert usual.trace.output.max() >= 0.9
    assert (usual.theme, usual.language) == (DARK, "en")
    assert usual.source == f"test image {usual.index}"
    assert usual.drawing is None


def test_the_trace_is_the_forward_pass_of_the_image(usual):
    trace = forward(usual.network, usual.image)
    for mine, its in zip((*usual.trace.z, *usual.trace.a), (*trace.z, *trace.a), strict=True):
        np.testing.assert_array_equal(mine, its)


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_is_found_by_what_it_is(digit):
    story = Story.choose(digit=digit)
    assert story.label == digit
    assert story.digits.labels[story.index] == digit


def test_an_index_is_taken_as_it_is():
    story = Story.choose(index=17, theme="light")
    assert story.index == 17
    assert story.label == story.digits.labels[17]
    assert story.theme is LIGHT
    np.testing.assert_array_equal(story.image, story.digits.images[17])


def test_an_own_image_has_no_label_and_keeps_the_drawing(seven):
    story = Story.choose(image=seven)
    assert story.label is None
    assert story.index is None
    assert story.source == "seven.png"
    assert story.drawing.shape == (280, 280)
    assert story.image.shape == story.network.image_shape
    assert story.trace.predicted == 7


def test_another_model_tells_its_own_story(usual):
    story = Story.choose(model=RELU)
    assert story.network.activations != usual.network.activations


# --- environment ---
def test_the_environment_says_the_same_as_arguments(monkeypatch):
    monkeypatch.setenv("NETGLOW_INDEX", "17")
    monkeypatch.setenv("NETGLOW_THEME", "light")
    story = Story.from_environment()
    assert (story.index, story.theme) == (17, LIGHT)


def test_empty_variables_mean_nothing(monkeypatch, usual):
    for name in VARIABLES:
        monkeypatch.setenv(f"NETGLOW_{name}", "")
    assert Story.from_environment().index == usual.index


def test_the_environment_takes_digit_image_and_model(monkeypatch, seven):
    monkeypatch.setenv("NETGLOW_IMAGE", str(seven))
    monkeypatch.setenv("NETGLOW_MODEL", str(RELU))
    assert Story.from_environment().source == "seven.png"
    monkeypatch.delenv("NETGLOW_IMAGE")
    monkeypatch.setenv("NETGLOW_DIGIT", "4")
    assert Story.from_environment().label == 4


@pytest.mark.parametrize(
    "name, value, message",
    [
        ("DIGIT", "three", "NETGLOW_DIGIT must be a whole number, not 'three'"),
        ("INDEX", "1.5", "NETGLOW_INDEX must be a whole number, not '1.5'"),
        ("THEME", "pink", "theme 'pink' is not known; choose one of: dark, light"),
    ],
)
def test_a_wrong_variable_is_named(monkeypatch, name, value, message):
    monkeypatch.setenv(f"NETGLOW_{name}", value)
    with pytest.raises(ValueError, match=message):
        Story.from_environment()


# --- errors ---
@pytest.mark.parametrize(
    "choices, message",
    [
        ({"digit": 3, "index": 4}, "choose one of digit, index and image, not several"),
        ({"digit": 0, "image": "a.png"}, "choose one of digit, index and image, not several"),
        ({"digit": 10}, "digit 10 is not one of 0 to 9"),
        ({"digit": -1}, "digit -1 is not one of 0 to 9"),
        ({"index": -1}, r"index -1 is outside the [0-9]+ test images \(0 to [0-9]+\)"),
        ({"index": 10**9}, "index 1000000000 is outside"),
        ({"theme": "pink"}, "theme 'pink' is not known; choose one of: dark, light"),
        ({"lang": "xx"}, "language 'xx' is not there; choose one of: .*en"),
        ({"model": "nowhere.safetensors"}, "nowhere"),
        ({"image": "nowhere.png"}, "nowhere.png"),
    ],
    ids=str,
)
def test_an_impossible_choice_is_told_in_one_line(choices, message):
    with pytest.raises((ValueError, LookupError, OSError), match=message) as caught:
        Story.choose(**choices)
    assert "\n" not in str(caught.value)
