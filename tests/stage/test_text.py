"""Words, numbers and formulas: their sizes, and a number that counts without a new layout."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, tempconfig
from PIL import Image, ImageDraw, ImageFont

from netglow.netcore.digits import ASSETS
from netglow.scenes.stage import text as words
from netglow.scenes.stage.text import BODY, CAPTION, HEADING, TITLE, Number, formula, label

WHITE = "#ffffff"
FONTS = sorted((ASSETS / "fonts").glob("*.otf"))
TRANSLATIONS = sorted((ASSETS / "lang").glob("*/*.toml"))


@pytest.fixture(autouse=True)
def _settings(tiny: None) -> None:
    """Typst and Pango write their caches into a folder of the test."""


# --- labels and formulas ---
@pytest.mark.parametrize("size", [CAPTION, BODY, HEADING, TITLE])
@pytest.mark.parametrize("bold", [False, True])
def test_capitals_have_the_height_asked_for(size, bold):
    assert label("H", WHITE, size, bold).height == pytest.approx(size, rel=0.01)


@pytest.mark.parametrize("width", [160, 854, 3840])
def test_a_long_text_is_one_line_at_every_quality(monkeypatch, width):
    monkeypatch.setattr(words, "_outline", words._outline.__wrapped__)
    with tempconfig({"pixel_width": width}):
        long = label("measured once for 16 × 784 weights; your machine will differ", WHITE)
    assert long.height < 1.5 * BODY


def test_every_size_is_at_least_a_fortieth_of_the_frame():
    assert min(CAPTION, BODY, HEADING, TITLE) >= 8 / 40


def test_semibold_is_wider_than_regular():
    assert label("Netglow", WHITE, bold=True).width > label("Netglow", WHITE).width


def test_a_label_has_its_colour_and_is_independent_of_the_next():
    first, second = label("same", "#ff0000"), label("same", "#00ff00")
    first.shift(UP)
    assert first[0].get_fill_color().to_hex() == "#FF0000"
    assert second[0].get_fill_color().to_hex() == "#00FF00"
    assert second.get_y() != first.get_y()


@pytest.mark.parametrize("size", [BODY, TITLE])
def test_formulas_are_as_high_as_text(size):
    assert formula('upright("H")', WHITE, size).height == pytest.approx(size, rel=0.1)


def test_named_parts_of_a_formula_can_be_taken():
    made = formula("{{ w : weight }} dot {{ a : activation }}", WHITE)
    assert len(made.select("weight")) == 1
    assert made.select("weight").get_x() < made.select("activation").get_x()


# --- numbers: what they say ---
@pytest.mark.parametrize(
    "value, places, sign, said",
    [
        (0, 2, False, "0.00"),
        (3.14159, 2, False, "3.14"),
        (-3.14159, 3, False, "−3.142"),
        (12960, 0, False, "12,960"),
        (-1234567.8, 1, False, "−1,234,567.8"),
        (0.5, 1, True, "+0.5"),
        (-0.5, 1, True, "−0.5"),
        (0, 1, True, "0.0"),
        (-0.001, 2, False, "0.00"),
        (-0.0, 0, True, "0"),
        (0.001, 2, True, "0.00"),
        (0.995, 1, False, "1.0"),
    ],
)
def test_characters_of_a_number(value, places, sign, said):
    number = Number(value, WHITE, places=places, sign=sign)
    assert number.text_of(value) == said
    assert len(number) == len(said)
    assert number.value == value


# --- numbers: how they change ---
def test_changing_a_number_lays_out_no_text(monkeypatch):
    for character in "0123456789,.+−":
        words._glyph(character, False)
    number = Number(0, WHITE, places=2, sign=True)

    def no_layout(*args, **kwargs):
        raise AssertionError("a number that counts must not lay out text")

    monkeypatch.setattr(words, "Text", no_layout)
    for value in np.linspace(-2000, 2000, 200):
        number.set_value(value)


@pytest.mark.parametrize("anchor", [LEFT, RIGHT, ORIGIN, LEFT + DOWN], ids=str)
def test_a_number_keeps_its_anchor(anchor):
    number = Number(7, WHITE, places=1, anchor=anchor).shift(2 * RIGHT + UP)
    held = number.get_critical_point(anchor)
    for value in (12, 345.6, 12_345, 1.1, 7):
        number.set_value(value)
        np.testing.assert_allclose(number.get_critical_point(anchor)[0], held[0], atol=1e-9)
    np.testing.assert_allclose(number.get_critical_point(anchor), held, atol=1e-9)


def test_digits_stand_in_columns_while_they_count():
    """With the anchor on the right, the tens and the point do not move when the ones change."""
    number = Number(10.0, WHITE, places=1)
    points = [number.set_value(v)[2].get_x() for v in (10.0, 10.3, 10.7, 18.8, 44.4)]
    assert np.ptp(points) < 0.02


def test_the_line_does_not_dance_while_a_number_counts():
    number = Number(0, WHITE, places=0)
    height = number.height
    for value in range(1, 10):
        bottom = number.set_value(value)[0].get_bottom()[1]
        assert bottom == pytest.approx(number.get_bottom()[1])
        assert abs(number.height - height) < 0.03 * height


def test_a_number_keeps_size_colour_and_opacity():
    number = Number(1, "#00ff00", size=0.4).scale(1.5).set_opacity(0.5)
    height = number[0].height
    number.set_value(1234.56)
    assert number[0].height == pytest.approx(height, rel=0.02)
    assert number[-1].get_fill_color().to_hex() == "#00FF00"
    assert all(glyph.get_fill_opacity() == 0.5 for glyph in number)


def test_a_copied_number_counts_on_its_own():
    first = Number(1, WHITE)
    second = first.copy().set_value(22)
    assert (first.value, len(first)) == (1, 4)
    assert (second.value, len(second)) == (22, 5)


# --- the font ---
@pytest.mark.parametrize("path", FONTS, ids=lambda p: p.stem)
def test_the_font_has_every_character_that_is_written(path):
    font = ImageFont.truetype(str(path), 40)

    def drawn(character: str) -> bytes:
        picture = Image.new("L", (80, 60))
        ImageDraw.Draw(picture).text((5, 5), character, 255, font)
        return picture.tobytes()

    told = set("".join(p.read_text("utf-8") for p in TRANSLATIONS) + "0123456789,.+−%×σ")
    box = drawn("\uffff")  # what a font draws for a character that it does not have
    assert {c for c in told if not c.isspace() and drawn(c) == box} == set()


def test_there_are_translations_to_check():
    assert TRANSLATIONS
    for path in TRANSLATIONS:
        assert tomllib.loads(path.read_text("utf-8"))
