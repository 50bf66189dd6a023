"""The headline: one line at a time, in its place."""

import pytest
from manim import Scene, tempconfig

from netglow.scenes.parts.text.baseline import baseline
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.stage.text import label
from netglow.scenes.stage.theme import DARK


@pytest.fixture
def scene(tmp_path):
    small = {
        "dry_run": True,
        "media_dir": str(tmp_path),
        "verbosity": "ERROR",
        "progress_bar": "none",
    }
    with tempconfig(small):
        yield Scene()


def drawn(scene):
    return [
        m.original_text for m in scene.get_mobject_family_members() if hasattr(m, "original_text")
    ]


def test_a_line_replaces_the_one_before(scene):
    headline = Headline(DARK, 2.0)
    scene.play(headline.write("first"))
    assert drawn(scene) == ["first"]
    scene.play(headline.change(label("second", DARK.text)))
    assert drawn(scene) == ["second"]
    scene.play(headline.write("third", "wrong"))
    assert drawn(scene) == ["third"]
    assert headline.line.get_center()[:2] == pytest.approx([0, 2.0])
    assert headline.line.get_color().to_hex() == DARK.wrong.upper()


def test_lines_flush_left_stand_on_one_height_whatever_their_letters():
    headline = Headline(DARK, 3.1, left=-6.4, size=0.3)
    for text in ("no tails", "gypsy jumps"):
        headline.write(text)
        assert headline.line.get_left()[0] == pytest.approx(-6.4)
        assert baseline(headline.line) == pytest.approx(3.1)


def test_replacing_hands_back_the_line_there_was_and_draws_nothing(scene):
    headline = Headline(DARK)
    first, second = label("first", DARK.text), label("second", DARK.text)
    assert headline.replace(first) is None
    assert headline.replace(second) is first
    assert headline.line is second and not scene.mobjects
