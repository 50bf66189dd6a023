"""From what is written to what is said: −0.512 becomes "minus zero point five one two"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from netglow.netcore.digits import ASSETS

_FOLDER = "speech"  # in assets/: one file a language
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MINUS = r"(?:(?<![\w.,)])[-−])?"


@cache
def speller(language: str) -> Speller:
    """The language's speller; without a file for it, one that only knows numbers."""
    return Speller(language)


class Speller:
    """Puts written sentences of one language into the words they are said with.

    The file ``assets/speech/<language>.toml`` holds what is said for words, signs and years;
    ValueError if it cannot be read.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        table = _table(language)
        self._words: dict[str, str] = table.get("words", {})
        self._signs: dict[str, str] = table.get("signs", {})
        numbers = table.get("numbers", {})
        self._years, self._ordinals = numbers.get("years", []), numbers.get("ordinals", [])
        longest_first = sorted(self._words, key=len, reverse=True)
        self._word = _any_of(longest_first, r"(?<!\w){}(?!\w)")
        self._sign = _any_of([s for s in self._signs if len(s) == 1 and s != "–"], "{}")

    def __call__(self, written: str) -> str:
        """The sentence as it is said."""
        text = self._word.sub(lambda m: self._words[m[0]], written)
        text = re.sub(r"(?<=\d) ?[×x] ?(?=\d)", f" {self._signs.get('by', '×')} ", text)
        text = re.sub(r"\d+(?:-\d+){2,}", lambda m: m[0].replace("-", ", "), text)
        text = re.sub(r"(?<=\d)[-–](?=\d)", f" {self._signs.get('–', '–')} ", text)
        if self._years:
            before = "|".join(map(re.escape, self._years))
            year = rf"\b({before}) (1[1-9]\d\d|20\d\d)\b(?![.,]?\d)"
            text = re.sub(year, lambda m: f"{m[1]} {self._in_words(m[2], to='year')}", text)
        if self._ordinals:
            ending = "|".join(map(re.escape, self._ordinals))
            text = re.sub(
                rf"\b(\d+)(?:{ending})\b", lambda m: self._in_words(m[1], to="ordinal"), text
            )
        text = re.sub(_MINUS + _NUMBER, self._number, text)
        text = self._sign.sub(lambda m: f" {self._signs[m[0]]} ", text)
        return re.sub(r" +([,.;:?!])", r"\1", " ".join(text.split()))

    def _number(self, found: re.Match[str]) -> str:
        """A number in words; zeros at the end of a fraction are not said."""
        text = found[0].replace(",", "")
        sign = f"{self._signs.get('−', '−')} " if text[0] in "-−" else ""
        whole, _, fraction = text.lstrip("-−").partition(".")
        fraction = fraction.rstrip("0")
        return sign + self._in_words(f"{whole}.{fraction}" if fraction else whole)

    def _in_words(self, number: str, to: str = "cardinal") -> str:
        from num2words import num2words

        try:
            value: Any = number if "." in number else int(number)
            return str(num2words(value, lang=self.language, to=to))
        except NotImplementedError:  # the engine may know better
            return number


def _table(language: str) -> dict[str, Any]:
    path = ASSETS / _FOLDER / f"{language}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: not valid TOML: {error}; mend the file") from None


def _any_of(texts: list[str], around: str) -> re.Pattern[str]:
    """Matches any of the texts; nothing at all if there are none."""
    if not texts:
        return re.compile(r"(?!)")
    return re.compile(around.format("(?:" + "|".join(map(re.escape, texts)) + ")"))
