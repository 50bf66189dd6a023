"""Narration: short cues, valid caption files, and translations that agree with each other."""

from __future__ import annotations

import html
import re
import string
import tomllib

import numpy as np
import pytest
import srt
from hypothesis import given, settings
from hypothesis import strategies as st

from netglow.netcore.digits import ASSETS
from netglow.scenes.stage import captions
from netglow.scenes.stage.captions import (
    LINE,
    LONGEST,
    SHORTEST,
    Cue,
    cut,
    languages,
    load_script,
    seconds_to_read,
    to_srt,
    to_vtt,
)
from netglow.scenes.voice.spelling import speller

FILES = sorted((ASSETS / "lang").glob("*/*.toml"))
ENGLISH = [path for path in FILES if path.parent.name == "en"]
CUES = [
    Cue(0, 1.5, "One line."),
    Cue(1.5, 4.0004, "Two lines,\nhere."),
    Cue(3599.9996, 3661.25, "Later: a < b & c."),
]


def told(path) -> dict:
    """A words file; of a sentence with two forms the one that is written."""
    table = tomllib.loads(path.read_text("utf-8"))
    for section in table["sections"].values():
        section["say"] = [s if isinstance(s, str) else s["write"] for s in section["say"]]
    return table


def said(path) -> list[str]:
    """All sentences of a file, in order."""
    return [sentence for section in told(path)["sections"].values() for sentence in section["say"]]


def sentences() -> list[str]:
    """Two hundred sentences of 1 to 25 words of 1 to 11 letters."""
    rng = np.random.default_rng(5)
    return [" ".join("m" * k for k in rng.integers(1, 12, rng.integers(1, 26))) for _ in range(200)]


# --- cutting ---
def test_cues_have_at_most_two_short_lines():
    for sentence in sentences():
        for cue in cut(sentence, 0, seconds_to_read(sentence)):
            lines = cue.text.split("\n")
            assert 1 <= len(lines) <= 2
            assert max(map(len, lines)) <= LINE == 42


def test_cues_stay_between_one_and_seven_seconds():
    for sentence in sentences():
        for cue in cut(sentence, 10, 10 + seconds_to_read(sentence)):
            assert SHORTEST - 1e-9 <= cue.end - cue.start <= LONGEST + 1e-9


def test_cues_follow_each_other_and_say_everything():
    for sentence in sentences():
        cues = cut(sentence, 3, 3 + seconds_to_read(sentence))
        assert " ".join(cue.text.replace("\n", " ") for cue in cues) == sentence
        assert cues[0].start == 3
        for before, after in zip(cues, cues[1:], strict=False):
            assert before.end <= after.start


def test_a_sentence_over_a_long_picture_does_not_stay_for_ever():
    (cue,) = cut("Look at that.", 2, 30)
    assert (cue.start, cue.end) == (2, 2 + LONGEST)


def test_two_lines_are_about_equally_long():
    (cue,) = cut("This network has 32 hidden neurons and 10 outputs, one each.", 0, 5)
    first, second = map(len, cue.text.split("\n"))
    assert abs(first - second) <= 10


def test_words_are_not_broken():
    sentence = "Die Wahrscheinlichkeitsverteilung hier zählt."
    (cue,) = cut(sentence, 0, 4)
    assert cue.text.replace("\n", " ") == sentence


def test_no_line_ends_in_a_space():
    """The wrapping leaves one before a word that it breaks."""
    for cue in cut(f"{'a' * (LINE - 1)} {'b' * 3 * LINE}", 0.0, 9.0):
        assert [line for line in cue.text.split("\n") if line != line.strip()] == []


def test_only_a_word_longer_than_a_line_is_broken():
    (cue,) = cut("m" * 60, 0, 4)
    assert [len(line) for line in cue.text.split("\n")] == [42, 18]


def test_the_pace_is_150_words_a_minute():
    assert seconds_to_read("word " * 25) == pytest.approx(10.3)
    assert seconds_to_read("Yes.") == pytest.approx(1.3)


# --- files ---
def test_vtt_has_the_syntax_of_webvtt():
    moment = r"(?:\d\d+:)?[0-5]\d:[0-5]\d\.\d{3}"
    text = to_vtt(CUES)
    assert re.fullmatch(rf"WEBVTT\n\n(?:{moment} --> {moment}\n(?:.+\n)+\n?)+", text)
    assert "00:00:01.500 --> 00:00:04.000\nTwo lines,\nhere.\n" in text
    assert "01:00:00.000 --> 01:01:01.250" in text
    assert "a &lt; b &amp; c." in text  # the two characters that WebVTT reserves


def test_srt_is_read_back_as_it_was_written():
    read = list(srt.parse(to_srt(CUES)))
    assert [item.content for item in read] == [cue.text for cue in CUES]
    assert [item.index for item in read] == [1, 2, 3]
    for item, cue in zip(read, CUES, strict=True):
        assert item.start.total_seconds() == pytest.approx(cue.start, abs=6e-4)
        assert item.end.total_seconds() == pytest.approx(cue.end, abs=6e-4)


# --- translation files ---
GOOD = 'title = "T"\n[sections.one]\ntitle = "One"\nsay = ["Hello."]\n'


@pytest.fixture
def script(tmp_path, monkeypatch):
    """``script(text)``: a script loaded from a file with that text."""
    monkeypatch.setattr(captions, "ASSETS", tmp_path)
    (tmp_path / "lang" / "en").mkdir(parents=True)

    def load(content: str, chapter: str = "chapter"):
        (tmp_path / "lang" / "en" / "chapter.toml").write_text(content, "utf-8")
        return load_script.__wrapped__(chapter)

    return load


def test_a_script_has_titles_sections_and_labels(script):
    loaded = script(GOOD + '[labels]\nname = "Name {n}"\n')
    assert loaded.title == "T"
    assert loaded.sections["one"].say == ("Hello.",)
    assert loaded.labels == {"name": "Name {n}"}


@pytest.mark.parametrize(
    "content, message",
    [
        ("title = ", r"not valid TOML: .*; mend the file"),
        (GOOD.replace('title = "T"', ""), "'title' is missing"),
        (GOOD.replace('title = "One"', ""), "'title' is missing"),
        (GOOD.replace("say", "words"), "'say' is missing"),
        ('title = "T"', "'sections' is missing"),
        (
            GOOD.replace('["Hello."]', '"Hello."'),
            "'say' must be a list of sentences, .*, not 'Hello.'",
        ),
        (GOOD.replace('["Hello."]', "[]"), "'say' must be a list of sentences"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_it(script, content, message):
    with pytest.raises(ValueError, match=message) as caught:
        script(content)
    assert "\n" not in str(caught.value)
    assert "chapter.toml" in str(caught.value)


def test_a_missing_file_says_what_to_write(script):
    with pytest.raises(ValueError, match=r"other\.toml: no words for 'other' in language 'en'"):
        script(GOOD, chapter="other")


def test_english_is_there():
    assert "en" in languages()
    assert ENGLISH


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_translation_has_the_sections_sentences_and_numbers_of_the_english(path):
    def braces(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    ours, english = told(path), told(ASSETS / "lang" / "en" / path.name)
    assert list(ours["sections"]) == list(english["sections"])
    assert set(ours.get("labels", {})) == set(english.get("labels", {}))
    for name, text in english.get("labels", {}).items():
        assert braces(ours["labels"][name]) == braces(text)
    for name, section in english["sections"].items():
        assert braces(" ".join(ours["sections"][name]["say"])) == braces(" ".join(section["say"]))
        assert len(ours["sections"][name]["say"]) == len(section["say"])
        assert braces(ours["sections"][name]["title"]) <= braces(
            " ".join(section["say"]) + section["title"]
        )


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_what_is_said_fits_into_cues(path):
    for sentence in said(path):
        for cue in cut(sentence, 0, seconds_to_read(sentence)):
            # pieces are shared out by clauses, so one may be a little longer than its share
            assert SHORTEST <= cue.end - cue.start <= 1.15 * LONGEST, cue.text


# --- any sentence ---
words = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30)
any_sentence = st.lists(words, min_size=1, max_size=60).map(" ".join)
quick = settings(derandomize=True, deadline=None, max_examples=80)


@quick
@given(any_sentence, st.floats(0, 3600), st.floats(0.5, 60))
def test_cues_of_any_sentence_are_all_of_it_in_order(sentence, start, seconds):
    cues = captions.cut(sentence, start, start + seconds)
    assert "".join("".join(cue.text.split()) for cue in cues) == "".join(sentence.split())
    assert cues[0].start == start and cues[-1].end <= start + seconds + 1e-6
    for cue in cues:
        lines = cue.text.split("\n")
        assert len(lines) <= captions.LINES and max(map(len, lines)) <= captions.LINE
        # lines of uneven length may share out a sentence unevenly
        assert 0 < cue.end - cue.start <= 1.5 * captions.LONGEST
    for before, after in zip(cues, cues[1:], strict=False):
        assert before.end <= after.start + 1e-6


@quick
@given(st.lists(any_sentence, min_size=1, max_size=4))
def test_both_kinds_of_caption_files_can_be_read_back(texts):
    cues = [cue for i, text in enumerate(texts) for cue in captions.cut(text, 7.0 * i, 7.0 * i + 6)]
    read = list(srt.parse(captions.to_srt(cues)))
    assert [item.content for item in read] == [cue.text for cue in cues]
    blocks = captions.to_vtt(cues).strip().split("\n\n")[1:]
    assert [html.unescape(block.partition("\n")[2]) for block in blocks] == [c.text for c in cues]
    for item, cue in zip(read, cues, strict=True):
        assert item.start.total_seconds() == pytest.approx(cue.start, abs=1e-3)
        assert item.end.total_seconds() == pytest.approx(cue.end, abs=1e-3)


def test_a_sentence_that_takes_long_to_say_is_shown_to_its_end():
    sentence = "Twelve thousand nine hundred and sixty weights and all of them are really there."
    cues = captions.cut(sentence, 1.0, 9.9)
    assert cues[0].start == 1.0 and cues[-1].end == pytest.approx(9.9)
    assert len(cues) == 2 and max(cue.end - cue.start for cue in cues) < captions.LONGEST
    assert cues[0].end == cues[1].start


def test_pieces_are_shared_out_by_how_they_are_said():
    sentence = "1,234,567 1,234,567 1,234,567 1,234,567 and then some more words that are short"
    plain, said = captions.cut(sentence, 0, 10), captions.cut(sentence, 0, 10, speller("en"))
    assert said[0].end > plain[0].end + 1
