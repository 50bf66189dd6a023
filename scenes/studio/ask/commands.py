"""What the commands about clips do. Heavy imports stand inside: light commands stay quick."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from netglow.scenes.catalog import CLIPS
from netglow.scenes.studio.ask.choices import Choices, UsageError, find_clips
from netglow.scenes.studio.ask.report import console

if TYPE_CHECKING:
    from rich.console import Console

    from netglow.scenes.catalog import Clip
    from netglow.scenes.studio.make.job import Job


def list_clips(args: argparse.Namespace) -> None:
    """The clips in film order, or the sections of some."""
    if args.clips or args.sections:
        from netglow.scenes.studio.make.sections import titles

        _rows(
            ("clip", "section", "title"),
            [
                (clip.name, name, title)
                for clip in (find_clips(args.clips) if args.clips else CLIPS)
                for name, title in titles(clip).items()
            ],
        )
        return
    _rows(
        ("clip", "length", "title", "shows"),
        [(clip.name, _minutes(clip.seconds), clip.title, clip.shows) for clip in CLIPS],
        told=3,
    )


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]], told: int | None = None) -> None:
    """A table in a terminal; elsewhere tabs between the columns, the first ``told`` of them."""
    out = console()
    if not out.is_terminal:
        for row in rows:
            print(*row[:told], sep="\t")
        return
    table = Table(*heads, box=None, header_style="bold")
    for row in rows:
        table.add_row(*map(escape, row))
    out.print(table)


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
    """Render the chapters and the cards around them, and join them all."""
    names = args.chapters or [clip.name for clip in CLIPS]
    chapters, stale = _make(args, names, args.quality or "m", "mp4", args.output)
    from netglow.scenes.studio.make import jobs
    from netglow.scenes.studio.publish.cards import cards_of
    from netglow.scenes.studio.publish.film import is_fresh, make_film

    folder = args.output / "cards"
    cards = [] if args.no_cards else cards_of(chapters, folder)
    if cards:
        workers = args.jobs or jobs.cores()
        stale |= jobs.run(cards, folder, workers, args.force, args.dry_run, console())
    if args.dry_run:
        fresh = not stale and is_fresh(chapters, cards, args.output)
        console().print("film: nothing would change" if fresh else "film: would be joined anew")
        return
    path, told, new = make_film(chapters, cards, args.output, args.force)
    count = len(told["clips"])
    length = f"{count} chapter{'s' * (count > 1)}, {_minutes(told['duration'])}"
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
    names = [*args.clips, *(args.section or [])]
    alone = len(args.clips) == 1 and len(args.section or []) < 2
    return args.media / "embed" / (".".join(names) if alone else "lesson")


def _make(
    args: argparse.Namespace,
    names: list[str],
    quality: str,
    fmt: str,
    folder: Path,
    sections: list[str] | None = None,
    say: Console | None = None,
) -> tuple[list[Job], bool]:
    """Make the clips, or sections of them, that need it, in folder/clips.

    Gives all of them, and whether one was made. Progress is told to ``say``.
    """
    clips = find_clips(names)
    from netglow.scenes.studio.make import jobs
    from netglow.scenes.studio.make.freshness import made_from
    from netglow.scenes.studio.make.job import Job

    choices = Choices(args.model, args.digit, args.index, args.image, args.theme, args.lang)
    story = choices.story()  # a wrong choice is told once, before anything starts
    if story.drawing is not None:
        from netglow.scenes.studio.ask import terminal

        terminal.picture(say or console(), story.drawing, story.image)
    out, say, todo = folder / "clips", say or console(), []
    for clip, section, played in _parts(clips, sections, choices, out, say):
        kind = (choices, quality, fmt)
        made = made_from(clip.name, *kind, section)
        todo.append(Job(clip.name, *kind, out, made, section, tuple(played)))
    workers = args.jobs or jobs.cores()
    return todo, jobs.run(todo, out, workers, args.force, args.dry_run, say)


def _parts(
    clips: Sequence[Clip], sections: list[str] | None, choices: Choices, out: Path, say: Console
) -> list[tuple[Clip, str | None, list[str]]]:
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
        raise UsageError(f"there is no shot {unknown[0]!r}; choose of {', '.join(run.SHOTS)}")
    args.output.parent.mkdir(parents=True, exist_ok=True)
    check_writable(args.output)
    out = console()
    for shot in shots:
        out.print(f"{shot}: {run.SHOTS[shot]}", markup=False)
    quality = "h" if args.full else "m"
    with out.status("measuring") as status:
        told = run.measure_all(shots, quality, args.rounds, status.update)
    out.print(run.table(told))
    args.output.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    out.print(f"results: {args.output}", markup=False)
