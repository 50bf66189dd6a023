"""Real renders through the command line: files, frames, and what the .json says."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import srt
from PIL import Image

from netglow.netcore.model import load_model
from netglow.netcore.network import forward
from netglow.scenes.catalog import Clip
from netglow.scenes.stage.story import Story
from netglow.scenes.studio.ask.choices import QUALITIES
from tests.studio.running import (
    PART,
    SECTION,
    SHORTEST,
    command,
    environment,
    everything_in,
    netglow,
    process,
)

CLIP = SHORTEST[0]
SMALL = QUALITIES["t"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A folder with a whole clip in m/clips, rendered by a process of its own: not to change."""
    folder = tmp_path_factory.mktemp("whole")
    done = process("render", CLIP, "-q", "t", "-o", "m", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert str(Path("m") / "clips" / f"{CLIP}.mp4") in done.stdout
    return folder


@pytest.fixture(scope="module")
def clips(whole) -> Path:
    return whole / "m" / "clips"


def render(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = netglow("render", "-q", "t", *args, cwd=cwd)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done


def read(folder: Path, name: str) -> dict:
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def decode(path: Path) -> tuple[list[Fraction], np.ndarray, av.VideoStream]:
    """Times of all frames, the last picture, and the stream."""
    with av.open(str(path)) as video:
        stream, times, last = video.streams.video[0], [], None
        for frame in video.decode(stream):
            times.append(frame.pts * frame.time_base)
            last = frame
        return times, last.to_ndarray(format="rgb24"), stream


def test_a_whole_clip(clips):
    assert_moves(clips, CLIP, "mp4")


@pytest.mark.parametrize("fmt", ["gif", "webm"])
def test_other_formats(fmt, tmp_path):
    """A section is enough to see that they hold the same frames."""
    done = render("ForwardPass", "--section", PART, "--format", fmt, "-o", fmt, cwd=tmp_path)
    assert str(Path(fmt) / "clips" / f"{SECTION}.{fmt}") in done.stdout
    assert_moves(tmp_path / fmt / "clips", SECTION, fmt)


def assert_moves(folder: Path, name: str, fmt: str) -> None:
    """A clip's files are there, and its frames are as many and as large as its record says."""
    record = read(folder, name)
    names = [f"{name}.{ending}" for ending in sorted([fmt, "json", "png", "srt", "vtt"])]
    assert everything_in(folder) == names
    assert record["files"] == [file for file in names if not file.endswith("json")]

    times, last, stream = decode(folder / f"{name}.{fmt}")
    assert (stream.width, stream.height) == (SMALL.width, SMALL.height) == tuple(record["size"])
    assert len(times) == record["frames"]
    step = Fraction(1, SMALL.fps)
    assert times == pytest.approx([i * step for i in range(len(times))], abs=0.011)
    assert record["duration"] == pytest.approx(len(times) / SMALL.fps, abs=1e-3)
    assert last.shape == (SMALL.height, SMALL.width, 3)


def test_still_is_the_poster(clips, tmp_path):
    render(CLIP, "--format", "png", "-o", "png", cwd=tmp_path)
    folder = tmp_path / "png" / "clips"
    assert everything_in(folder) == [f"{CLIP}.json", f"{CLIP}.png"]
    still = np.asarray(Image.open(folder / f"{CLIP}.png"), float)
    assert still.shape == (SMALL.height, SMALL.width, 3)
    assert still.std() > 5
    assert read(folder, CLIP)["frames"] == 1
    poster = np.asarray(Image.open(clips / f"{CLIP}.png"), float)
    assert np.abs(still - poster).mean() < 3


def test_json_equals_netcore(clips):
    record, story = read(clips, CLIP), Story.choose()
    trace = forward(load_model().network, story.digits.images[story.index])
    assert record["model"]["digest"] == load_model().digest
    assert record["image"] == {"source": story.source, "label": 3, "index": story.index}
    assert record["outputs"] == pytest.approx(trace.output, abs=1e-15)
    assert record["predicted"] == trace.output.argmax()
    assert (record["clip"], record["theme"], record["language"]) == (CLIP, "dark", "en")
    assert {"netglow", "manim", "numpy", "typst"} <= set(record["versions"])


def test_sections_follow_each_other(clips):
    record = read(clips, CLIP)
    starts = [section["start"] for section in record["sections"]]
    ends = [section["end"] for section in record["sections"]]
    assert len(starts) >= 4
    assert starts[0] == 0
    assert starts[1:] == pytest.approx(ends[:-1], abs=1 / SMALL.fps)
    assert ends[-1] <= record["duration"] + 1 / SMALL.fps
    assert all(section["title"] for section in record["sections"])


def test_captions_fit_the_clip(clips):
    folder = clips
    cues = list(srt.parse((folder / f"{CLIP}.srt").read_text("utf-8")))
    vtt = (folder / f"{CLIP}.vtt").read_text("utf-8")
    assert vtt.startswith("WEBVTT\n")
    assert vtt.count("-->") == len(cues) > 3
    assert cues[-1].end.total_seconds() <= read(folder, CLIP)["duration"] + 0.5


def test_second_run_renders_nothing(whole, clips):
    before = {p: p.stat().st_mtime_ns for p in clips.iterdir()}
    started = time.monotonic()
    done = render(CLIP, "-o", "m", cwd=whole)
    assert "up to date" in done.stdout
    assert time.monotonic() - started < 15
    assert {p: p.stat().st_mtime_ns for p in clips.iterdir()} == before


def test_side_by_side_and_other_choices(tmp_path, drawing):
    """Two processes, the light theme, your own image: stills, to be quick."""
    render(
        *SHORTEST[:2],
        "--format",
        "png",
        "--jobs",
        2,
        "--theme",
        "light",
        "--image",
        drawing,
        "-o",
        "light",
        cwd=tmp_path,
    )
    folder = tmp_path / "light" / "clips"
    story = Story.choose(image=drawing)
    for name in SHORTEST[:2]:
        record = read(folder, name)
        assert record["image"] == {"source": drawing.name, "label": None, "index": None}
        assert record["outputs"] == pytest.approx(story.trace.output, abs=1e-15)
        corner = np.asarray(Image.open(folder / f"{name}.png"))[2, 2]
        assert corner.min() > 180  # light
    assert everything_in(tmp_path / "light") == ["clips"] + [
        f"clips/{name}.{ending}" for name in sorted(SHORTEST[:2]) for ending in ("json", "png")
    ]


def test_another_network_makes_another_picture(tmp_path):
    assert netglow("train", "--quick", "--epochs", 2, "-o", "q.safetensors", cwd=tmp_path).stdout
    render("ForwardPass", "--format", "png", "-o", "own", "--model", "q.safetensors", cwd=tmp_path)
    render("ForwardPass", "--format", "png", "-o", "default", cwd=tmp_path)
    pictures, records = [], []
    for folder in ("own", "default"):
        pictures.append(
            np.asarray(Image.open(tmp_path / folder / "clips" / "ForwardPass.png"), float)
        )
        records.append(read(tmp_path / folder / "clips", "ForwardPass"))
    assert records[0]["model"]["digest"] == load_model(tmp_path / "q.safetensors").digest
    assert records[0]["model"]["digest"] != records[1]["model"]["digest"]
    assert np.abs(pictures[0] - pictures[1]).mean() > 0.5


def test_stopped_in_the_middle_leaves_nothing(tmp_path):
    out = tmp_path / "media"
    args = command("render", CLIP, "-q", "l", "-o", out)
    with subprocess.Popen(
        args,
        cwd=tmp_path,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        run.stdout.readline()
        limit = time.monotonic() + 60
        while not list(out.glob("clips/.netglow-*/**/*.mp4")) and time.monotonic() < limit:
            time.sleep(0.05)
        run.send_signal(signal.SIGTERM)
        _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (130, "netglow: stopped\n")
    assert everything_in(out) == ["clips"]


def test_a_fault_in_a_scene_leaves_the_old_clip(says, tmp_path, monkeypatch):
    from manim import Dot, FadeIn

    from netglow.scenes.stage.scene import NetglowScene

    class Falls(NetglowScene):
        def __init__(self, **kwargs):
            monkeypatch.setattr("netglow.scenes.stage.scene.load_script", lambda *_: None)
            super().__init__(**kwargs)

        def construct(self):
            self.play(FadeIn(Dot()))
            raise RuntimeError("the fault\nin two lines")

    monkeypatch.setattr(Clip, "load", lambda self: Falls)
    clips = tmp_path / "clips"
    clips.mkdir()
    (clips / f"{CLIP}.mp4").write_bytes(b"old")
    code, _, err = says("render", CLIP, "-q", "t", "-o", tmp_path)
    assert (code, err) == (1, "netglow: unexpected RuntimeError: the fault in two lines\n")
    assert everything_in(tmp_path) == ["clips", f"clips/{CLIP}.mp4"]
    assert (clips / f"{CLIP}.mp4").read_bytes() == b"old"
