"""Voices on the command line: chosen, missing, recorded, listed, and what they are to read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import av
import numpy as np
import pytest

from netglow.scenes.stage.captions import load_script
from netglow.scenes.voice import registry
from tests.studio.running import CLIP, PART, SECTION, everything_in, netglow
from tests.voice.sounds import RATE, decoded, noise, spans
from tests.voice.test_sound import save
from tests.voice.voices import Broken, Hum

SCRIPT = load_script("forward_pass")
SAID = SCRIPT.sections[PART].say
PLACES = [f"{SECTION}.{i + 1}" for i in range(len(SAID))]
VIDEO = f"{SECTION}.mp4"


@pytest.fixture
def engines(monkeypatch):
    """``engines(name=Engine)``: these are the voices there are."""

    def set_to(**found):
        named = {name.replace("_", "-"): engine for name, engine in found.items()}
        monkeypatch.setattr(registry, "engines", lambda: named)
        monkeypatch.setattr("netglow.scenes.voice.choose.speaker_named", _uncached())

    return set_to


def _uncached():
    from netglow.scenes.voice import choose

    return choose.speaker_named.__wrapped__


def render(folder: Path, *args: object):
    return netglow("render", CLIP, "--section", PART, "-q", "t", "-o", "m", *args, cwd=folder)


def record(folder: Path) -> dict:
    return json.loads((folder / "m" / "clips" / f"{SECTION}.json").read_text("utf-8"))


def tracks(path: Path) -> list[str]:
    with av.open(str(path)) as file:
        return [stream.type for stream in file.streams]


def sentences(folder: Path) -> list[tuple[float, float]]:
    (section,) = record(folder)["sections"]
    return [tuple(times) for times in section["sentences"]]


def recorded(folder: Path, seconds: list[float]) -> Path:
    """A folder of recordings of these lengths, with silence around them."""
    folder.mkdir()
    silence = np.zeros(RATE // 2, np.float32)
    for place, length in zip(PLACES, seconds, strict=False):
        save(folder / f"{place}.wav", np.concatenate([silence, noise(length), silence]), RATE)
    return folder


def aloud(folder: Path, number: int) -> str:
    """A sentence of the clip that was made, as it is said."""
    (section,) = record(folder)["sections"]
    return SCRIPT.aloud(SCRIPT.fill(SAID[number], section["numbers"]))


# --- recordings ---
def test_recordings_are_the_voice_and_the_picture_follows_them(tmp_path):
    folder, lengths = recorded(tmp_path / "mine", [2.5, 0.8, 4.0]), [2.5, 0.8, 4.0]
    lengths = lengths[: len(SAID)]
    assert render(tmp_path, "--voice", folder).returncode == 0
    assert record(tmp_path)["voice"] == str(folder)
    times = sentences(tmp_path)
    assert [end - start for start, end in times] == pytest.approx(lengths, abs=0.07)
    heard = spans(decoded(tmp_path / "m" / "clips" / VIDEO)[0], quiet=0.3)
    assert len(heard) == len(SAID)
    for (start, end), (begins, ends) in zip(times, heard, strict=True):
        assert begins == pytest.approx(start, abs=0.04)
        assert ends == pytest.approx(end, abs=0.04)


def test_another_recording_makes_the_clip_anew(tmp_path):
    folder = recorded(tmp_path / "mine", [1.0, 1.0, 1.0])
    render(tmp_path, "--voice", folder)
    assert "is up to date" in render(tmp_path, "--voice", folder).stdout
    save(folder / f"{PLACES[1]}.wav", noise(2.0, seed=9), RATE)
    assert "voice changed" in render(tmp_path, "--voice", folder, "--dry-run").stdout
    save(folder / "Bias.all-of-it.1.wav", noise(1.0), RATE)  # of another clip


def test_missing_recordings_are_named_before_anything_is_drawn(tmp_path):
    folder = recorded(tmp_path / "mine", [1.0])
    done = render(tmp_path, "--voice", folder)
    assert done.returncode == 1
    assert done.stderr == (
        f"netglow: {folder}: no recordings of {', '.join(PLACES[1:])}; "
        "record them (netglow script shows the sentences) or add --fill\n"
    )
    assert not (tmp_path / "m").exists()


def test_another_voice_fills_the_gaps(tmp_path, engines):
    engines(hum=Hum)
    folder = recorded(tmp_path / "mine", [3.0])
    done = render(tmp_path, "--voice", folder, "--fill", "hum")
    assert done.returncode == 0, done.stderr
    times = sentences(tmp_path)
    assert times[0][1] - times[0][0] == pytest.approx(3.0, abs=0.07)
    assert times[1][1] - times[1][0] == pytest.approx(len(aloud(tmp_path, 1)) / 20, abs=0.07)


def test_a_recording_that_is_no_sound_is_one_line(tmp_path):
    folder = recorded(tmp_path / "mine", [1.0, 1.0, 1.0])
    (folder / f"{PLACES[-1]}.wav").write_text("no sound")
    done = render(tmp_path, "--voice", folder)
    assert done.returncode == 1
    assert done.stderr.startswith(f"netglow: {folder / PLACES[-1]}.wav: not a sound file")
    assert everything_in(tmp_path / "m") == ["clips"]


# --- names ---
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--voice", "hibbari"], "there is no voice 'hibbari'; choose one of"),
        (["--voice", "no/such/folder"], "no/such/folder: there is no such folder of recordings"),
        (["--voice", "piper:no.onnx"], "no.onnx: there is no such file; expected a Piper voice"),
        (["--voice", "hibari:x"], "the voice hibari takes nothing after its name"),
        (["--captions", "loud"], "invalid choice: 'loud'"),
    ],
)
def test_wrong_voices(tmp_path, args, message):
    done = render(tmp_path, *args)
    assert done.returncode == 2
    assert message in done.stderr and done.stderr.count("\n") == 1
    assert everything_in(tmp_path) == []


def test_fill_needs_a_folder_that_is_there(tmp_path):
    done = render(tmp_path, "--voice", "mine/", "--fill")
    assert done.returncode == 2 and "no such folder of recordings" in done.stderr


# --- a machine without a voice ---
@pytest.mark.parametrize("engine", [None, Broken])
def test_without_a_voice_it_says_so_and_is_silent(tmp_path, engines, engine):
    engines(**({} if engine is None else {"hibari": engine}))
    done = render(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    reason = "no voice 'hibari'" if engine is None else "no lungs"
    (line,) = [line for line in done.stdout.splitlines() if "silent" in line]
    assert line.startswith("no voice, so this will be silent: ") and reason in line
    assert record(tmp_path)["voice"] == "none"
    assert tracks(tmp_path / "m" / "clips" / VIDEO) == ["video", "subtitle"]
    again = render(tmp_path)
    assert "is up to date" in again.stdout or "voice changed" in again.stdout


def test_a_voice_that_was_asked_for_and_cannot_load_is_an_error(tmp_path, engines):
    engines(hum=Broken)
    done = render(tmp_path, "--voice", "hum")
    assert done.returncode == 1
    assert done.stderr == "netglow: the voice hum cannot load: no lungs\n"
    assert everything_in(tmp_path / "m") == ["clips"]


def test_none_is_silent_and_has_the_times_of_reading(tmp_path):
    from netglow.scenes.stage.captions import seconds_to_read

    assert render(tmp_path, "--voice", "none").returncode == 0
    assert tracks(tmp_path / "m" / "clips" / VIDEO) == ["video", "subtitle"]
    (section,) = record(tmp_path)["sections"]
    for sentence, (start, end) in zip(SAID, section["sentences"], strict=True):
        assert end - start > seconds_to_read(SCRIPT.fill(sentence, section["numbers"])) - 0.4


# --- captions ---
def test_captions_burned_or_left_out(section, tmp_path):
    """The words in the picture of one are missing in that of the others."""
    with av.open(str(section / "media" / "clips" / VIDEO)) as file:
        assert [stream.type for stream in file.streams] == ["video", "audio", "subtitle"]
        plain = [frame.to_ndarray(format="gray").astype(int) for frame in file.decode(video=0)]
    for captions, difference in (("burned", True), ("none", False)):
        assert render(tmp_path, "--captions", captions).returncode == 0
        path = tmp_path / "m" / "clips" / VIDEO
        assert tracks(path) == ["video", "audio"]
        with av.open(str(path)) as file:
            frames = [frame.to_ndarray(format="gray").astype(int) for frame in file.decode(video=0)]
        low = [np.abs(a - b)[-20:].max() > 60 for a, b in zip(frames, plain, strict=True)]
        assert any(low) == difference
    assert (tmp_path / "m" / "clips" / f"{SECTION}.vtt").is_file()


def test_captions_can_be_put_in_and_left_out_without_drawing_anew(section, tmp_path):
    render(tmp_path, "--captions", "none")
    done = render(tmp_path)
    assert "captions changed" in done.stdout and "new captions" in done.stdout
    made = tmp_path / "m" / "clips" / VIDEO
    assert made.read_bytes() == (section / "media" / "clips" / VIDEO).read_bytes()
    assert "captions changed" in render(tmp_path, "--captions", "burned", "--dry-run").stdout


# --- the teleprompter ---
def test_the_script_is_what_the_clip_says(tmp_path, section):
    done = netglow("script", CLIP, "--csv", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == ["file", "sentence", "seconds"]
    mine = {row["file"]: row for row in rows if row["file"].startswith(f"{SECTION}.")}
    assert list(mine) == [f"{place}.wav" for place in PLACES]
    numbers = json.loads((section / "media/clips" / f"{SECTION}.json").read_text("utf-8"))
    numbers = numbers["sections"][0]["numbers"]
    said = [SCRIPT.fill(sentence, numbers) for sentence in SAID]
    assert [row["sentence"] for row in mine.values()] == said
    assert all(0.5 < float(row["seconds"]) < 60 for row in rows)
    markdown = netglow("script", CLIP, cwd=tmp_path).stdout
    assert markdown.startswith("# A digit goes through the network\n")
    for row in rows:
        assert f"**{row['file']}** ({row['seconds']} s)  \n{row['sentence']}\n" in markdown
    assert everything_in(tmp_path) == []


def test_the_script_needs_clips(tmp_path):
    done = netglow("script", cwd=tmp_path)
    assert done.returncode == 2 and "name clips or say --all" in done.stderr
    done = netglow("script", "ForwadPass", cwd=tmp_path)
    assert done.returncode == 2 and "did you mean ForwardPass?" in done.stderr


def test_the_cards_of_a_film_are_in_its_script(monkeypatch, tmp_path):
    monkeypatch.setattr("netglow.scenes.studio.ask.voices.CLIPS", ())
    done = netglow("script", "--all", "--csv", cwd=tmp_path)
    files = [row["file"] for row in csv.DictReader(io.StringIO(done.stdout))]
    title, ending = (load_script(name).sections for name in ("title_card", "ending_card"))
    assert files == [
        *(f"TitleCard.title.{i + 1}.wav" for i in range(len(title["title"].say))),
        *(f"EndingCard.ending.{i + 1}.wav" for i in range(len(ending["ending"].say))),
    ]
