"""Many clips: as many at once as cores and memory allow, and each is let go when it is done."""

from __future__ import annotations

import gc
import weakref
from types import SimpleNamespace

import psutil
import pytest

from netglow.scenes.studio.ask.choices import QUALITIES, Choices
from netglow.scenes.studio.ask.report import console
from netglow.scenes.studio.make import capacity, jobs
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.task import Task, do
from tests.studio.running import CLIP, PART, SHORTEST

GIB = 2**30


@pytest.mark.parametrize(
    ("free", "quality", "fit"),
    [(16 * GIB, "h", (12, 20)), (16 * GIB, "k", (5, 9)), (2 * GIB, "h", (1, 2)), (0, "l", (1, 1))],
)
def test_as_many_as_fit_into_the_memory(free, quality, fit, monkeypatch):
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=free))
    least, most = fit
    assert least <= capacity.room_for(QUALITIES[quality]) <= most


@pytest.mark.parametrize(
    ("wanted", "room", "workers"), [(16, 2, 2), (2, 16, 2), (16, 16, 3), (4, 1, 1)]
)
def test_workers_follow_what_is_wanted_the_clips_and_the_memory(
    wanted, room, workers, tmp_path, monkeypatch, capsys
):
    used = []
    monkeypatch.setattr(jobs, "room_for", lambda _: room)
    monkeypatch.setattr(jobs, "side_by_side", lambda _, workers, **__: used.append(workers) or [])
    monkeypatch.setattr(jobs, "do", lambda task, *_: used.append(1) or task.show(None, shown[0]))
    monkeypatch.setattr(Task, "summary", lambda *_: "made")
    shown = []
    display = jobs.Display
    monkeypatch.setattr(jobs, "Display", lambda *args: shown.append(display(*args)) or shown[0])
    three = [Job(name, Choices(), "t", "mp4", tmp_path, {}) for name in SHORTEST[:3]]
    jobs.run(three, tmp_path, wanted, False, False, console())
    assert set(used) == {workers}
    assert f"3 clips to make, {workers} at a time" in capsys.readouterr().out


def test_a_scene_is_let_go_when_its_clip_is_done(tmp_path, monkeypatch):
    """Scenes stand in circles of references: only a collection ends them."""
    scenes = []
    make = Job.scene

    def watched(job, **kwargs):
        scene = make(job, **kwargs)
        scenes.append(weakref.ref(scene))
        return scene

    monkeypatch.setattr(Job, "scene", watched)
    gc.disable()  # not by chance, either
    try:
        do(
            Task(Job(CLIP, Choices(), "t", "png", tmp_path, {}, PART), "new"),
            tmp_path,
            lambda _: None,
        )
    finally:
        gc.enable()
    assert [scene() for scene in scenes] == [None]
