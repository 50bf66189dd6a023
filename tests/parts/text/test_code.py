"""Lines of Python: their glyphs and their parts."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.parts.text.code import Listing, code_block, code_line, dare_page, glyphs, tint
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


def test_a_listing_lies_on_its_panel():
    listing = Listing([LINE, "print(z)"], DARK, np.zeros(3))
    for side, inner in zip(("left", "right", "top", "bottom"), (1, -1, -1, 1), strict=True):
        panel, lines = (getattr(m, f"get_{side}")() for m in (listing.panel, listing.lines))
        assert (inner * (lines - panel))[:2].max() > 0.1
    assert len(listing.part(0, "W")) == 1


def test_the_page_of_the_dare_is_empty_between_its_first_line_and_its_last():
    page = dare_page(3)
    assert page[0] == "def read(pixels):" and page[-1].strip() == "return digit"
    assert page[1:-1] == [""] * 3


def test_a_cursor_blinks_where_the_second_line_begins():
    listing = Listing(dare_page(2), DARK, np.zeros(3), 0.3, 0.8)
    blink = listing.blink(DARK, 2)
    cursors = [animation.mobject for animation in blink.animations]
    assert len(cursors) == 2 and blink.remover
    first, last = listing.lines[0], listing.lines[-1]
    for cursor in cursors:
        assert last.get_top()[1] < cursor.get_bottom()[1] < cursor.get_top()[1]
        assert cursor.get_top()[1] < first.get_bottom()[1]
    one = blink.animations[0]
    one.begin()
    seen = []
    for share in (0.25, 0.75):
        one.interpolate(share)
        seen.append(one.mobject.get_stroke_opacity() > 0.5)
    assert seen == [True, False]
