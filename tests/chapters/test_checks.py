"""The checks find what they are to find."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from manim import DOWN, LEFT, RIGHT, UP, Group, Square, VGroup, config, tempconfig

from scenes.stage.batches import Cells
from scenes.stage.camera import StageCamera
from scenes.stage.text import Number, label
from tests.chapters import checks
from tests.conftest import SMALL

WHITE = "#ffffff"


@pytest.fixture
def look(tmp_path):
    """``look(*mobjects, zoom=1)``: what is seen of them."""
    with tempconfig(SMALL | {"media_dir": str(tmp_path)}):

        def run(*mobjects, zoom=1.0) -> list[checks.Seen]:
            camera = StageCamera()
            camera.frame.scale(1 / zoom)
            scene = SimpleNamespace(mobjects=mobjects, renderer=SimpleNamespace(camera=camera))
            return checks.seen(scene)[0]

        yield run


def test_texts_are_seen_as_wholes_and_shapes_one_by_one(look):
    group = Group(VGroup(label("Two words", WHITE), Number(1.5, WHITE)), VGroup(Square(), Square()))
    assert [t.text or t.name for t in look(group)] == ["Two words", "1.50", "Square", "Square"]


def test_what_cannot_be_seen_does_not_count(look):
    hidden = [label("a", WHITE).set_opacity(0), Square().set_stroke(width=0).set_fill(opacity=0),
              Cells([[0, 0, 0]], 1).set_opacity(0), Square().shift(20 * RIGHT),
              Cells([[0, 0, 0]], 1, fill=config.background_color.to_rgb())]  # fmt: skip
    assert look(*hidden) == []


def test_things_in_the_margin_are_found(look):
    inside, outside = Square(1).shift(6 * LEFT), Square(1).shift(6.2 * LEFT)
    assert checks.outside_margins(look(inside)) == []
    assert len(checks.outside_margins(look(outside, Cells([[0, 3.5, 0]], 0.5)))) == 2
    assert len(checks.outside_margins(look(inside, zoom=1.2))) == 1


def test_things_under_the_captions_are_found(look):
    square = Square(1)
    assert checks.under_captions(look(square.shift(2.4 * DOWN))) == []
    assert len(checks.under_captions(look(square.shift(0.3 * DOWN)))) == 1


def test_small_texts_are_found(look):
    assert checks.too_small(look(label("Good", WHITE, 0.2), label("×", WHITE, 0.2))) == []
    small = label("Good", WHITE, 0.17)
    assert len(checks.too_small(look(small, Number(3, WHITE, 0.15)))) == 2
    assert checks.too_small(look(small, zoom=1.3)) == []


def test_texts_on_each_other_are_found(look):
    first, second = label("One", WHITE), label("Two", WHITE)
    assert len(checks.overlapping(look(first, second))) == 1
    assert checks.overlapping(look(first, second.next_to(first, UP, buff=0.02))) == []
    assert checks.overlapping(look(first, Square())) == []
