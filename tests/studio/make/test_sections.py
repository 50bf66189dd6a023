"""Sections as clips of their own: the same pictures as in the whole clip, from the start."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
import srt
from manim import tempconfig
from PIL import Image

from netglow.scenes.catalog import CLIPS, clip_named
from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.stage.captions import load_script
from netglow.scenes.stage.narrator import LEAD
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story
from netglow.scenes.studio.ask.choices import QUALITIES, Choices, UsageError
from netglow.scenes.studio.make import sections
from netglow.scenes.studio.make.freshness import changes, made_from
from netglow.scenes.studio.make.render import settings
from tests.filming import Recorder
from tests.studio.running import everything_in, netglow

CLIP, SECTION = "ForwardPass", "the-next-layer"
NAME = f"{CLIP}.{SECTION}"
SMALL = QUALITIES["t"]
FRAME = 1 / SMALL.fps
WHOLE = [CLIP, "ThirteenThousand"]  # the clips that are compared with their sections


def recorded(clip: str, folder: Path, section: str | None = None) -> NetglowScene:
    kind = clip_named(clip).load()
    small = settings(replace(SMALL, width=426, height=240), "mp4", folder) | {"dry_run": True}
    with tempconfig(small):
        scene = type(
            kind.__name__,
            (kind,),
            {"writer_class": Recorder, "script": load_script(clip_named(clip).words)},
        )(story=Story.choose(), section=section)
        scene.render()
    return scene


@pytest.fixture(scope="module", params=WHOLE)
def whole(request, tmp_path_factory):
    """A whole clip with all its frames, and a folder in which its texts are laid out."""
    folder = tmp_path_factory.mktemp("texts")
    return request.param, folder, recorded(request.param, folder)


def film(scene: NetglowScene) -> list[np.ndarray]:
    return scene.renderer.file_writer.film


def differences(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far apart the levels of two pictures are, 0..255."""
    return np.abs(one.astype(np.int16) - other)


@pytest.mark.parametrize("place", [1, 2, -1])
def test_a_section_is_a_piece_of_the_whole_clip(whole, place):
    clip, folder, scene = whole
    there = scene.sections[place]
    alone = recorded(clip, folder, there.name)
    start, end = round(there.start / FRAME), round(there.end / FRAME)
    assert len(film(alone)) == pytest.approx(end - start, abs=3)
    mine, its = film(alone), film(scene)
    for apart in (differences(mine[0], its[start]), differences(mine[-1], its[end - 1])):
        assert apart.max() <= 20  # glyphs of numbers that counted without frames
        assert apart.mean() < 0.02
    assert film(alone)[0].std() > 8  # a complete picture, not an empty ground
    (played,) = alone.sections
    assert (played.name, played.title, played.start) == (there.name, there.title, 0)
    assert played.end == pytest.approx(alone.duration_seconds)
    assert played.numbers == there.numbers
    assert [cue.text for cue in alone.cues] == [
        cue.text for cue in scene.cues if there.start <= cue.start < there.end
    ]


def test_nothing_is_painted_before_the_section_begins(tmp_path, monkeypatch):
    painted: list[int] = []
    paint = StageCamera.capture_mobjects

    def count(camera, *args, **kwargs):
        painted.append(1)
        return paint(camera, *args, **kwargs)

    monkeypatch.setattr(StageCamera, "capture_mobjects", count)
    scene = recorded(CLIP, tmp_path, SECTION)
    assert len(painted) <= 1.5 * len(film(scene))  # a still ground for every play comes on top


def test_a_section_that_is_not_played_is_named_with_those_that_are(tmp_path):
    with pytest.raises(LookupError, match=r"^ForwardPass has no 'never-wrong' .* it plays a-real"):
        recorded(CLIP, tmp_path, "never-wrong")


# --- the poster ---
def test_the_poster_is_the_clips_where_that_lies_in_the_section(whole):
    clip, folder, scene = whole
    marked = {CLIP: "read-the-answer", "ThirteenThousand": "dials"}[clip]
    ours = recorded(clip, folder, marked).poster_frame.astype(int)
    assert np.abs(ours - scene.poster_frame).max() <= 20


def test_other_sections_end_with_their_poster(tmp_path):
    scene = recorded(CLIP, tmp_path, SECTION)
    assert np.abs(scene.poster_frame[..., :3].astype(int) - film(scene)[-1]).max() <= 20


# --- the command ---
@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """A folder with the section in it; whoever changes it puts it right again."""
    folder = tmp_path_factory.mktemp("media")
    assert f"{NAME}.mp4" in render(CLIP, "--section", SECTION, cwd=folder)
    return folder


def render(*args: object, cwd: Path):
    done = netglow("render", "-q", "t", "-o", "m", *args, cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def read(folder: Path, name: str) -> dict:
    return json.loads((folder / "m" / "clips" / f"{name}.json").read_text("utf-8"))


def test_a_section_comes_with_everything_a_clip_has(media):
    folder = media / "m" / "clips"
    assert everything_in(folder) == [f"{NAME}.{e}" for e in ("json", "mp4", "png", "srt", "vtt")]
    record = read(media, NAME)
    assert (record["clip"], record["section"]) == (CLIP, SECTION)
    assert (record["title"], record["chapter"]) == ("The next layer", clip_named(CLIP).title)
    with av.open(str(folder / f"{NAME}.mp4")) as video:
        frames = sum(1 for _ in video.decode(video=0))
        assert video.metadata["title"] == f"{record['title']} ({record['chapter']})"
    assert frames == record["frames"]
    assert record["duration"] == pytest.approx(frames * FRAME)
    (section,) = record["sections"]
    assert (section["start"], section["end"]) == (0, pytest.approx(record["duration"], abs=FRAME))
    cues = list(srt.parse((folder / f"{NAME}.srt").read_text("utf-8")))
    said = load_script("forward_pass").sections[SECTION].say
    assert " ".join(c.content.replace("\n", " ") for c in cues) == " ".join(said)
    assert cues[0].start.total_seconds() == LEAD
    assert cues[-1].end.total_seconds() <= record["duration"] + FRAME
    assert np.asarray(Image.open(folder / f"{NAME}.png")).std() > 8


def test_it_is_fresh_until_it_is_asked_for(media):
    assert f"{NAME}.mp4 is up to date" in render(CLIP, "--section", SECTION, cwd=media)
    assert "(asked for)" in render(CLIP, "--section", SECTION, "--force", cwd=media)


def test_other_words_need_only_new_captions(media):
    path = media / "m" / "clips" / f"{NAME}.json"
    record = json.loads(path.read_text("utf-8"))
    record["made_from"]["narration"], record["title"] = "other", "other"
    path.write_text(json.dumps(record))
    (path.with_name(f"{NAME}.vtt")).write_text("other")
    before = path.with_name(f"{NAME}.mp4").read_bytes()
    assert "new captions for" in render(CLIP, "--section", SECTION, cwd=media)
    assert path.with_name(f"{NAME}.mp4").read_bytes() == before  # put together of the same
    assert path.with_name(f"{NAME}.vtt").read_text("utf-8").startswith("WEBVTT")
    assert read(media, NAME)["title"] == "The next layer"


def test_several_side_by_side_in_another_format(tmp_path):
    names = ["a-real-digit", SECTION]
    render(
        CLIP,
        "--section",
        names[0],
        "--section",
        names[1],
        "--format",
        "webm",
        "--jobs",
        2,
        cwd=tmp_path,
    )
    assert everything_in(tmp_path / "m" / "clips") == sorted(
        f"{CLIP}.{name}.{e}" for name in names for e in ("json", "png", "srt", "vtt", "webm")
    )


def test_every_section_as_a_poster(tmp_path):
    """The second time what is played is read from the files."""
    render(CLIP, "--section", "all", "--format", "png", "--jobs", 1, cwd=tmp_path)
    sections = read(tmp_path, NAME)["played"]
    assert sections[:2] == ["a-real-digit", "the-edges"]
    assert "never-wrong" not in sections
    assert everything_in(tmp_path / "m" / "clips") == sorted(
        f"{CLIP}.{section}.{e}" for section in sections for e in ("json", "png")
    )
    again = render(CLIP, "--section", "all", "--format", "png", cwd=tmp_path)
    assert again.count("is up to date") == len(sections)


# --- which there are ---
def test_what_is_played_is_looked_up_where_it_is_known(tmp_path, monkeypatch):
    clip, choices = clip_named(CLIP), Choices()
    record = {"played": ["one"], "made_from": made_from(CLIP, choices, "h", "gif")}
    (tmp_path / f"{CLIP}.json").write_text(json.dumps(record))
    assert sections.played(clip, choices, tmp_path) == ["one"]
    scene = SimpleNamespace(sections=[SimpleNamespace(name="played")])
    monkeypatch.setattr(sections, "play_undrawn", lambda *_: scene)
    assert sections.played(clip, Choices(digit=7), tmp_path) == ["played"]


def test_names_count_for_the_clips_that_have_them(tmp_path):
    clips = [clip_named("Bias"), clip_named("WeightedSum")]
    chosen = sections.choose(clips, ["learned", "wishes"], Choices(), tmp_path)
    assert [(clip.name, name) for clip, name, _ in chosen] == [
        ("Bias", "learned"),
        ("WeightedSum", "learned"),
        ("WeightedSum", "wishes"),
    ]
    with pytest.raises(UsageError, match=r"Bias has no section 'wishes'; there are "):
        sections.choose(clips, ["wishes"], Choices(), tmp_path)


def test_only_its_own_words_count(monkeypatch):
    script = load_script("forward_pass")
    section = script.sections[SECTION]
    fresh = made_from(CLIP, Choices(), "m", "mp4", SECTION)

    def changed_by(name, sentence):
        said = replace(script.sections[name], say=(sentence, *script.sections[name].say[1:]))
        other = replace(script, sections={**script.sections, name: said})
        monkeypatch.setattr("netglow.scenes.studio.make.freshness.load_script", lambda *_: other)
        return changes(fresh, made_from(CLIP, Choices(), "m", "mp4", SECTION))

    assert (
        changed_by("a-real-digit", "Quite another and much longer sentence stands here now.") == []
    )
    words = section.say[0].split()
    assert changed_by(SECTION, " ".join(["Otherwise", *words[1:]])) == ["narration changed"]
    assert changed_by(SECTION, " ".join([*words, "longer"])) == [
        "words changed",
        "narration changed",
    ]


def test_names_are_safe_in_files_and_addresses():
    for clip in CLIPS:
        names = sections.titles(clip)
        assert sections.ALL not in names
        assert "." not in clip.name
        assert all(name.replace("-", "").isalnum() and name.isascii() for name in names)
