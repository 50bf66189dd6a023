"""Lines of Python on screen, and what they print when they really run."""

from __future__ import annotations

import contextlib
import io
import re
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, RoundedRectangle, Typst, VGroup, VMobject

from netglow.scenes.stage.text import BODY, CAPTION
from netglow.scenes.stage.theme import Theme

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
    return VGroup(
        *[code_line(text, colour, size).shift(DOWN * pitch * i) for i, text in enumerate(lines)]
    )


def glyphs(line: VMobject, text: str, part: str, start: int = 0) -> VGroup:
    """The glyphs of the first ``part`` from character ``start`` on, of a line made from ``text``.

    ValueError where the text has no such part.
    """
    at = text.index(part, start)
    first = len(text[:at].replace(" ", ""))
    return VGroup(*line.submobjects[first : first + len(part.replace(" ", ""))])


def tint(line: VMobject, text: str, part: str, colour: str) -> None:
    """Colour every ``part`` of a line made from ``text``."""
    at = text.find(part)
    while at >= 0:
        glyphs(line, text, part, at).set_color(colour)
        at = text.find(part, at + 1)


def run_lines(lines: list[str], width: int, **names: Any) -> tuple[str, dict[str, Any]]:
    """What the lines print on a terminal ``width`` characters wide, and all names after them."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), np.printoptions(linewidth=width):
        exec("\n".join(lines), names)
    return printed.getvalue().rstrip("\n"), names


class Listing(VGroup):
    """``lines`` of Python on a panel; the first base line begins at ``corner``."""

    def __init__(
        self,
        lines: list[str],
        theme: Theme,
        corner: np.ndarray,
        size: float = BODY,
        pitch: float = 0.52,
    ) -> None:
        super().__init__()
        self.text, self.lines = lines, code_block(lines, theme.text, size, pitch).shift(corner)
        width = max(map(len, lines)) * size * _ADVANCE + 0.6
        height = pitch * (len(lines) - 1) + size + 0.7
        self.panel = RoundedRectangle(corner_radius=0.12, width=width, height=height)
        self.panel.set_stroke(width=0).set_fill(theme.panel, 1)
        self.panel.move_to(corner + LEFT * 0.3 + UP * (size + 0.35), UP + LEFT)
        self.add(self.panel, self.lines)

    def part(self, line: int, text: str) -> VGroup:
        """Glyphs of the first ``text`` in a line."""
        return glyphs(self.lines[line], self.text[line], text)


class Printed(VGroup):
    """What a program ``text`` printed, from ``corner`` (top left) down to at most ``height``.

    ``numbers`` are the printed decimals; above each there is room for a disc of ``radius`` at
    its one of ``spots`` (n, 3).
    """

    def __init__(
        self, text: str, theme: Theme, corner: np.ndarray, height: float, size: float = CAPTION
    ) -> None:
        rows = text.split("\n")
        pitch = min(4.75 * size, height / len(rows))
        self.radius = min(0.85 * size, (pitch - 2.2 * size) / 2)
        first = corner + DOWN * (1.5 * size + 2 * self.radius)
        super().__init__(*code_block(rows, theme.text, size, pitch).shift(first))
        found = [
            (float(m[0]), m[0].index(".") + m.start(), row)
            for row, line in enumerate(rows)
            for m in re.finditer(r"-?\d+\.\d*", line)
        ]
        self.numbers = [value for value, _, _ in found]
        # the decimal points stand in columns, so what is set above them does too
        self.spots = first + np.array(
            [
                RIGHT * (point + 0.5) * size * _ADVANCE
                + DOWN * pitch * row
                + UP * (1.5 * size + self.radius)
                for _, point, row in found
            ]
        )
