"""Lines of Python on screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    Line,
    RoundedRectangle,
    Succession,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    linear,
)

from netglow.scenes.stage.text import BODY
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


def dare_page(empty: int) -> list[str]:
    """The program that the film dares us to write: so many empty lines, to be filled."""
    return ["def read(pixels):", *[""] * empty, "    return digit"]


ATTEMPTS = ("    if pixels[0]:", "    while True:")  # how one might begin


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
        self.corner, self.size, self.pitch = corner, size, pitch
        self.text, self.lines = lines, code_block(lines, theme.text, size, pitch).shift(corner)
        width = max(map(len, lines)) * size * _ADVANCE + 0.6
        height = pitch * (len(lines) - 1) + size + 0.7
        self.panel = RoundedRectangle(corner_radius=0.12, width=width, height=height)
        self.panel.set_stroke(width=0).set_fill(theme.panel, 1)
        self.panel.move_to(corner + LEFT * 0.3 + UP * (size + 0.35), UP + LEFT)
        self.add(self.panel, self.lines)

    def blink(self, theme: Theme, times: int) -> Succession:
        """Animation: a cursor where the second line would begin; it is gone at the end."""
        cursor = Line(DOWN * 0.2, UP * 0.2, color=theme.attention, stroke_width=4)
        cursor.move_to(self.lines[0].get_left() + RIGHT * 0.75 + DOWN * self.pitch)
        blinks = [FadeIn(cursor, rate_func=_on, run_time=0.9) for _ in range(times)]
        return Succession(*blinks, remover=True)

    def attempt(self, text: str, theme: Theme, run_time: float = 2.4) -> UpdateFromAlphaFunc:
        """Animation: somebody types ``text`` as the second line, thinks, and takes it back."""
        line = code_line(text, theme.muted, self.size)
        line.shift(self.corner + DOWN * self.pitch)

        def type_(glyphs: Any, t: float) -> None:
            share = min(t / 0.4, 1.0) if t < 0.75 else 1 - (t - 0.75) / 0.25
            shown = round(share * len(glyphs))
            for i, glyph in enumerate(glyphs):
                glyph.set_fill(opacity=float(i < shown))

        return UpdateFromAlphaFunc(
            line, type_, run_time=run_time, rate_func=linear, introducer=True, remover=True
        )

    def part(self, line: int, text: str) -> VGroup:
        """Glyphs of the first ``text`` in a line."""
        return glyphs(self.lines[line], self.text[line], text)


def _on(share: float) -> float:
    """On for the first half of a blink, off for the other."""
    return float(share < 0.55)
