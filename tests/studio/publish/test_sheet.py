"""The contact sheet: a still for every stretch of a clip, with what is said then."""

from __future__ import annotations

import json

import numpy as np
import pytest
import srt
from PIL import Image

from netglow.scenes.studio.publish.sheet import WIDTH, Shot, sheet
from tests.studio.running import everything_in, netglow

CLIP, SECTION = "ForwardPass", "read-the-answer"
NAME = f"{CLIP}.{SECTION}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sheet of one section."""
    folder = tmp_path_factory.mktemp("sheet")
    done = netglow("sheet", CLIP, "--section", SECTION, "-q", "t", "--columns", 3, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads((folder / "media" / "clips" / f"{NAME}.json").read_text("utf-8"))
    assert f"({round(record['duration'])} stills)" in done.stdout
    return folder / "media"


def test_it_shows_the_clip_from_beginning_to_end(folder):
    assert everything_in(folder / "sheets") == [f"{NAME}.png"]
    made = Image.open(folder / "sheets" / f"{NAME}.png")
    assert WIDTH * 3 < made.width < WIDTH * 3.2
    poster = Image.open(folder / "clips" / f"{NAME}.png").resize((WIDTH, round(WIDTH * 9 / 16)))
    there = np.asarray(made, float)
    first = there[51 : 51 + poster.height, 12 : 12 + WIDTH]
    assert first.std() > 8 and np.abs(first - np.asarray(poster, float)).mean() < 25


def test_each_still_has_the_caption_of_its_moment(folder):
    from netglow.scenes.studio.ask.choices import Choices
    from netglow.scenes.studio.make.job import Job
    from netglow.scenes.studio.publish.sheet import shots_of

    job = Job(CLIP, Choices(), "t", "mp4", folder / "clips", {}, SECTION)
    cues = list(srt.parse((folder / "clips" / f"{NAME}.srt").read_text("utf-8")))
    shots = shots_of(job, every=0.5)
    assert {shot.section for shot in shots} == {SECTION}
    assert [shot.time for shot in shots] == pytest.approx(
        [0.25 + 0.5 * i for i in range(len(shots))], abs=0.21
    )
    for shot in shots:
        said = [c.content for c in cues if c.start.total_seconds() <= shot.time]
        assert shot.caption in ("", said[-1])
    assert {shot.caption for shot in shots} >= {cue.content for cue in cues}


def test_as_many_columns_as_are_wanted():
    shots = [Shot(float(i), Image.new("RGB", (WIDTH, 240)), "one", "Said.") for i in range(5)]
    narrow, wide = sheet(shots, "Title", 2), sheet(shots, "Title", 5)
    assert narrow.width < wide.width and narrow.height > 2 * wide.height


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((CLIP, "--section", "nothing"), "ForwardPass has no section 'nothing'"),
        (("ForwardPas",), "did you mean ForwardPass?"),
        ((CLIP, "--every", "0"), "'0' is not a number of seconds"),
    ],
)
def test_wrong_use(says, tmp_path, args, told):
    code, out, err = says("sheet", *args, "--media", tmp_path)
    assert (code, out) == (2, "") and told in err and err.count("\n") == 1
    assert everything_in(tmp_path) == []
