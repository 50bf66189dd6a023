"""The film: all chapters behind one another, with shifted captions."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scenes.studio.freshness import mark, mark_of
from scenes.studio.render import Job
from scenes.studio.sidecar import missing_files, publish, read_sidecar
from scenes.studio.workspace import workspace

TITLE = "Netglow: inside a neural network that reads digits"
SIGNATURE = "ForwardPass"


def make_film(jobs: Sequence[Job], out: Path, force: bool) -> tuple[Path, dict[str, Any], bool]:
    """Join rendered clips into out/film.mp4, with captions, transcript, poster and film.json.

    Gives the film, what film.json says, and whether it was made now. jobs: mp4 clips that are
    on disk.
    """
    sidecar, film = out / "film.json", out / "film.mp4"
    programs = (Path(__file__), Path(__file__).with_name("media.py"))
    made_by = [mark(path.read_bytes()) for path in programs]
    key = mark_of([made_by, *(job.made_from for job in jobs)])
    told = read_sidecar(sidecar)
    if not force and told.get("key") == key and not missing_files(sidecar, told):
        return film, told, False
    from scenes.stage.captions import to_srt, to_vtt
    from scenes.studio import media

    clips = [read_sidecar(job.sidecar) for job in jobs]
    told = _describe(clips, key)
    with workspace(out) as folder:
        finished = folder / "film"
        finished.mkdir()
        parts = [(job.picture, clip["title"]) for job, clip in zip(jobs, clips, strict=True)]
        spoken = [
            _cues(job.out / f"{job.clip}.srt", clip["start"])
            for job, clip in zip(jobs, told["clips"], strict=True)
        ]
        cues = [cue for chapter in spoken for cue in chapter]
        media.join(parts, finished / "film.mp4", TITLE, cues, told["language"])
        shutil.copy(_poster(jobs), finished / "film.png")
        (finished / "film.md").write_text(_transcript(told["clips"], spoken), "utf-8")
        (finished / "film.vtt").write_text(to_vtt(cues), "utf-8")
        (finished / "film.srt").write_text(to_srt(cues), "utf-8")
        publish(finished, sidecar, told)
    return film, told, True


def _poster(jobs: Sequence[Job]) -> Path:
    """The signature shot's poster, or the first clip's."""
    chosen = next((job for job in jobs if job.clip == SIGNATURE), jobs[0])
    return chosen.out / f"{chosen.clip}.png"


def _transcript(clips: Sequence[dict[str, Any]], spoken: Sequence[Sequence[Any]]) -> str:
    """The narration as Markdown: a heading a chapter, with its time."""
    blocks = [f"# {TITLE}"]
    for clip, cues in zip(clips, spoken, strict=True):
        minutes, seconds = divmod(int(clip["start"]), 60)
        words = " ".join(cue.text.replace("\n", " ") for cue in cues)
        blocks += [f"## {clip['title']} ({minutes}:{seconds:02})", words]
    return "\n\n".join(blocks) + "\n"


def _cues(path: Path, shift: float) -> list[Any]:
    """A clip's captions, so many seconds later."""
    import srt

    from scenes.stage.captions import Cue

    later = datetime.timedelta(seconds=shift)
    return [
        Cue((item.start + later).total_seconds(), (item.end + later).total_seconds(), item.content)
        for item in srt.parse(path.read_text("utf-8"))
    ]


def _describe(clips: Sequence[dict[str, Any]], key: str) -> dict[str, Any]:
    """What the film is made of; what all clips share is told once."""
    first, parts, frames = clips[0], [], 0
    for clip in clips:
        start = frames / first["fps"]
        frames += clip["frames"]
        parts.append(
            {
                "clip": clip["clip"],
                "title": clip["title"],
                "start": round(start, 3),
                "end": round(frames / first["fps"], 3),
            }
        )
    shared = (
        "model",
        "image",
        "predicted",
        "outputs",
        "fps",
        "size",
        "theme",
        "language",
        "format",
        "versions",
    )
    return {
        "film": TITLE,
        "files": ["film.md", "film.mp4", "film.png", "film.srt", "film.vtt"],
        "clips": parts,
        "duration": round(frames / first["fps"], 3),
        "frames": frames,
        **{name: first[name] for name in shared},
        "key": key,
    }
