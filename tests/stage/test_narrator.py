"""The narrator, without a picture: whose turn it is, and when everything was said."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.stage.captions import Script, Section, seconds_to_read
from netglow.scenes.stage.narrator import BREATH, LEAD, PAUSE, Narrator, soundtrack, spoken
from netglow.scenes.voice.sound import RATE

SCRIPT = Script(
    "Title",
    {
        "one": Section("The {n}", ("This is number {n}.", "And this.")),
        "two": Section("Two", ("That was all.",)),
    },
    {},
)


def test_sentences_are_said_in_order_and_their_times_kept():
    narrator = Narrator("Clip", SCRIPT)
    narrator.open("one", (), {"n": 7})
    narrator.say(10.0)
    assert narrator.rest(10.0) == pytest.approx(seconds_to_read("This is number 7."))
    assert narrator.rest(10.5) == pytest.approx(narrator.rest(10.0) - 0.5)
    narrator.pause(12.0)
    assert narrator.rest(12.0) == 0 and narrator.has_more
    narrator.say(12.0)
    narrator.pause(15.0)
    assert not narrator.has_more
    narrator.close("one", 9.0, 15.5, {"n": 7})
    (played,) = narrator.sections
    assert (played.name, played.title, played.start, played.end) == ("one", "The 7", 9.0, 15.5)
    assert played.sentences == ((10.0, 12.0), (12.0, 15.0))
    assert [cue.text for cue in narrator.cues] == ["This is number 7.", "And this."]
    narrator.forget()
    assert narrator.sections == narrator.cues == []


def test_more_is_said_than_there_is():
    narrator = Narrator("Clip", SCRIPT)
    narrator.open("two", (), {})
    narrator.say(0.0)
    narrator.pause(1.0)
    with pytest.raises(ValueError, match="Clip: the section has no more sentences to say"):
        narrator.say(1.0)


def test_a_section_that_failed_leaves_no_sentence_behind():
    narrator = Narrator("Clip", SCRIPT)
    narrator.open("one", (), {"n": 7})
    narrator.say(10.0)  # and an error ends the section here
    narrator.open("two", (), {})
    assert narrator.rest(20.0) == 0
    narrator.say(20.0)
    narrator.pause(22.0)
    narrator.close("two", 20.0, 22.0, {})
    assert [cue.text for cue in narrator.cues] == ["That was all."]


def test_pausing_twice_counts_once():
    narrator = Narrator("Clip", SCRIPT)
    narrator.open("two", (), {})
    narrator.pause(0.5)
    narrator.say(1.0)
    narrator.pause(2.0)
    narrator.pause(3.0)
    narrator.close("two", 0.0, 3.0, {})
    assert narrator.sections[0].sentences == ((1.0, 2.0),)


def test_a_section_of_ones_own_leaves_the_script_as_it_was():
    narrator = Narrator("Clip", SCRIPT)
    narrator.open("mine", ("One sentence.",), {})
    narrator.say(0.0)
    narrator.pause(1.0)
    narrator.close("mine", 0.0, 1.0, {})
    assert narrator.sections[0].title == "mine"
    assert "mine" in narrator.script.sections and "mine" not in SCRIPT.sections


def test_a_section_without_words():
    with pytest.raises(LookupError, match="Clip: the section 'three' has no words"):
        Narrator("Clip", SCRIPT).open("three", (), {})


# --- with a voice ---
class Clock:
    """A teller whose sentences take a tenth of a second for every letter."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def tell(self, place: str, aloud: str) -> np.ndarray:
        self.told.append((place, aloud))
        return np.zeros(round(len(aloud) * RATE / 10), np.float32)


SPOKEN = Script(
    "Title",
    {
        "one": Section("One", ("It is −{n}.", "{n} is “σ”."), {1: "And that is all about {n}."}),
        "two": Section("Two", ("Then.",)),
    },
    {},
)


def test_a_sentence_lasts_as_long_as_it_is_spoken():
    clock = Clock()
    narrator = Narrator("Clip", SPOKEN, clock)
    narrator.open("one", (), {"n": 7})
    narrator.say(10.0)
    assert narrator.rest(10.0) == pytest.approx(LEAD + len("It is minus seven.") / 10 + BREATH)
    narrator.pause(13.0)
    narrator.say(13.0)
    assert narrator.rest(14.0) == pytest.approx(
        len("And that is all about seven.") / 10 + PAUSE - 1
    )
    narrator.pause(17.0)
    narrator.close("one", 9.0, 17.0, {"n": 7})
    assert clock.told == [
        ("Clip.one.1", "It is minus seven."),
        ("Clip.one.2", "And that is all about seven."),
    ]
    (played,) = narrator.sections
    assert played.sentences == (pytest.approx((10.3, 12.1)), pytest.approx((13.0, 15.8)))
    written = [(cue.text, cue.start, cue.end) for cue in narrator.cues]
    assert [text for text, *_ in written] == ["It is −7.", "7 is “σ”."]
    assert [time for _, *times in written for time in times] == pytest.approx(
        [10.3, 12.1, 13, 15.8]
    )


def test_what_is_shown_is_what_is_being_said():
    narrator = Narrator("Clip", SPOKEN, Clock())
    narrator.open("one", (), {"n": 7})
    assert narrator.shown(10.0) is None
    narrator.say(10.0)
    assert [narrator.shown(t) for t in (10.29, 10.31, 12.0, 12.2)] == [
        None,
        "It is −7.",
        "It is −7.",
        None,
    ]
    narrator.pause(12.0)
    assert narrator.shown(10.5) is None


def test_without_a_voice_a_caption_is_shown_until_the_next_sentence():
    narrator = Narrator("Clip", SPOKEN)
    narrator.open("one", (), {"n": 7})
    narrator.say(10.0)
    late = 10.0 + seconds_to_read("It is −7.") + 3
    assert narrator.shown(10.1) == "It is −7."
    assert narrator.shown(late) == "It is −7."


def test_the_sound_of_what_was_played():
    clock = Clock()
    narrator = Narrator("Clip", SPOKEN, clock)
    for name, start in (("one", 0.0), ("two", 20.0)):
        narrator.open(name, (), {"n": 7})
        while narrator.has_more:
            narrator.say(start)
            start += 5
            narrator.pause(start)
        narrator.close(name, start, start, {"n": 7})
    first, clock.told = clock.told, []
    said = list(spoken("Clip", narrator.script, narrator.sections, clock, 100.0))
    assert [placed.start for placed in said] == [100.3, 105.0, 120.3]
    assert clock.told == []  # only when its turn comes
    assert [len(placed.load()) for placed in said] == [86_400, 134_400, 24_000]
    assert clock.told == first
    silent = soundtrack("Clip", narrator.script, narrator.sections, None, 30.0)
    assert silent is None
    track = soundtrack("Clip", narrator.script, narrator.sections, clock, 30.0)
    assert track.length == 30 * RATE and len(track.sentences) == 3
