"""Lines of Python on screen, and what they print when they really run."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, ORIGIN, Typst, VGroup

_CAPITAL = 0.2917  # height of an "H" of Typst's monospaced font at size 48
_ADVANCE = 0.2359 / 0.2917  # width of a character, in capitals


def code_line(text: str, colour: str, size: float) -> VGroup:
    """Monospaced text: its glyphs without the spaces, the first column at the origin."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    # the H in front finds the base line and the first column, whatever the line holds
    made = Typst(f'#raw("H{quoted}")', color=colour, font_size=48).scale(size / _CAPITAL)
    first = made.submobjects[0]
    shift = -first.get_corner(DOWN + LEFT) - RIGHT * size * _ADVANCE
    return VGroup(*made.submobjects[1:]).shift(shift).set_stroke(width=0)


def code_block(lines: list[str], colour: str, size: float, pitch: float) -> VGroup:
    """Lines below each other; the first base line begins at the origin."""
    return VGroup(*[code_line(text, colour, size).shift(DOWN * pitch * i + ORIGIN)
                    for i, text in enumerate(lines)])  # fmt: skip


def tint(line: VGroup, text: str, part: str, colour: str) -> None:
    """Colour every ``part`` of a line made from ``text``."""
    at = text.find(part)
    while at >= 0:
        start = len(text[:at].replace(" ", ""))
        line[start : start + len(part.replace(" ", ""))].set_color(colour)
        at = text.find(part, at + 1)


def run_lines(lines: list[str], width: int, **names: Any) -> tuple[str, dict[str, Any]]:
    """What the lines print on a terminal ``width`` characters wide, and all names after them."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), np.printoptions(linewidth=width):
        exec("\n".join(lines), names)
    return printed.getvalue().rstrip("\n"), names
