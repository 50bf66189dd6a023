"""The contact sheet: a still a second, with its time and caption, from the clip as rendered."""

from __future__ import annotations

import json
import math
import shutil

import numpy as np
import pytest
import srt
from PIL import Image

from netglow.scenes.studio.ask.choices import Choices
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.media import first_frame, last_frame
from netglow.scenes.studio.publish import sheet
from tests.studio.running import CLIP, PART, SECTION, everything_in, netglow

ARGS = ("sheet", CLIP, "--section", PART)


@pytest.fixture
def folder(section, tmp_path):
    """A folder of its own with the shared section in it."""
    shutil.copytree(section, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def job(section) -> Job:
    return Job(CLIP, Choices(), "t", "mp4", section / "media" / "clips", {}, PART)


def duration(job: Job) -> float:
    return json.loads(job.record.read_text("utf-8"))["duration"]


# --- what is on it ---
def test_a_still_a_second_with_what_is_said(job):
    (group,) = sheet.groups_of(job, 1.0)
    assert group.heading == "Reading the answer  (0:00)"
    assert [still.seconds for still in group.stills] == pytest.approx(
        range(math.ceil(duration(job)))
    )
    assert [still.time for still in group.stills][:3] == ["0:00", "0:01", "0:02"]
    cues = list(srt.parse((job.out / f"{job.name}.srt").read_text("utf-8")))
    for still in group.stills:
        said = [c for c in cues if c.start.total_seconds() <= still.seconds < c.end.total_seconds()]
        assert still.caption == " ".join(" ".join(c.content.split()) for c in said)
    assert len({still.caption for still in group.stills}) >= len(cues)


def test_the_stills_are_the_clips_frames(job):
    stills = [np.asarray(image, int) for image, _ in sheet.stills_of(job.picture, 1.0)]
    every = [np.asarray(image, int) for image, _ in sheet.stills_of(job.picture, 0.2)]
    for ours, theirs in ((stills[0], first_frame), (every[-1], last_frame)):
        size = (ours.shape[1], ours.shape[0])
        whole = Image.fromarray(theirs(job.picture)).resize(size, Image.Resampling.LANCZOS)
        np.testing.assert_array_equal(ours, np.asarray(whole))
    assert len(every) == round(duration(job) * 5)
    np.testing.assert_array_equal(stills[1], every[5])


def test_sections_are_numbered_and_begin_a_row(job, tmp_path, monkeypatch):
    drawn = []
    draw = sheet._Sheet.draw
    monkeypatch.setattr(
        sheet._Sheet, "draw", lambda self, groups: drawn.append(groups) or draw(self, groups)
    )
    count = sheet.make_sheet([job, job], tmp_path / "two.png", 2.0, 3)
    (groups,) = drawn
    assert [group.heading[:4] for group in groups] == ["1  R", "2  R"]
    assert count == sum(len(group.stills) for group in groups)
    one = [s.image for s in groups[0].stills]
    picture = Image.open(tmp_path / "two.png")
    assert picture.width == sheet.GAP + 3 * (sheet.WIDTH + sheet.GAP)
    top = sheet.GAP + 2 * sheet.HEADING
    for column in range(2):
        left = sheet.GAP + column * (sheet.WIDTH + sheet.GAP)
        box = (left, top, left + sheet.WIDTH, top + one[column].height)
        np.testing.assert_array_equal(picture.crop(box), one[column])
    below = np.asarray(picture.crop((sheet.GAP, box[3] + 1, sheet.GAP + sheet.WIDTH, box[3] + 60)))
    assert below.max() > 150  # time and caption


# --- the command ---
def test_it_is_made_from_the_clip_that_is_there(folder, job):
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*.mp4")}
    done = netglow(*ARGS, cwd=folder)
    target = folder / "media" / "sheets" / f"{SECTION}.png"
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{SECTION}.mp4 is up to date" in done.stdout
    count = math.ceil(duration(job))
    assert done.stdout.endswith(f"sheet: media/sheets/{SECTION}.png ({count} stills)\n")
    assert everything_in(target.parent) == [target.name]
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*.mp4")} == before


def test_another_place_and_fewer_stills(folder, job):
    done = netglow(*ARGS, "--every", 5, "--columns", 2, "-o", "mine.png", cwd=folder)
    assert done.stdout == (
        f"{SECTION}: media/clips/{SECTION}.mp4 is up to date\n"
        f"sheet: mine.png ({math.ceil(duration(job) / 5)} stills)\n"
    )
    assert Image.open(folder / "mine.png").width == sheet.GAP + 2 * (sheet.WIDTH + sheet.GAP)
    assert not (folder / "media" / "sheets").exists()


def test_a_dry_run_and_a_fault_write_nothing(folder, monkeypatch):
    before = everything_in(folder)
    assert "is up to date" in netglow(*ARGS, "--dry-run", cwd=folder).stdout
    assert netglow(*ARGS, "-o", "no/such/a.png", cwd=folder).returncode == 1
    monkeypatch.setattr(sheet._Sheet, "draw", lambda *_: 1 / 0)
    assert netglow(*ARGS, "-o", "a.png", cwd=folder).returncode == 1
    assert everything_in(folder) == before


def test_what_is_not_there_is_rendered_first(folder, monkeypatch):
    (folder / "media" / "clips" / f"{SECTION}.mp4").unlink()
    done = netglow(*ARGS, "-o", "a.png", cwd=folder)
    assert f"({SECTION}.mp4 is missing)" in done.stdout
    assert (folder / "a.png").exists()


def test_the_quality_is_that_of_the_clip(section, tmp_path):
    clips = section / "media" / "clips"
    assert sheet.quality_there(clips, CLIP, [PART]) == "t"
    assert sheet.quality_there(clips, CLIP, None) is None
    assert sheet.quality_there(tmp_path, CLIP, [PART]) is None
