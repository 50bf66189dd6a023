"""Braces in words, filled as one writes: 12,960, −0.5, 95.7%, a three."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from netglow.netcore.digits import ASSETS

_TABLE = "digits"  # in assets/speech/<language>.toml: how a class is named
_KINDS = ("one", "One", "many", "Many", "name", "Name")


class Filler(string.Formatter):
    """Fills the braces of one language's sentences and labels.

    ``{edges}`` has commas in thousands, ``{share:.0%}`` and ``{z:.3f}`` are Python's, and
    ``{digit:one}``, ``{digit:many}`` and ``{digit:name}`` are "a three", "threes" and "three" (with
    a capital: ``One``, ``Many``, ``Name``). A minus is a minus sign, and there is no minus zero.
    KeyError for a name there is no value for.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def fill(self, text: str, values: Mapping[str, Any]) -> str:
        """The text with its braces filled."""
        return self.vformat(text, (), values)

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in _KINDS:
            return self._named(value, format_spec)
        if isinstance(value, str) or (not format_spec and not _is_whole(value)):
            return format(value, format_spec)
        text = format(value, format_spec or ",")
        if not text.strip("-+0.,%"):  # -0.0 is zero
            text = text.lstrip("-")
        return text.replace("-", "−")

    def _named(self, value: Any, kind: str) -> str:
        names = _names(self.language)
        text = names[kind.lower()][int(value)]
        return text[0].upper() + text[1:] if kind[0].isupper() else text


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


@cache
def _names(language: str) -> dict[str, list[str]]:
    """How the ten digits are named: ``one``, ``many``, ``name``; ten texts each."""
    path = ASSETS / "speech" / f"{language}.toml"
    table: dict[str, list[str]] = tomllib.loads(path.read_text("utf-8"))[_TABLE]
    return table


@cache
def filler(language: str) -> Filler:
    """The language's filler."""
    return Filler(language)
