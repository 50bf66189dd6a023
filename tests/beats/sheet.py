"""A beat sheet: in words, what comes and goes on the screen from one sentence to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.chapters.facts.screen import line

REFERENCE = Path(__file__).with_name("reference")
STORIES = ("default", "relu", "wrong")
NEAR = 0.12  # units that a thing may stand elsewhere: other versions of Pango lay out otherwise


def sheet(scene: Any) -> list[str]:
    """What a played scene says and shows.

    Its titles and sentences, its screen at every moment, and half-way through every animation.
    """
    lines = ["words"]
    for played in scene.sections:
        words = scene.script.sections[played.name]
        for k, text in enumerate((words.title, *words.say)):
            told = scene.script.fill(text, played.numbers)
            lines.append(f"+ {played.name} {k or 'title'}\t{told!r}\t\t0\t0\t0\t0")
    return lines + in_lines((t.moment, line(t)) for t in scene.shown) + in_lines(scene.halves)


def in_lines(things: Iterable[tuple[str, str]]) -> list[str]:
    """The lines: a moment, then what is new (+) and what has gone (-) since the one before."""
    lines, before = [], set[str]()
    for moment, group in groupby(things, key=lambda thing: thing[0]):
        now = [text for _, text in group]
        lines.append(moment)
        lines += [f"- {gone}" for gone in sorted(before - set(now))]
        lines += [f"+ {new}" for new in dict.fromkeys(now) if new not in before]
        before = set(now)
    return lines


def differences(mine: Sequence[str], reference: Sequence[str]) -> Iterator[str]:
    """Lines of one sheet that the other does not have, moment by moment."""
    ours, theirs = _moments(mine), _moments(reference)
    if list(ours) != list(theirs):
        yield f"moments: {list(ours)} are not {list(theirs)}"
        return
    for moment, lines in ours.items():
        left = list(theirs[moment])
        for one in lines:
            match = next((other for other in left if _alike(one, other)), None)
            if match is None:
                yield f"{moment}: not in the reference: {one}"
            else:
                left.remove(match)
        yield from (f"{moment}: only in the reference: {other}" for other in left)


def _moments(lines: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    moment = ""
    for text in lines:
        if text[:2] in ("+ ", "- "):
            found[moment].append(text)
        else:
            moment = text
            found[moment] = []
    return found


def _alike(one: str, other: str) -> bool:
    mine, its = one.split("\t"), other.split("\t")
    if mine[:-4] != its[:-4]:
        return False
    return all(abs(float(a) - float(b)) <= NEAR for a, b in zip(mine[-4:], its[-4:], strict=True))


def path_of(clip: str, story: str) -> Path:
    """Where the reference of a clip, told with a story, stands."""
    return REFERENCE / f"{clip}.{story}.txt"
