"""The narrator, without a picture: whose turn it is, and when everything was said."""

from __future__ import annotations

import pytest

from netglow.scenes.stage.captions import Script, Section, seconds_to_read
from netglow.scenes.stage.narrator import Narrator

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
