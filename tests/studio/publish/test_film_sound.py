"""The film's sound: one track, every sentence in its place, as loud as it should be."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest
import srt

from tests.studio.running import SHORTEST, netglow
from tests.voice.sounds import RATE, decoded, envelope, lufs, true_peak

TWO = SHORTEST[:2]
STEP = 0.04  # seconds that sound and captions may be apart


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A film of two chapters in one voice."""
    out = tmp_path_factory.mktemp("spoken")
    done = netglow("film", "-q", "t", "-o", out, "--chapters", ",".join(TWO), cwd=out)
    assert (done.returncode, done.stderr) == (0, "")
    return out


@pytest.fixture(scope="module")
def sound(folder) -> np.ndarray:
    return decoded(folder / "film.mp4")


def pictures(path: Path) -> float:
    """Seconds of all frames."""
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        count = sum(1 for packet in file.demux(stream) if packet.dts is not None)
        return count / float(stream.average_rate)


def sentences(folder: Path) -> list[tuple[float, float]]:
    """When each sentence is said, from the records of the film's parts."""
    film = json.loads((folder / "film.json").read_text("utf-8"))
    parts = [(f"clips/{clip['clip']}", clip["start"]) for clip in film["clips"]]
    title, *_, ending = film["cards"]
    parts += [("cards/title", title["start"]), ("cards/ending", ending["start"])]
    times = []
    for name, shift in parts:
        record = json.loads((folder / f"{name}.json").read_text("utf-8"))
        times += [
            (shift + s, shift + e) for part in record["sections"] for s, e in part["sentences"]
        ]
    return sorted(times)


def assert_in_step(sound: np.ndarray, times: list[tuple[float, float]]) -> None:
    """Speech begins and ends where each sentence does, and there is silence between them."""
    heard = envelope(sound)
    for (start, end), (after, _) in zip(times, [*times[1:], (len(sound) / RATE, 0.0)], strict=True):
        until = min(end + 0.25, after - 0.05)
        around = slice(round((start - 0.2) / 0.005), round(until / 0.005))
        loud = np.flatnonzero(heard[around] > heard[around].max() / 100)
        first, last = (loud[[0, -1]] + [0, 1]) * 0.005 + around.start * 0.005
        assert first == pytest.approx(start, abs=STEP)
        assert last == pytest.approx(end, abs=STEP + 0.01)
        between = heard[round((end + 0.05) / 0.005) : round((after - 0.05) / 0.005)]
        assert not len(between) or between.max() < heard.max() / 300


def test_one_continuous_track(folder):
    with av.open(str(folder / "film.mp4")) as file:
        (audio,), (captions,) = file.streams.audio, file.streams.subtitles
        assert (audio.type, audio.codec_context.name, audio.rate) == ("audio", "aac", 48_000)
        assert audio.codec_context.layout.name == "stereo"
        assert (audio.language, captions.language) == ("eng", "eng")
        assert audio.disposition & 1 and not captions.disposition & 1  # played, to be switched on
        times = [p.pts for p in file.demux(audio) if p.dts is not None]
    assert set(np.diff(times)) == {1024}  # not one packet is missing or too much


def test_as_long_as_the_picture(folder, sound):
    for path in (folder / "film.mp4", *(folder / f"clips/{name}.mp4" for name in TWO)):
        with av.open(str(path)) as file:
            audio = file.streams.audio[0]
            length = float(audio.duration * audio.time_base)
        assert length == pytest.approx(pictures(path), abs=1e-3)
    assert sound.shape[1] / RATE == pytest.approx(pictures(folder / "film.mp4"), abs=1024 / RATE)


@pytest.mark.parametrize("name", ["film.mp4", *(f"clips/{name}.mp4" for name in TWO)])
def test_loudness_and_true_peak(folder, sound, name):
    heard = sound if name == "film.mp4" else decoded(folder / name)
    assert lufs(heard) == pytest.approx(-16, abs=0.5)
    assert true_peak(heard) <= -1


def test_every_sentence_sounds_where_its_captions_are(folder, sound):
    times = sentences(folder)
    assert len(times) > 20
    assert_in_step(sound[0], times)
    cues = list(srt.parse((folder / "film.srt").read_text("utf-8")))
    starts = np.array([cue.start.total_seconds() for cue in cues])
    ends = np.array([cue.end.total_seconds() for cue in cues])
    for start, end in times:
        assert np.abs(starts - start).min() < 0.002
        assert np.abs(ends - end).min() < 0.002


def test_a_clip_is_in_step_by_itself(folder):
    record = json.loads((folder / f"clips/{TWO[0]}.json").read_text("utf-8"))
    times = [tuple(times) for part in record["sections"] for times in part["sentences"]]
    assert_in_step(decoded(folder / f"clips/{TWO[0]}.mp4")[0], times)


def test_no_click(folder, sound):
    """Where a sentence begins or ends, no sample jumps."""
    for start, end in sentences(folder):
        for moment in (start, end):
            at = round(moment * RATE)
            assert np.abs(np.diff(sound[0, max(0, at - 100) : at + 100])).max() < 0.02


def test_chapter_times_for_a_description(folder):
    film = json.loads((folder / "film.json").read_text("utf-8"))
    lines = (folder / "film.txt").read_text("utf-8").splitlines()
    assert [line.partition(" ")[2] for line in lines] == [clip["title"] for clip in film["clips"]]
    times = [line.partition(" ")[0].split(":") for line in lines]
    seconds = [60 * int(m) + int(s) for m, s in times]
    starts = [card["start"] for card in film["cards"][1:-1]]
    assert seconds == [0, *(int(start) for start in starts[1:])]
