"""Sections: sections without gaps, time to read every sentence, cues where they belong."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, Dot, config

from netglow.scenes.catalog import clip_named
from netglow.scenes.stage.captions import load_script, seconds_to_read
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import rgb
from tests.filming import WORDS

FRAME = 0.1  # seconds, at the ten frames a second of these tests
SENTENCES = ["One two three four five.", "And 7 more words.", "Short."]


def move(scene: NetglowScene, seconds: float) -> None:
    scene.play(Dot().animate.shift(RIGHT), run_time=seconds)


def two_sections(scene: NetglowScene) -> None:
    with scene.section("first", n=7):
        move(scene, 1.0)
        scene.say()
        move(scene, 4.0)
    with scene.section("second"):
        move(scene, 0.5)


@pytest.fixture(params=[False, True], ids=["drawn", "skipped"])
def played(request, chapter) -> NetglowScene:
    return chapter(two_sections, skip_animations=request.param)


# --- time ---
def test_sections_cover_the_clip_without_gaps(played):
    first, second = played.sections
    assert first.start == 0
    assert first.end == second.start
    assert second.end == pytest.approx(played.duration_seconds)


def test_sections_are_named_and_titled(played):
    assert [(s.name, s.title) for s in played.sections] == [
        ("first", "First of 7"),
        ("second", "Second"),
    ]


def test_every_sentence_has_time_to_be_said(played):
    begins = [
        played.cues[0].start,
        played.cues[1].start,
        played.cues[2].start,
        played.duration_seconds,
    ]
    for sentence, begin, end in zip(SENTENCES, begins, begins[1:], strict=False):
        assert end - begin >= seconds_to_read(sentence) - 2 * FRAME - 1e-9


def test_a_picture_that_takes_longer_is_not_followed_by_a_wait(chapter):
    def slow(scene) -> None:
        with scene.section("second"):
            move(scene, 6.0)

    assert chapter(slow).duration_seconds == pytest.approx(6.0)


def test_a_section_without_a_picture_lasts_as_long_as_its_words(chapter):
    def still(scene) -> None:
        with scene.section("first", n=7):
            pass

    expected = sum(map(seconds_to_read, SENTENCES[:2]))
    assert chapter(still).duration_seconds == pytest.approx(expected, abs=2 * FRAME)


# --- words ---
def test_cues_say_every_sentence_with_its_numbers(played):
    assert [cue.text for cue in played.cues] == SENTENCES


def test_cues_lie_inside_their_section_and_do_not_overlap(played):
    first, second = played.sections
    for cue, section in zip(played.cues, (first, first, second), strict=True):
        assert section.start <= cue.start < cue.end <= section.end + 1e-9
    for before, after in zip(played.cues, played.cues[1:], strict=False):
        assert before.end <= after.start


def test_sentences_nobody_asked_for_are_said_at_the_end(chapter):
    def hasty(scene) -> None:
        with scene.section("first", n=7):
            move(scene, 0.5)

    assert [cue.text for cue in chapter(hasty).cues] == SENTENCES[:2]


def test_one_say_too_many_is_told(chapter):
    def talkative(scene) -> None:
        with scene.section("second"):
            scene.say()

    with pytest.raises(ValueError, match=r"^Chapter: the section has no more sentences to say$"):
        chapter(talkative)


def test_texts_of_the_picture_take_numbers(chapter):
    told = []
    chapter(lambda scene: told.append(scene.words("answer", digit=3)))
    assert told == ["It is 3"]


def test_the_words_are_those_of_the_module(story, tiny):
    assert clip_named("Bias").load()(story=story).script == load_script("bias")


def test_a_scene_of_somebody_else_brings_its_words(story, tiny):
    class Own(NetglowScene):
        def construct(self):
            with self.section("It moves", "One {n}.", "Two.", n=3):
                move(self, 0.5)

    scene = Own(story=story, skip_animations=True)
    scene.render()
    assert [section.title for section in scene.sections] == ["It moves"]
    assert [cue.text for cue in scene.cues] == ["One 3.", "Two."]
    assert [item.content for item in scene.renderer.file_writer.subcaptions] == ["One 3.", "Two."]


def test_a_section_without_words_is_told(story, tiny):
    class Silent(NetglowScene):
        def construct(self):
            with self.section("It moves"):
                move(self, 0.5)

    with pytest.raises(LookupError, match=r"^Silent: the section 'It moves' has no words; give it"):
        Silent(story=story, skip_animations=True).render()


# --- look ---
def test_labels_numbers_and_formulas_have_the_colour_of_a_role(chapter, story):
    made = []

    def write(scene) -> None:
        made.extend(
            [scene.label("a", "wrong"), scene.number(1, "wrong"), scene.formula("x", "wrong")]
        )

    chapter(write)
    for mobject in made:
        glyph = mobject.family_members_with_points()[0]
        assert glyph.get_fill_color().to_hex().lower() == story.theme.wrong


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_frame_has_the_themes_ground(tiny, name):
    story = Story.choose(theme=name)
    kind = type(
        "Chapter",
        (NetglowScene,),
        {"script": WORDS, "construct": lambda scene: scene.mark_poster()},
    )
    scene = kind(story=story, skip_animations=True)
    scene.render()
    assert config.background_color.to_hex().lower() == story.theme.background
    np.testing.assert_allclose(
        scene.poster_frame[0, 0, :3], 255 * rgb(story.theme.background), atol=1
    )
    assert scene.camera.darken == story.theme.is_light


def test_the_poster_is_the_picture_at_its_moment(chapter):
    def construct(scene) -> None:
        dot = Dot(radius=1)
        scene.add(dot)
        with scene.section("second"):
            scene.play(dot.animate.shift(3 * RIGHT), run_time=0.3)
            scene.mark_poster()
            scene.play(dot.animate.shift(3 * RIGHT), run_time=0.3)

    for skip in (False, True):
        poster = chapter(construct, skip_animations=skip).poster_frame[..., :3].astype(int)
        assert poster[45, 80 + 34].min() == 255
        assert poster[45, 80].max() < 60
        assert poster[45, 80 + 68].max() < 60


def test_a_scene_without_a_poster_has_none(played):
    assert played.poster_frame is None
