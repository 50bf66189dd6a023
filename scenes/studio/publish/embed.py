"""A folder for a web page: clips, posters, captions, transcripts, a page, and text to paste."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netglow.scenes.stage.captions import load_script
from netglow.scenes.stage.theme import THEMES
from netglow.scenes.studio.ask.choices import Failure
from netglow.scenes.studio.make.freshness import mark_of
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.programs import OURS
from netglow.scenes.studio.make.record import missing_files, publish, read_record, sections_of
from netglow.scenes.studio.make.workspace import workspace
from netglow.scenes.studio.publish import pages
from netglow.scenes.studio.publish.pages import Embedded

WORDS = "web_page"
_COPIED = ("mp4", "png", "vtt")


@dataclass(frozen=True)
class Snippets:
    """What is to be pasted, and whether the folder was made now."""

    html: str
    markdown: str
    new: bool


def check_free(folder: Path) -> None:
    """Raise Failure if a page that this did not write would be overwritten."""
    written = read_record(folder / "embed.json").get("files", [])
    for name in ("index.html", "snippet.html", "snippet.md"):
        if (folder / name).exists() and name not in written:
            raise Failure(f"{folder / name} is not from netglow embed; name another folder with -o")


def make_embed(jobs: Sequence[Job], folder: Path, title: str | None, force: bool) -> Snippets:
    """Fill the folder, unless it is up to date. jobs: mp4 clips that are on disk."""
    words = load_script(WORDS, jobs[0].choices.lang)
    clips = [_embedded(job, words.labels) for job in jobs]
    if title is None:
        title = clips[0].title if len(clips) == 1 else words.title
    snippets = (pages.snippet(clips, words.labels), pages.markdown(clips, words.labels))
    programs = [OURS.mark_of(Path(module)) for module in (__file__, pages.__file__)]
    key = mark_of([programs, title, words.title, words.labels, *(job.made_from for job in jobs)])
    before = read_record(folder / "embed.json")
    if not force and before.get("key") == key and not missing_files(folder / "embed.json", before):
        return Snippets(*snippets, new=False)
    theme = THEMES[jobs[0].choices.theme]
    texts = {
        "index.html": pages.page(clips, title, theme, words.labels),
        "snippet.html": snippets[0],
        "snippet.md": snippets[1],
        **{f"{clip.name}.md": pages.transcript(clip) for clip in clips},
    }
    _fill(folder, jobs, texts, {"title": title, "clips": [clip.name for clip in clips], "key": key})
    for name in set(before.get("files", ())) - set(read_record(folder / "embed.json")["files"]):
        (folder / name).unlink(missing_ok=True)  # of a clip that is no longer in the folder
    return Snippets(*snippets, new=True)


def _fill(folder: Path, jobs: Sequence[Job], texts: dict[str, str], record: dict[str, Any]) -> None:
    with workspace(folder) as hidden:
        finished = hidden / "embed"
        finished.mkdir()
        for job in jobs:
            for ending in _COPIED:
                shutil.copy(job.out / f"{job.name}.{ending}", finished)
        for name, text in texts.items():
            (finished / name).write_text(text, "utf-8")
        files = sorted(path.name for path in finished.iterdir())
        publish(finished, folder / "embed.json", {**record, "files": files})


def _embedded(job: Job, labels: dict[str, str]) -> Embedded:
    """What a page says about a clip, from its record and its words."""
    record = read_record(job.record)
    script = load_script(job.entry.words, job.choices.lang)
    spoken = [
        (
            section.title,
            section.start,
            " ".join(script.fill(s, section.numbers) for s in script.sections[section.name].say),
        )
        for section in sections_of(record)
    ]
    shows = job.entry.shows
    if job.section is not None:
        shows = labels["part"].format(title=record["chapter"])
    return Embedded(
        name=job.name,
        title=record["title"],
        shows=shows,
        facts=_facts(record, labels),
        language=record["language"],
        size=(record["size"][0], record["size"][1]),
        seconds=record["duration"],
        spoken=spoken,
        speaks=record["voice"] != "none",
        vtt=(job.out / f"{job.name}.vtt").read_text("utf-8"),
    )


def _facts(record: dict[str, Any], labels: dict[str, str]) -> str:
    """Image, prediction and model in two sentences."""
    image, model, say = record["image"], record["model"], _sayer(labels)
    kind = "own_image" if image["label"] is None else "test_image"
    first = say(kind, **image, predicted=record["predicted"])
    digest = model["digest"][:12]
    if model["accuracy"] is None:
        return f"{first} {say('network', digest=digest)}"
    percent, n = f"{100 * model['accuracy']:.1f}", f"{model['accuracy_sample']:,}"
    return f"{first} {say('network_measured', digest=digest, percent=percent, n=n)}"


def _sayer(labels: dict[str, str]) -> Callable[..., str]:
    return lambda name, **numbers: labels[name].format(**numbers)
