"""The checks find what they are to find, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    CairoRenderer,
    FadeIn,
    FadeOut,
    FadeTransform,
    Group,
    Line,
    MovingCameraScene,
    Rectangle,
    Square,
    VGroup,
    config,
    tempconfig,
)

from netglow.scenes.engine.batches import Cells
from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.engine.writer import ClipWriter
from netglow.scenes.stage import theme as looks
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import Number, formula, label
from tests.chapters import checks, motion
from tests.chapters.contrast import Lens
from tests.chapters.playing import SMALL, WATCHED
from tests.chapters.watch import BLOCKS, Hold, Look, Watch, lasting

WHITE, GREY, DARK = "#ffffff", "#808080", "#303030"


@pytest.fixture
def shot(tmp_path):
    """``shot(*mobjects, zoom=1)``: a scene of a single picture."""
    with tempconfig(SMALL | {"media_dir": str(tmp_path), "background_color": "#000000"}):

        def run(*mobjects, zoom=1.0) -> SimpleNamespace:
            camera = StageCamera()
            camera.frame.scale(1 / zoom)
            return SimpleNamespace(mobjects=mobjects, renderer=SimpleNamespace(camera=camera))

        yield run


@pytest.fixture
def look(shot):
    """``look(*mobjects, zoom=1)``: what is seen of them."""
    return lambda *mobjects, zoom=1.0: checks.on_frame(shot(*mobjects, zoom=zoom))[0]


@pytest.fixture
def faint(shot):
    """``faint(*mobjects, zoom=1)``: the texts among them that are hard to read."""

    def run(*mobjects, zoom=1.0) -> list[str]:
        return [fault.line for fault in Lens(shot(*mobjects, zoom=zoom)).faint()]

    return run


class Run(MovingCameraScene):
    """A scene that does what ``act(scene)`` says, in front of the stage's camera."""

    duration_seconds = NetglowScene.duration_seconds

    def __init__(self, act) -> None:
        self.act = act
        renderer = CairoRenderer(ClipWriter, StageCamera)
        super().__init__(renderer=renderer, camera_class=StageCamera)

    def construct(self) -> None:
        self.act(self)


@pytest.fixture
def watched(tmp_path):
    """``watched(act)``: notes of a run of a scene that does ``act(scene)``."""
    with tempconfig(WATCHED | {"media_dir": str(tmp_path), "background_color": "#000000"}):

        def run(act) -> Watch:
            scene = Run(act)
            watch = Watch(scene)
            scene.renderer.file_writer.on_frame = watch.see
            scene.render()
            return watch

        yield run


def test_texts_are_seen_as_wholes_and_shapes_one_by_one(look):
    group = Group(VGroup(label("Two words", WHITE), Number(1.5, WHITE)), VGroup(Square(), Square()))
    assert [t.text or t.name for t in look(group)] == ["Two words", "1.50", "Square", "Square"]


def test_what_cannot_be_seen_does_not_count(look):
    hidden = [
        label("a", WHITE).set_opacity(0),
        Square().set_stroke(width=0).set_fill(opacity=0),
        Cells([[0, 0, 0]], 1).set_opacity(0),
        Square().shift(20 * RIGHT),
        Cells([[0, 0, 0]], 1, fill=config.background_color.to_rgb()),
    ]
    assert look(*hidden) == []


def test_things_in_the_margin_are_found(look):
    inside, outside = Square(1).shift(6 * LEFT), Square(1).shift(6.2 * LEFT)
    assert checks.outside_margins(look(inside)) == []
    assert len(checks.outside_margins(look(outside, Cells([[0, 3.5, 0]], 0.5)))) == 2
    assert len(checks.outside_margins(look(inside, zoom=1.2))) == 1


def test_things_under_the_captions_are_found(look):
    square, text = Square(1).shift(3.4 * DOWN), label("low", "#ffffff")
    assert checks.under_captions(look(square)) == []  # a picture may reach down there
    assert checks.under_captions(look(text.shift(2.7 * DOWN))) == []
    assert len(checks.under_captions(look(text.shift(0.4 * DOWN)))) == 1


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


# --- contrast ---
def test_faint_texts_are_found_by_their_colour(faint):
    faults = faint(
        label("Seen", GREY), label("Lost", DARK).shift(UP), Number(1.5, DARK).shift(DOWN)
    )
    assert [line.split(" at ")[0] for line in faults] == ["'Lost'", "'1.50'"]


def test_the_ratio_is_that_of_the_guidelines(faint):
    ground = Rectangle(width=20, height=10).set_fill(WHITE, 1)
    (faults,) = faint(ground, label("Grey", "#7b7b7b"))
    assert float(faults.split()[-1]) == pytest.approx(looks.contrast("#7b7b7b", WHITE), abs=0.02)
    assert faint(ground, label("Grey", "#757575")) == []


def test_opacity_counts(faint):
    assert faint(label("Half", WHITE).set_opacity(0.55)) == []
    assert len(faint(label("Third", WHITE).set_opacity(0.3))) == 1


def test_texts_are_judged_by_what_is_really_behind_them(faint):
    lamp = Cells([[0, 0, 0]], 1.0, fill=(1, 1, 1))
    text = label("On and beside a lamp", WHITE)
    assert len(faint(lamp, text)) == 1
    assert len(faint(text, lamp)) == 1  # partly hidden by it
    assert faint(lamp, label("On", "#000000")) == []
    assert faint(lamp, text.next_to(lamp, UP, buff=0.05)) == []


def test_lines_that_cross_a_text_do_not_hide_it(faint):
    assert faint(Line(LEFT + DOWN, RIGHT + UP, stroke_width=2), label("Crossed", WHITE)) == []


def test_thin_glyphs_are_judged_by_their_colour(faint):
    assert faint(label("i . - | l", WHITE, 0.2), formula("1 / (1 + e^(-z))", WHITE).shift(UP)) == []


def test_what_is_no_more_than_a_trace_is_not_there_to_be_read(faint):
    veil = Cells([[0, 0, 0]], 3.0, fill=(0, 0, 0), fill_alpha=0.93)
    assert faint(label("Gone", WHITE), veil) == []
    assert faint(label("Gone", WHITE).set_opacity(0.06)) == []
    assert len(faint(label("As dark as the ground", "#0c0c0c"))) == 1


def test_contrast_is_judged_where_the_camera_stands(faint):
    lamp = Cells([[3, 0, 0]], 1.0, fill=(1, 1, 1))
    assert len(faint(lamp, label("On", WHITE).shift(3 * RIGHT), zoom=1.5)) == 1
    assert faint(lamp, label("Beside", WHITE), zoom=1.5) == []


# --- what stays, and what moves through ---
def texts_on_each_other(watch: Watch) -> list[str]:
    return lasting(watch.looks, lambda look: checks.overlapping(look.solid))


def in_the_margin(watch: Watch) -> list[str]:
    return lasting(
        watch.looks,
        lambda look: checks.outside_margins(
            [thing for thing in look.things if thing.key in look.standing]
        ),
    )


def test_texts_that_lie_on_each_other_amid_a_section_are_found(watched):
    def act(scene):
        first, second = label("First", WHITE), label("Second", WHITE)
        scene.add(first, second.shift(2 * UP))
        scene.play(second.animate.shift(2 * DOWN))
        scene.wait(1)
        scene.play(second.animate.shift(2 * DOWN))

    assert len(texts_on_each_other(watched(act))) == 1


def test_texts_that_move_through_or_fade_into_each_other_are_not(watched):
    def act(scene):
        first, second = label("First", WHITE), label("Second", WHITE)
        scene.add(first, second.shift(3 * UP))
        scene.play(second.animate.shift(6 * DOWN), run_time=2)
        scene.play(FadeTransform(first, label("Third", WHITE)))
        scene.wait(1)

    assert texts_on_each_other(watched(act)) == []


def test_what_stands_in_the_margin_while_others_move_is_found(watched):
    def act(scene):
        square, other = Square(1).shift(5 * LEFT), Square(1)
        scene.add(square, other)
        scene.play(square.animate.shift(1.3 * LEFT), run_time=0.5)
        scene.play(other.animate.shift(3 * RIGHT), run_time=2)
        scene.play(FadeOut(square))

    assert len(in_the_margin(watched(act))) == 1


def test_what_leaves_the_frame_is_not(watched):
    def act(scene):
        square = Square(1)
        scene.add(square)
        scene.play(square.animate.shift(9 * LEFT), run_time=3)
        scene.wait(1)

    assert in_the_margin(watched(act)) == []


def test_texts_that_fade_are_not_faint(watched):
    def act(scene):
        text = label("Some words", WHITE)
        scene.play(FadeIn(text), run_time=3)
        scene.play(FadeOut(text), run_time=3)

    assert lasting(watched(act).looks, lambda look: look.faint) == []


def test_texts_left_faint_are_found_while_others_move(watched):
    def act(scene):
        square = Square(1).shift(2 * DOWN)
        scene.add(label("Some words", DARK), square)
        scene.play(square.animate.shift(RIGHT), run_time=2)

    faults = lasting(watched(act).looks, lambda look: look.faint)
    assert len(faults) == 1
    assert "'Some words' at (0.00, 0.00) has a contrast of" in faults[0]


# --- standing still ---
def dead(watch: Watch) -> list[str]:
    return motion.dead_times(watch.holds, watch.looks)


def test_a_picture_that_stands_long_is_found(watched):
    def act(scene, rest):
        square = Square()
        scene.add(square)
        scene.play(square.animate.shift(RIGHT), run_time=0.5)
        scene.wait(rest)
        scene.play(square.animate.shift(RIGHT), run_time=0.5)

    assert dead(watched(lambda scene: act(scene, 5.5))) == []
    (faults,) = dead(watched(lambda scene: act(scene, 6.5)))
    assert "0.5 to 7.1 s: the picture stands for 6.6 s" in faults  # with a play's first frame


def test_waits_and_plays_without_effect_are_one_hold(watched):
    def act(scene):
        square = Square()
        scene.add(square)
        scene.wait(2.2)
        scene.play(square.animate.shift(0 * RIGHT), run_time=2.2)
        scene.wait(2.2)

    assert len(dead(watched(act))) == 1


def test_slow_motion_is_motion(watched):
    def act(scene):
        square = Square(1).set_fill(WHITE, 1)
        scene.play(square.animate.shift(0.5 * RIGHT), run_time=8, rate_func=lambda t: t)

    assert dead(watched(act)) == []


def test_there_is_time_to_read_what_is_new(watched):
    def act(scene, words):
        scene.add(Square())
        scene.wait(1)
        scene.play(FadeIn(label(" ".join(["word"] * words), WHITE, 0.2)), run_time=0.5)
        scene.wait(8)

    assert dead(watched(lambda scene: act(scene, 21))) == []  # 7 s to read, and a second
    assert len(dead(watched(lambda scene: act(scene, 9)))) == 1


def test_old_texts_are_not_read_again():
    def look(time, *texts):
        things = [checks.Thing("Text", 0, 1, 0, 1, text) for text in texts]
        return Look(time, True, things, frozenset(), True, [])

    long = "a text of a good many words that takes quite some time to be read"
    looks = [look(0, long), look(20, long, "and two")]
    assert motion.dead_times([Hold(0, 6)], looks) == []
    assert motion.dead_times([Hold(13, 19.9)], looks) != []
    assert motion.dead_times([Hold(20, 27)], looks) != []
    assert motion.dead_times([Hold(20, 26)], looks) == []


# --- flashes ---
def blinking(a_second: float, low, high, rows=36, columns=64, seconds=3, rate=10) -> list[str]:
    """What is found in a picture whose upper left blinks between two linear colours."""
    starts = np.arange(seconds * rate) / rate
    light = np.zeros((len(starts), *BLOCKS, 3)) + 0.1
    on = (np.floor(starts * 2 * a_second + 1e-9) % 2).astype(bool)
    light[:, :rows, :columns] = np.where(on[:, None, None, None], high, low)
    return motion.flashes(light, starts)


def test_more_than_three_flashes_a_second_are_found():
    assert len(blinking(5, 0.1, 0.9)) == 1
    assert len(blinking(4, 0.1, 0.9)) == 1
    assert blinking(3, 0.1, 0.9) == []
    assert blinking(1, 0.1, 0.9) == []


def test_flashes_must_be_strong_and_dark_enough():
    assert blinking(5, 0.50, 0.59) == []
    assert len(blinking(5, 0.50, 0.61)) == 1
    assert blinking(5, 0.82, 0.98) == []


def test_flashes_must_fill_a_quarter_of_a_field():
    assert blinking(5, 0.1, 0.9, rows=5, columns=9) == []
    assert len(blinking(5, 0.1, 0.9, rows=9, columns=9)) == 1


def test_saturated_red_flashes_at_less():
    assert "red" in blinking(5, (0.01, 0, 0), (0.2, 0.01, 0.01))[0]
    assert blinking(5, (0.01, 0, 0), (0.1, 0.06, 0.06)) == []


def test_changes_one_after_the_other_are_no_flashes():
    rising = np.linspace(0, 1, 30)[:, None, None, None] * np.ones((*BLOCKS, 3))
    assert motion.flashes(rising, np.arange(30) / 10) == []
    sweep = np.zeros((30, *BLOCKS, 3))
    for k in range(30):
        sweep[k, :, 2 * k : 2 * k + 20] = 1
    assert motion.flashes(sweep, np.arange(30) / 10) == []


def test_flashes_of_a_scene_are_found(watched):
    def act(scene):
        lamp = Cells([[0, 0, 0]], 3.0)
        for _ in range(8):
            scene.add(lamp)
            scene.wait(1 / 8)
            scene.remove(lamp)
            scene.wait(1 / 8)

    watch = watched(act)
    assert len(motion.flashes(np.array(watch.light), np.array(watch.starts))) == 1
