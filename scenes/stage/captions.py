"""Narration: loaded from the translation files, cut into cues, written as .vtt and .srt."""

from __future__ import annotations

import datetime
import html
import math
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from netglow.netcore.digits import ASSETS
from netglow.scenes.stage.fill import filler

WORDS_PER_SECOND = 2.5  # 150 words a minute
LINE, LINES = 42, 2  # the most a cue shows
SHORTEST, LONGEST = 1.0, 7.0  # seconds a cue stays
SLOWEST = 1.5  # times as long as it takes to read: nobody speaks slower than that


@dataclass(frozen=True)
class Cue:
    """One caption: text of at most two lines, from ``start`` to ``end`` seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Section:
    """The words of one section: its title and its sentences, in the order they are said.

    ``say`` is how they are written, ``aloud`` how they are said, where the file gives both.
    """

    title: str
    say: tuple[str, ...]
    aloud: Mapping[int, str] = field(default_factory=dict)

    def spoken(self, number: int) -> str:
        """What a voice reads for a sentence, before it is spelled out; the first is 0."""
        return self.aloud.get(number, self.say[number])


@dataclass(frozen=True)
class Script:
    """All words of one clip: title, sections by name, and the texts drawn in the picture."""

    title: str
    sections: dict[str, Section]
    labels: dict[str, str]
    language: str = "en"

    def fill(self, text: str, values: Mapping[str, Any]) -> str:
        """A text of the script with its braces filled."""
        return filler(self.language).fill(text, values)

    def aloud(self, sentence: str) -> str:
        """A sentence, its numbers filled in, as it is said in the script's language."""
        from netglow.scenes.voice.spelling import speller

        return speller(self.language)(sentence)


@dataclass(frozen=True)
class PlayedSection:
    """A section as it was played, times in seconds from the clip's start.

    ``numbers`` fill the braces in its words; ``sentences`` are the times (start, end) at which
    each of its sentences was said. After the end of one there may be a pause.
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
            name: Section(b["title"], *_sentences(b["say"]))
            for name, b in table["sections"].items()
        }
        return Script(table["title"], sections, table.get("labels", {}), lang)
    except KeyError as error:
        raise ValueError(f"{path}: {error} is missing; write it as in the English file") from None
    except TypeError as error:
        raise ValueError(f"{path}: {error}") from None


def _sentences(say: Any) -> tuple[tuple[str, ...], dict[int, str]]:
    """Sentences as they are written, and those that are to be said in another form."""
    pairs = [_sentence(item) for item in say] if isinstance(say, list) and say else [None]
    if None in pairs:
        raise TypeError(
            f"'say' must be a list of sentences, or of {{ write = '…', speak = '…' }}, not {say!r}"
        )
    known = [pair for pair in pairs if pair is not None]
    return tuple(w for w, _ in known), {i: s for i, (_, s) in enumerate(known) if s is not None}


def _sentence(item: Any) -> tuple[str, str | None] | None:
    """How a sentence is written and, if that differs, said; None if it is no sentence."""
    if isinstance(item, dict) and item.keys() == {"write", "speak"}:
        write, speak = item["write"], item["speak"]
    else:
        write, speak = item, None
    texts = [text for text in (write, speak) if text is not None]
    good = all(isinstance(text, str) and text.strip() for text in texts)
    return (write, speak) if good and texts else None


def seconds_to_read(sentence: str) -> float:
    """Seconds a narrator needs for a sentence, with a breath after it."""
    return max(SHORTEST, len(sentence.split()) / WORDS_PER_SECOND) + 0.3


def cut(sentence: str, start: float, end: float, aloud: Callable[[str], str] = str) -> list[Cue]:
    """Cues for a sentence said between two times, shared out by how long their words are said.

    Where the picture goes on long after it is said or read, the last one does not stay.
    """
    told = min(end - start, SLOWEST * seconds_to_read(aloud(sentence)))
    count = max(-(-len(_lines(sentence, LINE)) // LINES), math.ceil(told / LONGEST))
    texts = ["\n".join(_even(piece)) for piece in _pieces(sentence, count)]
    lengths = [len(aloud(text)) for text in texts]
    cues, at = [], start
    for text, length in zip(texts, lengths, strict=True):
        share = length / sum(lengths)
        until = at + (end - start) * share
        cues.append(Cue(at, min(until, at + max(LONGEST, told * share)), text))
        at = until
    return cues


def cues_of(script: Script, sections: Iterable[PlayedSection]) -> list[Cue]:
    """The captions of a clip whose sections were played like that."""
    return [
        cue
        for section in sections
        for words, times in zip(script.sections[section.name].say, section.sentences, strict=True)
        for cue in cut(script.fill(words, section.numbers), *times, script.aloud)
    ]


def _pieces(sentence: str, count: int) -> list[str]:
    """About ``count`` parts that fit into a cue each: of even length, and rather cut at a comma."""
    words = sentence.split()
    if count == 1 or any(len(word) > LINE for word in words):
        return _by_lines(sentence, count)
    count = min(count, len(words))
    average = len(sentence) / count
    # best[i, n]: the least cost of the first i words in n pieces, and where the last one begins
    best = {(0, 0): (0.0, 0)}
    for n in range(1, count + 1):
        for i in range(n, len(words) + 1):
            ways = [
                (best[k, n - 1][0] + _cost(words[k:i], i == len(words), average), k)
                for k in range(n - 1, i)
                if (k, n - 1) in best and len(_lines(" ".join(words[k:i]), LINE)) <= LINES
            ]
            if ways:
                best[i, n] = min(ways)
    if (len(words), count) not in best:
        return _pieces(sentence, count + 1)
    pieces, i = [], len(words)
    for n in range(count, 0, -1):
        k = best[i, n][1]
        pieces.append(" ".join(words[k:i]))
        i = k
    return pieces[::-1]


def _cost(words: list[str], is_last: bool, average: float) -> float:
    """How bad a piece is: too long or short, or cut in the middle of a clause."""
    uneven = (len(" ".join(words)) / average - 1) ** 2
    return uneven + (0.0 if is_last or words[-1][-1] in ",.;:!?…" else 0.3)


def _by_lines(sentence: str, count: int) -> list[str]:
    """Parts of as many lines each; for one part, and for words longer than a line."""
    lines = _lines(sentence, LINE)
    each = min(LINES, -(-len(lines) // count))
    return [" ".join(lines[i : i + each]) for i in range(0, len(lines), each)]


def _even(piece: str) -> list[str]:
    """The narrowest lines that need no more lines than the widest do: of even length."""
    count = len(_lines(piece, LINE))
    tried = (_lines(piece, width) for width in range(1, LINE + 1))
    return next(t for t in tried if len(t) <= count and max(map(len, t)) <= LINE)


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
