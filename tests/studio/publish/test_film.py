"""The film through the command line: chapters and cards joined as they are, and a true record."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import srt
from PIL import Image

from netglow.scenes.catalog import SIGNATURE
from netglow.scenes.studio.ask.choices import Choices
from netglow.scenes.studio.ask.report import console
from netglow.scenes.studio.make import media as videos
from netglow.scenes.studio.make.freshness import changes, made_from
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.jobs import run
from netglow.scenes.studio.make.task import Task, do
from netglow.scenes.studio.publish.cards import cards_of
from netglow.scenes.studio.publish.film import film_key, in_order, is_fresh
from tests.studio.running import CLIP, PART, SHORTEST, command, environment, everything_in, netglow

TWO = SHORTEST[:2]
CARDS = ["title", f"to_{TWO[0]}", f"to_{TWO[1]}", "ending"]
FPS = 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A film of two chapters."""
    out = tmp_path_factory.mktemp("film")
    done = film(out)
    assert (done.returncode, done.stderr) == (0, "")
    return out


def film(out: Path, *args: object, chapters: list[str] = TWO):
    return netglow("film", "-q", "t", "-o", out, "--chapters", ",".join(chapters), *args, cwd=out)


def record(folder: Path) -> dict:
    return json.loads((folder / "film.json").read_text("utf-8"))


def files_of(folder: Path) -> list[Path]:
    """The film's parts in their order."""
    pairs = [[folder / f"cards/to_{name}.mp4", folder / f"clips/{name}.mp4"] for name in TWO]
    return [folder / "cards/title.mp4", *pairs[0], *pairs[1], folder / "cards/ending.mp4"]


def frames(*paths: Path) -> Iterator[np.ndarray]:
    """The decoded frames of these files, one after the other."""
    for path in paths:
        with av.open(str(path)) as video:
            for frame in video.decode(video=0):
                yield frame.to_ndarray(format="yuv420p")


def captions(path: Path) -> list[srt.Subtitle]:
    return list(srt.parse(path.read_text("utf-8")))


def marks(folder: Path) -> list[tuple[str, float, float]]:
    with av.open(str(folder / "film.mp4")) as video:
        return [
            (
                m["metadata"]["title"],
                float(m["start"] * m["time_base"]),
                float(m["end"] * m["time_base"]),
            )
            for m in video.chapters()
        ]


# --- what it holds ---
def test_every_frame_is_that_of_its_part(folder):
    for mine, its in zip(frames(folder / "film.mp4"), frames(*files_of(folder)), strict=True):
        np.testing.assert_array_equal(mine, its)
    with av.open(str(folder / "film.mp4")) as video:
        times = [frame.pts * frame.time_base for frame in video.decode(video=0)]
    assert times == pytest.approx([Fraction(i, FPS) for i in range(len(times))], abs=1e-3)
    assert len(times) == record(folder)["frames"]
    assert record(folder)["duration"] == pytest.approx(len(times) / FPS)


def test_film_json_says_where_everything_is(folder):
    film = record(folder)
    assert [clip["clip"] for clip in film["clips"]] == TWO
    assert [card["card"] for card in film["cards"]] == [
        "title",
        "transition",
        "transition",
        "ending",
    ]
    parts = sorted([*film["clips"], *film["cards"]], key=lambda part: part["start"])
    lengths = [sum(1 for _ in frames(path)) / FPS for path in files_of(folder)]
    starts = np.cumsum([0, *lengths])
    np.testing.assert_allclose([part["start"] for part in parts], starts[:-1], atol=1e-3)
    np.testing.assert_allclose([part["end"] for part in parts], starts[1:], atol=1e-3)
    for card, clip in zip(film["cards"][1:3], film["clips"], strict=True):
        assert (card["title"], card["end"]) == (clip["title"], clip["start"])


def test_a_chapter_mark_begins_with_the_transition(folder):
    film = record(folder)
    title, *transitions, ending = film["cards"]
    wanted = [
        (title["title"], title["start"], title["end"]),
        *(
            (clip["title"], card["start"], clip["end"])
            for card, clip in zip(transitions, film["clips"], strict=True)
        ),
        (ending["title"], ending["start"], ending["end"]),
    ]
    found = marks(folder)
    assert [name for name, *_ in found] == [name for name, *_ in wanted]
    np.testing.assert_allclose([m[1:] for m in found], [m[1:] for m in wanted], atol=0.002)


def test_captions_stand_where_they_are_said(folder):
    cues = captions(folder / "film.srt")
    wanted, start = [], 0.0
    for path in files_of(folder):
        wanted += [
            (c.content, start + c.start.total_seconds()) for c in captions(path.with_suffix(".srt"))
        ]
        start += sum(1 for _ in frames(path)) / FPS
    assert [c.content for c in cues] == [content for content, _ in wanted]
    np.testing.assert_allclose(
        [c.start.total_seconds() for c in cues], [at for _, at in wanted], atol=0.002
    )
    with av.open(str(folder / "film.mp4")) as video:
        (track,) = video.streams.subtitles
        inside = [
            (bytes(p)[2:].decode(), float(p.pts * p.time_base))
            for p in video.demux(track)
            if p.size > 2
        ]
    assert [text for text, _ in inside] == [content for content, _ in wanted]
    np.testing.assert_allclose([at for _, at in inside], [at for _, at in wanted], atol=0.002)
    assert (folder / "film.vtt").read_text("utf-8").count("-->") == len(cues)


def test_the_transcript_has_every_mark_and_word(folder):
    transcript = (folder / "film.md").read_text("utf-8")
    (title, *_), *others = marks(folder)
    assert transcript.startswith(f"# {title}\n")
    for name, start, _ in others:
        assert f"## {name} ({int(start) // 60}:{int(start) % 60:02})" in transcript
    assert all(c.content.replace("\n", " ") in transcript for c in captions(folder / "film.srt"))


def test_files_are_where_they_belong(folder):
    films = [f"film.{ending}" for ending in ("json", "md", "mp4", "png", "srt", "txt", "vtt")]
    kept = [
        f"{place}/{name}.{ending}"
        for place, names in (("cards", CARDS), ("clips", TWO))
        for name in names
        for ending in ("json", "mp4", "png", "srt", "vtt")
    ]
    assert everything_in(folder) == sorted(["cards", "clips", *films, *kept])
    assert (folder / "film.png").read_bytes() == (folder / "cards/title.png").read_bytes()


def test_the_signature_chapter_comes_first_and_its_poster_before_it(tmp_path):
    """Whatever the film's order; who starts a film for the first time soon has a picture."""
    jobs = [
        Job(name, Choices(), "t", "mp4", tmp_path, made_from(name, Choices(), "t", "mp4"))
        for name in (TWO[0], SIGNATURE)
    ]
    seen = []

    def pretend(task, folder, on_event):
        seen.append((task.job.clip, task.poster_first))
        on_event(None)
        return {"duration": 1.0, "frames": 5}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("netglow.scenes.studio.make.jobs.do", pretend)
        for _ in range(2):
            run(jobs, tmp_path, 1, False, False, console(), lead=SIGNATURE)
            jobs[1].record.write_text("{}")  # it was there before
    assert seen == [(SIGNATURE, True), (TWO[0], False), (SIGNATURE, False), (TWO[0], False)]


def test_a_poster_comes_before_its_clip(tmp_path):
    job = Job(CLIP, Choices(), "t", "mp4", tmp_path, {}, PART)
    events = []

    def look(event):
        if isinstance(event, Path):
            assert event.is_file() and not job.picture.exists()
            events.append(np.asarray(Image.open(event), int))

    do(Task(job, "new", poster_first=True), tmp_path, look)
    (early,) = events
    assert early.std() > 8
    assert np.abs(np.asarray(Image.open(job.picture.with_suffix(".png")), int) - early).mean() < 3
    assert everything_in(tmp_path) == sorted(
        f"{job.name}.{ending}" for ending in ("json", "mp4", "png", "srt", "vtt")
    )


# --- nothing jumps ---
def test_transitions_begin_and_end_with_the_pictures_next_to_them(folder):
    parts = files_of(folder)
    seams = [pair for pair in zip(parts, parts[1:], strict=False) if "clips" in str(pair)]
    assert len(seams) == 4
    for before, after in seams:
        last, first = videos.last_frame(before), videos.first_frame(after)
        assert np.abs(last.astype(int) - first).mean() < 2.5, (before, after)


def test_first_and_last_frame_are_what_was_drawn(folder):
    """Back in RGB the empty ground has its own colour, not a darker one."""
    from netglow.scenes.stage.theme import DARK, rgb

    first = videos.first_frame(folder / "cards/title.mp4")
    assert np.abs(first - 255 * rgb(DARK.background)).max() <= 1.5
    assert len(np.unique(first.reshape(-1, 3), axis=0)) == 1


# --- made again only where it must be ---
def test_an_unchanged_film_answers_at_once(folder):
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*.mp4")}
    started = time.monotonic()
    done = film(folder)
    assert time.monotonic() - started < 10
    assert done.stdout.count("up to date") == len(TWO) + len(CARDS) + 1
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*.mp4")} == before


def test_a_dry_run_says_what_would_be_made(folder):
    before = everything_in(folder)
    done = film(folder, "--dry-run")
    assert done.stdout.count("up to date") == len(TWO) + len(CARDS)
    assert done.stdout.endswith("film: nothing would change\n")
    turned = film(folder, "--dry-run", chapters=TWO[::-1])
    assert "title: " in turned.stdout and "title.mp4 is up to date" in turned.stdout
    assert "to_" in turned.stdout and "place in the film changed" in turned.stdout
    assert turned.stdout.endswith("film: would be joined anew\n")
    assert everything_in(folder) == before


def test_a_lost_card_alone_is_made_again(folder):
    lost = folder / "cards" / f"to_{TWO[1]}.mp4"
    was = lost.read_bytes()
    others = {p: p.stat().st_mtime_ns for p in folder.rglob("c*/*.mp4") if p != lost}
    lost.unlink()
    done = film(folder)
    assert f"to_{TWO[1]}.mp4 is missing" in done.stdout
    assert lost.read_bytes() == was
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("c*/*.mp4") if p != lost} == others


def test_a_film_killed_among_its_cards_goes_on(folder, tmp_path):
    shutil.copytree(folder / "clips", tmp_path / "clips")
    args = command("film", "-q", "t", "-o", tmp_path, "--jobs", 1, "--chapters", ",".join(TWO))
    with subprocess.Popen(
        args,
        cwd=tmp_path,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        limit = time.monotonic() + 120
        while not list(tmp_path.glob("cards/*.json")) and time.monotonic() < limit:
            time.sleep(0.02)
        run.kill()
        run.communicate()
    kept = {p: p.stat().st_mtime_ns for p in tmp_path.glob("cards/*.json")}
    assert 0 < len(kept) < len(CARDS) and not (tmp_path / "film.json").exists()
    done = film(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {p: p.stat().st_mtime_ns for p in kept} == kept
    for path in files_of(folder):
        assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes()
    assert everything_in(tmp_path) == everything_in(folder)


def test_one_chapter_and_none_of_the_cards(folder, tmp_path):
    folder = shutil.copytree(folder, tmp_path / "film")
    done = film(folder, chapters=TWO[:1])
    assert done.returncode == 0, done.stderr
    assert [name for name, *_ in marks(folder)][1:-1] == [record(folder)["clips"][0]["title"]]
    assert "1 chapter," in done.stdout
    plain = film(folder, "--no-cards")
    assert plain.returncode == 0, plain.stderr
    assert record(folder)["cards"] == []
    assert [name for name, *_ in marks(folder)] == [c["title"] for c in record(folder)["clips"]]
    assert record(folder)["clips"][0]["start"] == 0


# --- what a card is made from ---
@pytest.fixture
def planned(tmp_path):
    """``planned(names, **changed)``: chapters and cards as they would be made."""

    def plan(names: list[str], **changed: object):
        choices = Choices(**changed)
        chapters = [
            Job(name, choices, "t", "mp4", tmp_path / "clips", made_from(name, choices, "t", "mp4"))
            for name in names
        ]
        return chapters, cards_of(chapters, tmp_path / "cards")

    return plan


def why(before, after) -> dict[str, list[str]]:
    return {b.name: changes(b.made_from, a.made_from) for b, a in zip(before, after, strict=True)}


def test_a_chapter_whose_pictures_change_changes_its_neighbours_only(planned):
    chapters, cards = planned(SHORTEST[:4])
    chapters[1].made_from["files"] = {**chapters[1].made_from["files"], "scenes/x.py": "new"}
    reasons = why(cards, cards_of(chapters, cards[0].out))
    assert reasons == {
        "title": [],
        f"to_{SHORTEST[0]}": [],
        f"to_{SHORTEST[1]}": ["chapter after changed"],
        f"to_{SHORTEST[2]}": ["chapter before changed"],
        f"to_{SHORTEST[3]}": [],
        "ending": [],
    }


def test_other_narration_changes_no_card(planned):
    chapters, cards = planned(TWO)
    chapters[0].made_from["narration"] = "new"
    assert not any(why(cards, cards_of(chapters, cards[0].out)).values())


def test_another_theme_changes_all_and_another_order_the_transitions(planned):
    chapters, cards = planned(TWO)
    light = planned(TWO, theme="light")
    assert all("theme changed" in reasons for reasons in why(cards, light[1]).values())
    turned = planned(TWO[::-1])
    assert film_key(in_order(chapters, cards)) != film_key(in_order(*turned))
    assert cards[0].made_from == turned[1][0].made_from


# --- joining ---
def test_files_of_another_kind_are_not_joined(folder, tmp_path):
    other = tmp_path / "other.mp4"
    with av.open(str(other), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        out.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        out.mux(stream.encode())
    with pytest.raises(ValueError, match=r"cannot be joined to .*title\.mp4: another size"):
        videos.join([("a", [folder / "cards/title.mp4", other])], tmp_path / "x.mp4", "x")


# --- what makes a film stale ---
@pytest.fixture
def joined(tmp_path) -> tuple[list[Job], Path]:
    """Two chapters, no cards, and a film of them that was just made."""
    jobs = [
        Job(name, Choices(), "t", "mp4", tmp_path, made_from(name, Choices(), "t", "mp4"))
        for name in TWO
    ]
    names = [f"film.{kind}" for kind in ("md", "mp4", "png", "srt", "txt", "vtt")]
    for name in names:
        (tmp_path / name).write_text("")
    record = {"key": film_key(jobs), "files": names}
    (tmp_path / "film.json").write_text(json.dumps(record))
    assert is_fresh(jobs, [], tmp_path)
    return jobs, tmp_path


@pytest.mark.parametrize("part", ["model", "image", "theme", "words", "voice", "captions", "files"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_clip_made_from_something_else_makes_the_film_stale(joined, part, which):
    jobs, out = joined
    other = {**jobs[which].made_from, part: "something else"}
    jobs[which] = dataclasses.replace(jobs[which], made_from=other)
    assert not is_fresh(jobs, [], out)


@pytest.mark.parametrize("kind", ["md", "mp4", "png", "srt", "txt", "vtt"])
def test_a_missing_file_makes_the_film_stale(joined, kind):
    jobs, out = joined
    (out / f"film.{kind}").unlink()
    assert not is_fresh(jobs, [], out)


def test_other_chapters_or_another_order_make_the_film_stale(joined):
    jobs, out = joined
    assert not is_fresh(jobs[::-1], [], out)
    assert not is_fresh(jobs[:1], [], out)
