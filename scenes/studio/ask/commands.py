"""What the commands about clips do. Heavy imports stand inside: light commands stay quick."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from netglow.scenes.catalog import CLIPS, SIGNATURE
from netglow.scenes.studio.ask.choices import QUALITIES, Choices, UsageError, find_clips
from netglow.scenes.studio.ask.report import console, rows
from netglow.scenes.studio.ask.showable import check_shown
from netglow.scenes.studio.ask.voices import NONE, check_recordings, voice_of, why_silent

if TYPE_CHECKING:
    from rich.console import Console

    from netglow.scenes.catalog import Clip
    from netglow.scenes.studio.make.job import Job


def list_clips(args: argparse.Namespace) -> None:
    """The clips in film order, or the sections of some."""
    if args.clips or args.sections:
        from netglow.scenes.studio.make.sections import titles

        rows(
            ("clip", "section", "title"),
            [
                (clip.name, name, title)
                for clip in (find_clips(args.clips) if args.clips else CLIPS)
                for name, title in titles(clip).items()
            ],
        )
        return
    rows(
        ("clip", "length", "title", "shows"),
        [(clip.name, _minutes(clip.seconds), clip.title, clip.shows) for clip in CLIPS],
        plain=3,
    )


def _minutes(seconds: float) -> str:
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"


def render(args: argparse.Namespace) -> None:
    """Render the named clips."""
    if args.all == bool(args.clips):
        raise UsageError("name clips or say --all, one of both (netglow list shows the names)")
    names = [clip.name for clip in CLIPS] if args.all else args.clips
    quality = args.quality or ("l" if args.format == "gif" else "m")
    _make(args, names, quality, args.format, args.output, args.section)


def film(args: argparse.Namespace) -> None:
    """Render the chapters, the signature one first, and the cards around them; join them all."""
    from netglow.scenes.studio.make import jobs
    from netglow.scenes.studio.make.capacity import cores
    from netglow.scenes.studio.publish.cards import SPEAKING_CARDS, cards_of
    from netglow.scenes.studio.publish.film import is_fresh, make_film

    names = args.chapters or [clip.name for clip in CLIPS]
    folder, beside = args.output / "cards", () if args.no_cards else SPEAKING_CARDS
    chapters, stale = _make(
        args, names, args.quality or "m", "mp4", args.output, lead=SIGNATURE, beside=beside
    )
    cards = [] if args.no_cards else cards_of(chapters, folder)
    if cards:
        workers = args.jobs or cores()
        stale |= jobs.run(cards, folder, workers, args.force, args.dry_run, console())
    if args.dry_run:
        fresh = not stale and is_fresh(chapters, cards, args.output)
        console().print("film: nothing would change" if fresh else "film: would be joined anew")
        return
    path, record, new = make_film(chapters, cards, args.output, args.force)
    count = len(record["clips"])
    length = f"{count} chapter{'s' * (count > 1)}, {_minutes(record['duration'])}"
    console().print(f"film: {path} {'' if new else 'is up to date '}({length})", markup=False)


def embed(args: argparse.Namespace) -> None:
    """Render the named clips and put them into a folder with a page and text to paste."""
    find_clips(args.clips)
    folder = args.output or _page_folder(args)
    from netglow.scenes.studio.publish.embed import check_free, make_embed

    check_free(folder)
    only = args.html or args.markdown
    say = console(stderr=True) if only else console()
    quality = args.quality or "m"
    jobs, _ = _make(args, args.clips, quality, "mp4", args.media, args.section, say)
    if args.dry_run:
        return
    made = make_embed(jobs, folder, args.title, args.force)
    page = folder / "index.html"
    say.print(f"page: {page}" if made.new else f"page: {page} is up to date", markup=False)
    if not only:
        print(f"\nHTML to paste ({folder / 'snippet.html'}):\n\n{made.html}")
        print(f"Markdown to paste ({folder / 'snippet.md'}):\n\n{made.markdown}", end="")
    else:
        print(made.html if args.html else made.markdown, end="")


def _page_folder(args: argparse.Namespace) -> Path:
    """Where a page goes that nobody gave a folder: named after its only clip or section."""
    sections: list[str] = args.section or []
    alone = len(args.clips) == 1 and len(sections) < 2
    media: Path = args.media
    return media / "embed" / (".".join([*args.clips, *sections]) if alone else "lesson")


def sheet(args: argparse.Namespace) -> None:
    """Render a clip, or sections of it, if need be, and put its stills on one picture."""
    find_clips([args.clip])
    from netglow.scenes.studio.make.workspace import check_writable
    from netglow.scenes.studio.publish.sheet import make_sheet, quality_there

    sections: list[str] = args.section or []
    name = ".".join([args.clip, *(sections if len(sections) == 1 else [])])
    target: Path = args.output or args.media / "sheets" / f"{name}.png"
    if not args.dry_run:
        if args.output is None:
            target.parent.mkdir(parents=True, exist_ok=True)
        check_writable(target)
    quality = args.quality or quality_there(args.media / "clips", args.clip, args.section) or "l"
    jobs, _ = _make(args, [args.clip], quality, "mp4", args.media, args.section)
    if args.dry_run:
        return
    count = make_sheet(jobs, target, args.every, args.columns)
    console().print(f"sheet: {target} ({count} stills)", markup=False)


def _make(
    args: argparse.Namespace,
    names: list[str],
    quality: str,
    fmt: str,
    folder: Path,
    sections: list[str] | None = None,
    say: Console | None = None,
    lead: str | None = None,
    beside: Sequence[Clip] = (),
) -> tuple[list[Job], bool]:
    """Make the clips, or sections of them, that need it, in folder/clips; ``lead`` comes first.

    Returns all of them, and whether one was made. Progress goes to ``say``. ``beside``: what is
    made after them and must have a voice, too.
    """
    clips = find_clips(names)
    from netglow.scenes.studio.make import jobs
    from netglow.scenes.studio.make.capacity import cores
    from netglow.scenes.studio.make.freshness import made_from
    from netglow.scenes.studio.make.job import Job
    from netglow.scenes.studio.make.task import Task

    say = say or console()
    story = _shown(args).story()  # a wrong choice is reported once, before anything starts
    check_shown(clips, story.network, args.model)
    choices = _spoken(args, fmt, say)
    if story.drawing is not None:
        from netglow.scenes.studio.ask import terminal

        terminal.picture(say, story.drawing, story.image)
    out = folder / "clips"
    parts = _parts(clips, sections, choices, out, say)

    def planned(choices: Choices) -> list[Job]:
        return [
            Job(
                clip.name,
                choices,
                quality,
                fmt,
                out,
                made_from(clip.name, choices, quality, fmt, section),
                section,
                tuple(played),
            )
            for clip, section, played in parts
        ]

    todo = planned(choices)
    stale = [job for job in todo if Task.of(job, args.force)]
    if stale and choices.is_spoken and not args.dry_run:
        said = [(job.entry, job.section) for job in stale]
        check_recordings(choices, [*said, *((card, None) for card in beside)], out)
        if args.voice is None and (reason := why_silent(choices)):
            say.print(f"no voice, so this will be silent: {reason}", markup=False)
            todo = planned(replace(choices, voice=NONE))
    return todo, jobs.run(todo, out, args.jobs or cores(), args.force, args.dry_run, say, lead)


def _shown(args: argparse.Namespace) -> Choices:
    """What is shown, whoever speaks."""
    return Choices(args.model, args.digit, args.index, args.image, args.theme, args.lang)


def _spoken(args: argparse.Namespace, fmt: str, say: Console) -> Choices:
    """The same with its voice and captions; only a video has tracks, and a still neither."""
    voice, fill = voice_of(args, fmt, say)
    lost = fmt == "png" or (fmt == "gif" and args.captions == "track")
    captions = "none" if lost else args.captions
    return replace(_shown(args), voice=voice, fill=fill, captions=captions)


def _parts(
    clips: Sequence[Clip], sections: list[str] | None, choices: Choices, out: Path, say: Console
) -> Sequence[tuple[Clip, str | None, list[str]]]:
    """Whole clips, or their wanted sections with the names of all that are played, if known."""
    if sections is None:
        return [(clip, None, []) for clip in clips]
    from netglow.scenes.studio.make.sections import choose

    with say.status("looking for the sections"):
        return choose(clips, sections, choices, out)


def bench(args: argparse.Namespace) -> None:
    """Measure, print a table, write a JSON file."""
    import json

    from netglow.scenes.bench import run
    from netglow.scenes.studio.make.workspace import check_writable

    shots = args.shots or list(run.SHOTS)
    if unknown := [shot for shot in shots if shot not in run.SHOTS]:
        raise UsageError(f"there is no shot {unknown[0]!r}; choose one of {', '.join(run.SHOTS)}")
    args.output.parent.mkdir(parents=True, exist_ok=True)
    check_writable(args.output)
    out = console()
    for shot in shots:
        out.print(f"{shot}: {run.SHOTS[shot]}", markup=False)
    quality = "h" if args.full else "m"
    with out.status("measuring") as status:
        results = run.measure_all(shots, quality, args.rounds, status.update)
    out.print(run.table(results))
    args.output.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    out.print(f"results: {args.output}", markup=False)


def profile(args: argparse.Namespace) -> None:
    """Show where the time of a frame goes, of a clip or of one section."""
    (clip,) = find_clips([args.clip])
    story = _shown(args).story()
    check_shown([clip], story.network, args.model)
    from netglow.scenes.studio.make.sections import titles

    names = titles(clip, args.lang)
    if args.section is not None and args.section not in names:
        known = ", ".join(names)
        raise UsageError(f"{clip.name} has no section {args.section!r}; there are {known}")
    from netglow.scenes.bench import profile

    out = console()
    with out.status(f"rendering {clip.name}"):
        found = profile.profile(clip, story, QUALITIES[args.quality or "m"], args.section)
    if out.is_terminal:
        out.print(found.table())
        return
    print(found.title)
    for row in (profile.HEADS, *found.rows):
        print(*row, sep="\t")
