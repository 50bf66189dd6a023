"""What a clip depends on, and what is said when that changes."""

from __future__ import annotations

import json

import pytest

from netglow.netcore.model import load_model, save_model
from netglow.scenes.catalog import CLIPS
from netglow.scenes.studio.ask.choices import Choices
from netglow.scenes.studio.make import freshness
from netglow.scenes.studio.make.freshness import changes, made_from
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.task import Task
from tests.studio.running import SHORTEST

CLIP = SHORTEST[0]


@pytest.fixture
def fresh():
    return made_from(CLIP, Choices(), "m", "mp4")


def test_the_same_is_the_same(fresh):
    assert changes(json.loads(json.dumps(fresh)), made_from(CLIP, Choices(), "m", "mp4")) == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((CLIP, Choices(), "l", "mp4"), ["quality changed"]),
        ((CLIP, Choices(), "m", "webm"), ["format changed"]),
        ((CLIP, Choices(theme="light"), "m", "mp4"), ["theme changed"]),
        ((CLIP, Choices(digit=7), "m", "mp4"), ["image changed"]),
        ((CLIP, Choices(index=7), "m", "mp4"), ["image changed"]),
    ],
)
def test_choices(fresh, now, expected):
    assert changes(fresh, made_from(*now)) == expected


def test_your_own_image_counts_by_its_content(drawing, tmp_path):
    copy = tmp_path / drawing.name
    copy.write_bytes(drawing.read_bytes())
    one = made_from(CLIP, Choices(image=drawing), "m", "mp4")
    assert changes(one, made_from(CLIP, Choices(image=copy), "m", "mp4")) == []
    copy.write_bytes(drawing.read_bytes() + b"\0")
    assert changes(one, made_from(CLIP, Choices(image=copy), "m", "mp4")) == ["image changed"]


def test_a_model_counts_by_its_digest(fresh, tmp_path):
    relu = load_model(load_model.__globals__["DEFAULT_MODEL"].with_name("relu.safetensors"))
    for name, model, expected in (("same", load_model(), []), ("other", relu, ["model changed"])):
        path = tmp_path / f"{name}.safetensors"
        save_model(path, model)
        assert changes(fresh, made_from(CLIP, Choices(model=path), "m", "mp4")) == expected


def test_versions_and_files_are_named(fresh):
    old = json.loads(json.dumps(fresh))
    old["versions"]["manim"] = "0.1"
    old["files"]["scenes/stage/theme.py"] = "another"
    assert changes(old, fresh) == [
        f"manim 0.1 is now {fresh['versions']['manim']}",
        "scenes/stage/theme.py changed",
    ]
    for name in fresh["files"]:
        old["files"][name] = "another"
    assert changes(old, fresh)[-1] == f"{len(fresh['files']) - 2} more files changed"


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_a_chapter_depends_on_what_it_imports_and_on_nothing_else(clip):
    files = made_from(clip.name, Choices(), "m", "mp4")["files"]
    assert {
        f"scenes/{clip.module}.py",
        "scenes/engine/lines.py",
        "netcore/network.py",
        "scenes/studio/make/render.py",
        "assets/digits.npz",
        "assets/fonts/Inter-Regular.otf",
    } <= set(files)
    others = {f"scenes/{other.module}.py" for other in CLIPS if other != clip}
    assert not others & set(files)
    assert "scenes/catalog.py" not in files
    assert not any(name.startswith(("assets/lang", "assets/models", "tests")) for name in files)
    uses_timing = "netcore/study/timing.py" in files
    assert ("assets/timing.json" in files) == uses_timing


def test_netglows_own_version_makes_nothing_stale(fresh, monkeypatch):
    assert "netglow" in freshness.versions()
    newer = freshness.versions() | {"netglow": "99.0"}
    monkeypatch.setattr(freshness, "versions", lambda: newer)
    assert changes(fresh, made_from(CLIP, Choices(), "m", "mp4")) == []
    newer["manim"] = "99.0"
    reason = f"manim {fresh['versions']['manim']} is now 99.0"
    assert changes(fresh, made_from(CLIP, Choices(), "m", "mp4")) == [reason]


def test_wording_alone_does_not_touch_the_picture(fresh, monkeypatch):
    script = freshness.load_script(next(c.module for c in CLIPS if c.name == CLIP))
    name, section = next(iter(script.sections.items()))

    def changed_by(sentence):
        said = type(section)(section.title, (sentence, *section.say[1:]))
        other = type(script)(script.title, {**script.sections, name: said}, script.labels)
        monkeypatch.setattr(freshness, "load_script", lambda *_: other)
        return changes(fresh, made_from(CLIP, Choices(), "m", "mp4"))

    words = section.say[0].split()
    assert changed_by(" ".join(["Otherwise", *words[1:]])) == ["narration changed"]
    assert changed_by(" ".join([*words, "and", "longer"])) == ["words changed", "narration changed"]


def test_what_there_is_to_do(fresh, tmp_path):
    job = Job(CLIP, Choices(), "m", "mp4", tmp_path, fresh)
    assert Task.of(job, force=False).why == "not there yet"
    record = {"files": [f"{CLIP}.mp4"], "made_from": fresh}
    job.record.write_text(json.dumps(record))
    assert Task.of(job, force=False).why == f"{CLIP}.mp4 is missing"
    job.picture.write_bytes(b"a film")
    assert Task.of(job, force=False) is None
    assert Task.of(job, force=True).why == "asked for"
    job.record.write_text(json.dumps({**record, "made_from": {**fresh, "narration": "other"}}))
    assert Task.of(job, force=False) == Task(job, "narration changed", words_only=True)
    job.record.write_text("{")
    assert Task.of(job, force=False).why == "not there yet"
