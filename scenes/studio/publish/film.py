"""The film: title, chapters with transitions before them, ending; with shifted captions."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.scenes.catalog import SIGNATURE
from netglow.scenes.stage.captions import Cue, load_script, to_srt, to_vtt
from netglow.scenes.stage.narrator import spoken
from netglow.scenes.studio.make.freshness import mark_of
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.programs import OURS
from netglow.scenes.studio.make.record import missing_files, publish, read_record, sections_of
from netglow.scenes.studio.make.workspace import workspace
from netglow.scenes.studio.publish.cards import CARDS, CardJob, title_of
from netglow.scenes.studio.publish.pages import clock

if TYPE_CHECKING:
    from av import AudioFrame

    from netglow.scenes.voice.soundtrack import Placed

_RECORD = "film.json"
_SHARED = (
    "model",
    "image",
    "predicted",
    "outputs",
    "fps",
    "size",
    "theme",
    "language",
    "voice",
    "captions",
    "format",
    "versions",
)


@dataclass(frozen=True)
class Part:
    """One file of the film: a chapter or a card, from ``start`` to ``end`` seconds."""

    job: Job
    title: str
    start: float
    end: float
    cues: tuple[Cue, ...]

    @property
    def kind(self) -> str:
        """``chapter``, or the card's kind."""
        return self.job.kind if isinstance(self.job, CardJob) else "chapter"


def make_film(
    chapters: Sequence[Job], cards: Sequence[CardJob], out: Path, force: bool
) -> tuple[Path, dict[str, Any], bool]:
    """Join rendered clips into out/film.mp4, with one sound track, captions and film.json.

    Beside it: poster, captions, transcript (film.md), chapter times for a description (film.txt).

    Returns the film, its record (film.json), and whether it was made now. chapters: mp4 clips that
    are on disk; cards: theirs (:func:`cards_of`), on disk too, or none.
    """
    film = out / "film.mp4"
    if not force and is_fresh(chapters, cards, out):
        return film, read_record(out / _RECORD), False
    from netglow.scenes.studio.make import media

    jobs = in_order(chapters, cards)
    parts = list(_parts(jobs))
    title = load_script(CARDS["title"].words, jobs[0].choices.lang).title
    record = _describe(title, parts, film_key(jobs))
    cues = [cue for part in parts for cue in part.cues]
    with workspace(out) as folder:
        finished = folder / "film"
        finished.mkdir()
        files = [(name, [part.job.picture for part in group]) for name, group in _marks(parts)]
        track = cues if jobs[0].choices.captions == "track" else ()
        sound = _sound(parts, record["duration"])
        media.join(files, finished / "film.mp4", title, track, record["language"], sound)
        shutil.copy(_poster(jobs), finished / "film.png")
        (finished / "film.md").write_text(_transcript(title, parts), "utf-8")
        (finished / "film.txt").write_text(_description(parts), "utf-8")
        (finished / "film.vtt").write_text(to_vtt(cues), "utf-8")
        (finished / "film.srt").write_text(to_srt(cues), "utf-8")
        publish(finished, out / _RECORD, record)
    return film, record, True


def is_fresh(chapters: Sequence[Job], cards: Sequence[CardJob], out: Path) -> bool:
    """Whether the film in ``out`` is the one that would be made of these."""
    record = read_record(out / _RECORD)
    key = film_key(in_order(chapters, cards))
    return record.get("key") == key and not missing_files(out / _RECORD, record)


def in_order(chapters: Sequence[Job], cards: Sequence[CardJob]) -> list[Job]:
    """The film's files: before every chapter its transition, title and ending around them."""
    if not cards:
        return list(chapters)
    title, *transitions, ending = cards
    pairs = zip(transitions, chapters, strict=True)
    return [title, *(job for pair in pairs for job in pair), ending]


def film_key(jobs: Sequence[Job]) -> str:
    """Changes whenever the film would."""
    programs = (Path(__file__), Path(__file__).parents[1] / "make" / "media.py")
    made_from = [[job.name, job.made_from] for job in jobs]
    return mark_of([[OURS.mark_of(path) for path in programs], *made_from])


def _parts(jobs: Sequence[Job]) -> Iterator[Part]:
    """The files one after the other, with their captions at their place in the film."""
    frames = 0
    for job in jobs:
        record = read_record(job.record)
        start, frames = frames / record["fps"], frames + record["frames"]
        heading = job.heading if isinstance(job, CardJob) else ""
        yield Part(
            job,
            heading or title_of(job),
            start,
            frames / record["fps"],
            tuple(_cues(job.out / f"{job.name}.srt", start)),
        )


def _marks(parts: Sequence[Part]) -> list[tuple[str, list[Part]]]:
    """The film's chapter marks: a title and its files; a transition belongs to its chapter."""
    groups: list[tuple[str, list[Part]]] = []
    for part, before in zip(parts, [None, *parts], strict=False):
        if before is not None and before.kind == "transition":
            groups[-1][1].append(part)
        else:
            groups.append((part.title, [part]))
    return groups


def _poster(jobs: Sequence[Job]) -> Path:
    """The title card's poster; without one the signature shot's, or the first clip's."""
    first = jobs[0]
    if not isinstance(first, CardJob):
        first = next((job for job in jobs if job.clip == SIGNATURE), first)
    return first.out / f"{first.name}.png"


def _sound(parts: Sequence[Part], seconds: float) -> Iterator[AudioFrame] | None:
    """The whole film's sound in one: every sentence in its place; None if nobody speaks."""
    teller = parts[0].job.choices.teller()
    if teller is None:
        return None
    from netglow.scenes.voice.soundtrack import Soundtrack

    sentences: list[Placed] = []
    for part in parts:
        script = load_script(part.job.entry.words, part.job.choices.lang)
        sections = sections_of(read_record(part.job.record))
        sentences += spoken(part.job.entry.name, script, sections, teller, part.start)
    return Soundtrack(sentences, seconds).mastered()


def _description(parts: Sequence[Part]) -> str:
    """Chapter times as video platforms read them from a description.

    They want the first at 0:00 and none shorter than ten seconds: a title or an ending that is
    shorter belongs to the chapter beside it.
    """
    marks = [(group[0].start, name, group[0].kind) for name, group in _marks(parts)]
    chapters = [(start, name) for start, name, kind in marks if kind in ("chapter", "transition")]
    chapters[0] = (0.0, chapters[0][1])
    return "".join(f"{clock(start)} {name}\n" for start, name in chapters)


def _transcript(title: str, parts: Sequence[Part]) -> str:
    """The narration as Markdown: a heading a chapter mark, with its time."""
    blocks = [f"# {title}"]
    for name, group in _marks(parts):
        words = " ".join(cue.text.replace("\n", " ") for part in group for cue in part.cues)
        if group[0].kind != "title":
            blocks.append(f"## {name} ({clock(group[0].start)})")
        blocks.append(words)
    return "\n\n".join(blocks) + "\n"


def _cues(path: Path, shift: float) -> list[Cue]:
    """A clip's captions, so many seconds later."""
    import srt

    later = datetime.timedelta(seconds=shift)
    return [
        Cue((item.start + later).total_seconds(), (item.end + later).total_seconds(), item.content)
        for item in srt.parse(path.read_text("utf-8"))
    ]


def _describe(title: str, parts: Sequence[Part], key: str) -> dict[str, Any]:
    """What the film is made of; what all clips share stands there once."""
    first = read_record(parts[0].job.record)
    chapters = [part for part in parts if part.kind == "chapter"]
    cards = [part for part in parts if part.kind != "chapter"]
    return {
        "film": title,
        "files": [f"film.{kind}" for kind in ("md", "mp4", "png", "srt", "txt", "vtt")],
        "clips": [{"clip": part.job.clip, **_place(part)} for part in chapters],
        "cards": [{"card": part.kind, **_place(part)} for part in cards],
        "duration": round(parts[-1].end, 3),
        "frames": round(parts[-1].end * first["fps"]),
        **{name: first[name] for name in _SHARED},
        "key": key,
    }


def _place(part: Part) -> dict[str, Any]:
    return {"title": part.title, "start": round(part.start, 3), "end": round(part.end, 3)}
