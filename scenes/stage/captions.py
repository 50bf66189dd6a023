"""Narration: loaded from the translation files, cut into cues, written as .vtt and .srt."""

from __future__ import annotations

import datetime
import html
import textwrap
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from netglow.netcore.digits import ASSETS

WORDS_PER_SECOND = 2.5  # 150 words a minute
LINE, LINES = 42, 2  # the most a cue shows
SHORTEST, LONGEST = 1.0, 7.0  # seconds a cue stays


@dataclass(frozen=True)
class Cue:
    """One caption: text of at most two lines, from ``start`` to ``end`` seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Section:
    """The words of one section: its title and its sentences, in the order they are said."""

    title: str
    say: tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """All words of one clip: title, sections by name, and the texts drawn in the picture."""

    title: str
    sections: dict[str, Section]
    labels: dict[str, str]


@dataclass(frozen=True)
class PlayedSection:
    """A section as it was played, times in seconds from the clip's start.

    ``numbers`` fill the braces in its words; ``sentences`` are the times (start, end) at which
    each of its sentences was said.
    """

    name: str
    title: str
    start: float
    end: float
    numbers: dict[str, Any]
    sentences: tuple[tuple[float, float], ...]


def languages() -> list[str]:
    """Codes of the languages there are translation files for."""
    return sorted(p.name for p in (ASSETS / "lang").iterdir() if p.is_dir())


@cache
def load_script(chapter: str, lang: str = "en") -> Script:
    """Words of a chapter (its module name) from ``assets/lang/<lang>/<chapter>.toml``."""
    path = ASSETS / "lang" / lang / f"{chapter}.toml"
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ValueError(
            f"{path}: no words for {chapter!r} in language {lang!r}; "
            "write them after the English file"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: not valid TOML: {error}; mend the file") from None
    try:
        sections = {
            name: Section(b["title"], _sentences(b["say"])) for name, b in table["sections"].items()
        }
        return Script(table["title"], sections, table.get("labels", {}))
    except KeyError as error:
        raise ValueError(f"{path}: {error} is missing; write it as in the English file") from None
    except TypeError as error:
        raise ValueError(f"{path}: {error}") from None


def _sentences(say: Any) -> tuple[str, ...]:
    if not (isinstance(say, list) and say and all(isinstance(s, str) and s.strip() for s in say)):
        raise TypeError(f"'say' must be a list of sentences, not {say!r}")
    return tuple(say)


def seconds_to_read(sentence: str) -> float:
    """Seconds a narrator needs for a sentence, with a breath after it."""
    return max(SHORTEST, len(sentence.split()) / WORDS_PER_SECOND) + 0.3


def cut(sentence: str, start: float, end: float) -> list[Cue]:
    """Cues for a sentence said between two times, shared out by the length of their words."""
    count = len(_lines(sentence, LINE))
    pieces = -(-count // LINES)
    # the narrowest width that needs no more lines gives lines of even length
    tried = (_lines(sentence, width) for width in range(1, LINE + 1))
    lines = next(t for t in tried if len(t) <= count and max(map(len, t)) <= LINE)
    texts = ["\n".join(lines[i * LINES : (i + 1) * LINES]) for i in range(pieces)]
    total, cues, at = sum(map(len, texts)), [], start
    for text in texts:
        until = at + (end - start) * len(text) / total
        cues.append(Cue(at, min(until, at + LONGEST), text))
        at = until
    return cues


def cues_of(script: Script, sections: Iterable[PlayedSection]) -> list[Cue]:
    """The captions of a clip whose sections were played like that."""
    return [
        cue
        for section in sections
        for words, times in zip(script.sections[section.name].say, section.sentences, strict=True)
        for cue in cut(words.format(**section.numbers), *times)
    ]


def _lines(sentence: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters; only a word longer than any line is broken."""
    lines = textwrap.wrap(sentence, width, break_long_words=width == LINE)
    return [line.strip() for line in lines]  # a space may be left before a broken word


def _clock(seconds: float) -> str:
    total = round(seconds * 1000)
    h, rest = divmod(total, 3_600_000)
    m, rest = divmod(rest, 60_000)
    s, ms = divmod(rest, 1000)
    return f"{h:02}:{m:02}:{s:02}.{ms:03}"


def to_vtt(cues: Iterable[Cue]) -> str:
    """WebVTT text of the cues."""
    blocks = [
        f"{_clock(c.start)} --> {_clock(c.end)}\n{html.escape(c.text, quote=False)}\n" for c in cues
    ]
    return "WEBVTT\n\n" + "\n".join(blocks)


def to_srt(cues: Iterable[Cue]) -> str:
    """SubRip text of the cues."""
    import srt  # comes with manim

    def moment(seconds: float) -> datetime.timedelta:
        return datetime.timedelta(milliseconds=round(seconds * 1000))

    items = [srt.Subtitle(i, moment(c.start), moment(c.end), c.text) for i, c in enumerate(cues, 1)]
    return str(srt.compose(items))
