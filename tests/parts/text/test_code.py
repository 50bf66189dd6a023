"""Lines of Python: their glyphs, their parts, and what they really print."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.text.code import (
    Listing,
    Printed,
    code_block,
    code_line,
    glyphs,
    run_lines,
    tint,
)
from netglow.scenes.stage.theme import DARK

LINE = "z = W @ a0 + b"


@pytest.mark.parametrize("text", [LINE, 'print("a\\n")', "x = -1.5", "[0.   1.25]"])
def test_a_line_has_a_glyph_for_every_character_but_spaces(text):
    assert len(code_line(text, "#ffffff", 0.25)) == len(text.replace(" ", ""))


def test_characters_stand_in_columns():
    line = code_line("HxH  H", "#ffffff", 0.25)
    left = [line[i].get_left()[0] for i in (0, 2, 3)]
    assert left[2] - left[1] == pytest.approx(1.5 * (left[1] - left[0]), rel=1e-3)
    assert line[0].height == pytest.approx(0.25, rel=0.01)


def test_the_base_line_does_not_depend_on_the_letters():
    high, low = code_line("H", "#ffffff", 0.25), code_line("Hgp_", "#ffffff", 0.25)
    assert high[0].get_bottom()[1] == pytest.approx(low[0].get_bottom()[1], abs=1e-6)
    lines = code_block(["H", "H"], "#ffffff", 0.25, 0.5)
    assert lines[0].get_y() - lines[1].get_y() == pytest.approx(0.5)


def test_parts_are_found_and_tinted():
    line = code_line(LINE, "#ffffff", 0.25)
    assert len(glyphs(line, LINE, "a0")) == 2
    assert glyphs(line, LINE, "b")[0] is line[-1]
    with pytest.raises(ValueError):
        glyphs(line, LINE, "c")
    tint(line, LINE, "b", "#ff0000")
    assert line[-1].get_fill_color().to_hex().lower() == "#ff0000"
    assert line[0].get_fill_color().to_hex().lower() == "#ffffff"


def test_lines_really_run():
    text, names = run_lines(
        ["import numpy as np", "y = 2 * x", "print(y.round(1))"], 20, x=np.arange(8) / 3
    )
    assert np.array_equal(names["y"], 2 * np.arange(8) / 3)
    assert len(text.split("\n")) > 1 and max(map(len, text.split("\n"))) <= 20
    assert np.allclose(np.fromstring(text.strip("[]"), sep=" "), (2 * np.arange(8) / 3).round(1))


def test_a_listing_lies_on_its_panel():
    listing = Listing([LINE, "print(z)"], DARK, np.zeros(3))
    for side, inner in zip(("left", "right", "top", "bottom"), (1, -1, -1, 1), strict=True):
        panel, lines = (getattr(m, f"get_{side}")() for m in (listing.panel, listing.lines))
        assert (inner * (lines - panel))[:2].max() > 0.1
    assert len(listing.part(0, "W")) == 1


@pytest.mark.parametrize("values", [np.linspace(0, 1, 16), np.linspace(-3, 40, 32), np.zeros(3)])
def test_what_is_printed_has_a_spot_above_every_number(values):
    text, _ = run_lines(["print(v.round(2))"], 42, v=values)
    printed = Printed(text, DARK, np.zeros(3), 2.6)
    assert np.allclose(printed.numbers, values.round(2))
    assert printed.spots.shape == (len(values), 3)
    assert printed.get_bottom()[1] > -2.65 and printed.get_top()[1] < 0
    assert printed.spots[:, 1].max() + printed.radius == pytest.approx(0)
    rows = sorted(set(printed.spots[:, 1].round(6)))
    assert len(rows) == text.count("\n") + 1
    for line, y in zip(printed, rows[::-1], strict=True):
        assert 0 < y - printed.radius - line.get_top()[1] < 0.2
