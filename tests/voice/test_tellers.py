"""An engine or recordings, asked for one sentence after the other."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.voice.kept import FOLDER
from netglow.scenes.voice.sentence import LEVEL
from netglow.scenes.voice.speech import Speech, VoiceError
from netglow.scenes.voice.tellers import Recordings, Speaker
from tests.voice.sounds import RATE, lufs, noise, tone
from tests.voice.test_sound import save
from tests.voice.voices import Hum


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path / "kept"))


def test_each_sentence_is_spoken_once():
    voice = Hum()
    one, other = Speaker("hum", voice, "en"), Speaker("hum", voice, "en")
    first = one.tell("A.b.1", "hello there")
    np.testing.assert_array_equal(other.tell("C.d.2", "hello there"), first)
    assert voice.said == [("hello there", "en")]
    assert voice.loaded == 1
    assert len(first) / RATE == pytest.approx(11 / 20, abs=0.06)


def test_another_voice_version_or_language_speaks_anew():
    voice = Hum()
    Speaker("hum", voice, "en").tell("A.b.1", "a")
    Speaker("hum", voice, "de").tell("A.b.1", "a")
    Speaker("hum:x", voice, "en").tell("A.b.1", "a")
    voice.version = "hum 2"
    Speaker("hum", voice, "en").tell("A.b.1", "a")
    assert len(voice.said) == 4


def test_a_voice_with_nothing_to_say_is_an_error():
    voice = Hum()
    voice.speak = lambda *_: Speech(np.zeros(0, np.float32), 24_000)
    with pytest.raises(VoiceError, match=r"A\.b\.1: the voice hum has nothing to say for '…'"):
        Speaker("hum", voice, "en").tell("A.b.1", "…")


def test_recordings_are_trimmed_and_brought_to_one_level(tmp_path):
    quiet, loud = noise(1.0, 0.003, 44_100), noise(1.5, 0.3, 44_100)
    silence = np.zeros(20_000, np.float32)
    save(tmp_path / "A.b.1.wav", np.concatenate([silence, quiet, silence]), 44_100)
    save(tmp_path / "A.b.2.flac", loud, RATE)
    save(tmp_path / "A.c.1.mp3", tone(1.0), RATE)
    folder = Recordings(tmp_path)
    for place, seconds in (("A.b.1", 1.0), ("A.b.2", 1.5 * 44_100 / RATE)):
        samples = folder.tell(place, "whatever")
        assert len(samples) / RATE == pytest.approx(seconds, abs=0.06)
        assert lufs(np.stack([samples, samples]).astype(float)) == pytest.approx(LEVEL, abs=0.3)
    assert [path.name for path in folder.of("A")] == ["A.b.1.wav", "A.b.2.flac", "A.c.1.mp3"]
    assert [path.name for path in folder.of("A.b")] == ["A.b.1.wav", "A.b.2.flac"]


def test_what_is_missing_is_named_or_filled(tmp_path):
    save(tmp_path / "A.b.1.wav", tone(1.0), RATE)
    places = ["A.b.1", "A.b.2", "A.c.1"]
    assert Recordings(tmp_path).missing(places) == ["A.b.2", "A.c.1"]
    with pytest.raises(VoiceError, match=r"no recording of A\.b\.2; record it as A\.b\.2\.wav or"):
        Recordings(tmp_path).tell("A.b.2", "hello")
    voice = Hum()
    filled = Recordings(tmp_path, Speaker("hum", voice, "en"))
    assert filled.missing(places) == []
    assert len(filled.tell("A.b.2", "hello")) and len(filled.tell("A.b.1", "one"))
    assert voice.said == [("hello", "en")]
