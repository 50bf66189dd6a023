"""Values on the command line: each reader turns text into a value, or says what it expects."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from netglow.scenes.studio.ask.choices import QUALITIES, one_line

if TYPE_CHECKING:
    from netglow.netcore.formats.hints import InputScale

_CLASSES_FILE = 100_000  # bytes


def count(least: int) -> Callable[[str], int]:
    """Reads whole numbers from ``least`` on."""

    def whole(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
        return int(text)

    return whole


def digit(text: str) -> int:
    """0 to 9."""
    if text not in tuple("0123456789"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a digit from 0 to 9")
    return int(text)


def names(text: str) -> list[str]:
    """Names out of "one,two"."""
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of names such as one,two")
    return names


def quality(text: str) -> str:
    """A name of QUALITIES."""
    if text not in QUALITIES:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of l, m, h, p, k")
    return text


def sizes(text: str) -> tuple[int, ...]:
    """Hidden sizes out of "784-16-16-10"; images and classes fix the first and the last."""
    parts = text.split("-")
    good = all(p.isdecimal() and 0 < int(p) <= 4096 for p in parts)
    if not good or len(parts) < 3 or (parts[0], parts[-1]) != ("784", "10"):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a list of layers such as 784-16-16-10, from 784 to 10"
        )
    return tuple(int(p) for p in parts[1:-1])


def seconds(text: str) -> float:
    """A positive number of seconds, such as 0.5."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.05 <= value < 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0.05")
    return value


def classes(text: str) -> list[str]:
    """Class names out of "a,b,c", or the lines of a file of this name."""
    path = Path(text)
    if not path.is_file():
        return names(text)
    try:
        if path.stat().st_size > _CLASSES_FILE:
            raise ValueError(f"expected at most {_CLASSES_FILE:,} bytes of class names")
        found = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{path}: {one_line(error)}") from None
    return [line.strip() for line in found if line.strip()]


def image_shape(text: str) -> tuple[int, int]:
    """Rows and columns out of "8x8"."""
    parts = text.lower().split("x")
    if len(parts) != 2 or not all(p.isdecimal() and 0 < int(p[:6]) <= 4096 for p in parts):
        raise argparse.ArgumentTypeError(f"{text!r} is not ROWSxCOLUMNS such as 8x8")
    return int(parts[0]), int(parts[1])


def input_scale(text: str) -> InputScale:
    """A range such as 0-255, or mean,std."""
    from netglow.netcore.formats.hints import InputScale

    try:
        return InputScale.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
