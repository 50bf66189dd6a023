"""Every clip of the catalog: its length, its sections, its words, and order in its pictures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from netglow.scenes.catalog import CLIPS, Clip
from netglow.scenes.stage.scene import NetglowScene
from tests.chapters import checks, motion
from tests.chapters.watch import Look, Watch, lasting

# Sections played instead of another one: for a network that never errs, or (with a suffix of the
# other's name) for another activation.
ALTERNATIVES = {"never-wrong"}
LIGHT = {"digit": 7, "theme": "light"}  # as in the tests of most chapters, so it is played once


@pytest.fixture(scope="module", params=CLIPS, ids=lambda clip: clip.name)
def clip(request) -> Clip:
    return request.param


@pytest.fixture(scope="module")
def watched(clip, watch) -> Watch:
    return watch(clip.name)


@pytest.fixture(scope="module")
def scene(clip, play) -> NetglowScene:
    return play(clip.name)


def test_it_is_as_long_as_the_catalog_says(clip, play_anew):
    """In the default voice."""
    spoken = play_anew(clip.name, voice="hibari")
    assert spoken.duration_seconds == pytest.approx(clip.seconds, abs=2)
    assert len(list(spoken.soundtrack.sentences)) == sum(len(s.sentences) for s in spoken.sections)


def test_every_section_of_the_words_is_played_in_order(scene):
    played, written = [mark.name for mark in scene.sections], list(scene.script.sections)
    assert played == sorted(played, key=written.index)
    assert len(set(played)) == len(played)
    # a variant's name is that of the usual section with a suffix
    usual = {min((n for n in written if f"{p}-".startswith(f"{n}-")), key=len) for p in played}
    instead = {n for n in written if any(n.startswith(f"{name}-") or n == name for name in usual)}
    assert set(written) - set(played) <= instead | ALTERNATIVES


def test_sections_cover_the_clip_without_gaps(scene):
    ends = [0.0, *(mark.end for mark in scene.sections)]
    assert [mark.start for mark in scene.sections] == ends[:-1]
    assert ends[-1] == pytest.approx(scene.duration_seconds)


def test_cues_lie_inside_the_clip_one_after_the_other(scene):
    assert scene.cues[0].start >= 0
    assert scene.cues[-1].end <= scene.duration_seconds + 1e-6
    for before, after in zip(scene.cues, scene.cues[1:], strict=False):
        assert before.start < before.end <= after.start + 1e-6


def test_titles_and_cues_have_all_their_numbers(clip, scene):
    texts = [mark.title for mark in scene.sections] + [cue.text for cue in scene.cues]
    assert not [text for text in texts if "{" in text or "}" in text]
    assert scene.script.title == clip.title


def test_a_poster_is_marked(scene):
    assert scene.poster_frame is not None, "call self.mark_poster() at the best moment"
    assert scene.poster_frame[..., :3].std() > 5


# --- pictures: what stays wrong for a while, or when a section ends ---
Check = Callable[[list[checks.Thing]], list[checks.Fault]]


def none_of(lines: list[str]) -> None:
    """Fail with the lines, if there are any."""
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def look_at(watched: Watch, check: Check, moved_camera: bool = True) -> None:
    """Fail with all that a check finds wrong with what stands.

    ``moved_camera`` False leaves out moments at which the camera is not at its usual place.
    """

    def standing(look: Look) -> list[checks.Fault]:
        there = [thing for thing in look.things if thing.key in look.standing]
        return check(there) if look.at_home or moved_camera else []

    none_of(lasting(watched.looks, standing))


def test_something_is_to_be_seen_at_the_end_of_every_section(scene):
    assert all(things for things, _ in scene.section_ends.values())


def test_nothing_reaches_into_the_margins(watched):
    look_at(watched, checks.outside_margins, moved_camera=False)


def test_no_text_reaches_into_the_margins_under_a_moved_camera(watched):
    look_at(watched, lambda things: checks.outside_margins([t for t in things if t.text]))


def test_nothing_lies_where_captions_are_laid(watched):
    look_at(watched, checks.under_captions, moved_camera=False)


def test_every_text_is_large_enough_to_read(watched):
    look_at(watched, checks.too_small)


def test_no_text_lies_on_another(watched):
    none_of(lasting(watched.looks, lambda look: checks.overlapping(look.solid)))


def test_every_text_stands_out_from_what_is_behind_it(watched):
    none_of(lasting(watched.looks, lambda look: look.faint))


def test_every_text_stands_out_in_the_light_theme(clip, play):
    """At the end of every section; its colours are all that differs from the dark theme."""
    faint = play(clip.name, **LIGHT).faint_texts
    assert faint
    none_of([f"{name}: {fault.line}" for name, faults in faint.items() for fault in faults])


def test_threads_are_drawn_on_paper_under_the_image_they_leave(clip, play):
    """Not one image for longer than an animation: things that go may lie on it."""
    veiled = set(play(clip.name, **LIGHT).veiled)
    none_of([f"animation {n}: {what}" for n, what in veiled if (n - 1, what) in veiled])


# --- the run as a whole ---
def test_no_picture_stands_long_with_nothing_to_read(watched):
    none_of(motion.dead_times(watched.holds, watched.looks))


def test_nothing_flashes(watched):
    none_of(motion.flashes(np.array(watched.light), np.array(watched.starts)))
