"""How a file is refused: one line that any terminal can show."""

from __future__ import annotations


class ModelError(ValueError):
    """A model file that cannot be used; one line: file, expected, found, what to do."""


class Refused(ValueError):
    """What is wrong with a file, by those who do not know its name; one line."""

    def __init__(self, expected: str, found: object, todo: str) -> None:
        super().__init__(f"expected {expected}, found {found}; {todo}")


def plain(text: object, most: int | None = None) -> str:
    """The text in one line, with nothing in it that steers a terminal; cut off after ``most``."""
    line = " ".join(str(text).split())
    line = "".join(letter if letter.isprintable() else "?" for letter in line)
    return line if most is None or len(line) <= most else line[: most - 1] + "…"
