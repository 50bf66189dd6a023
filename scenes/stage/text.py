"""Words, numbers and formulas on screen, without LaTeX."""

from __future__ import annotations

from functools import cache
from typing import Any, Self, cast

import manimpango
import numpy as np
from manim import LEFT, RIGHT, MathTypst, Text, VGroup, VMobject, config

from netglow.netcore.digits import ASSETS
from netglow.scenes.stage.theme import FONT

CAPTION, BODY, HEADING, TITLE = 0.2, 0.25, 0.34, 0.5  # cap heights: shares of frame units
_BIG = 96  # Pango lays out at this size and the outline is scaled: even spacing at any size
_WIDE = 20_000  # pixels: no label is longer
_CAP = 0.727  # Inter: cap height / em


@cache
def _register_fonts() -> None:
    for path in sorted((ASSETS / "fonts").glob("*.otf")):
        manimpango.register_font(str(path))


@cache
def _unit() -> float:
    """Height of an "H" at the layout size, in Manim's unit."""
    return float(_outline("H", "NORMAL").height)


@cache
def _outline(text: str, weight: str) -> Text:
    _register_fonts()
    # Pango breaks lines at the clip's width in pixels: a text must look alike at every quality
    width, config.pixel_width = config.pixel_width, _WIDE
    try:  # tempconfig would set every other option, too, which takes longer than the text
        made = Text(text, font=FONT, font_size=_BIG, weight=weight, disable_ligatures=True)
    finally:
        config.pixel_width = width
    made.chars, made.id_to_vgroup_dict = VGroup(), {}  # its glyphs again and again, undrawn
    _lighten(made)
    return made


def _lighten(made: VMobject) -> None:
    """Drop what only makes copies slow: the SVG paths, and colours as objects."""
    for glyph in made.get_family():
        glyph.__dict__.pop("path_obj", None)
        vars(glyph)["background_stroke_color"] = str(glyph.background_stroke_color)


def label(text: str, colour: str, size: float = BODY, bold: bool = False) -> Text:
    """Text whose capitals are ``size`` units high (the frame is 8 units high).

    Outlines are laid out once a text and copied; ``bold`` is the semibold cut.
    """
    made = _outline(text, "SEMIBOLD" if bold else "NORMAL").copy()
    return made.scale(size / _unit(), about_point=np.zeros(3)).set_color(colour)


def formula(source: str, colour: str, size: float = BODY) -> MathTypst:
    """Typst mathematics at a text's size; ``{{ expr : name }}`` parts are ``.select(name)``."""
    made = MathTypst(source, color=colour, font_size=48)
    _lighten(made)
    made.scale(size / 0.326)  # an "H" of Typst's text font at 48 is 0.326 high
    return made


class Number(VGroup):
    """A number that changes without a fresh layout: glyphs are made once and re-used.

    Digits stand in columns of equal width. The number keeps its ``anchor``: RIGHT (digits do
    not jump while they count), LEFT or the centre ``ORIGIN``. ``value`` is what it shows.
    """

    def __init__(
        self,
        value: float,
        colour: str,
        size: float = BODY,
        places: int = 2,
        sign: bool = False,
        bold: bool = False,
        anchor: np.ndarray = RIGHT,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.colour, self.size, self.places, self.sign = colour, size, places, sign
        self.bold, self.anchor = bold, np.array(anchor, float)
        self.value = float(value)
        self._shown = ""
        self.set_value(value)

    def text_of(self, value: float) -> str:
        """The characters for a value, grouped, with a true minus and no negative zero."""
        text = f"{value:,.{self.places}f}"
        if not text.strip("-0.,"):
            text = text.lstrip("-")
        elif self.sign and value > 0:
            text = "+" + text
        return text.replace("-", "\N{MINUS SIGN}")

    def set_value(self, value: float) -> Self:
        """Show another value in the same place, colour and size."""
        self.value = float(value)
        text = self.text_of(self.value)
        if text == self._shown:
            return self
        scale = self.scale_now()
        hold = self.get_critical_point(self.anchor) if len(self) else None
        line = self._line(scale) if len(self) else 0.0
        opacity = self[0].get_fill_opacity() if len(self) else 1.0
        glyphs, at = [], 0.0
        for character in text:
            glyph, advance = _glyph(character, self.bold)
            glyphs.append(glyph.copy().shift(RIGHT * at))
            at += advance
        for old in self.submobjects:  # a play in progress may still hold the old glyphs
            old.reset_points()
        self.submobjects = []
        self.add(*glyphs)
        self._shown = text
        self.scale(scale, about_point=np.zeros(3))
        self.set_fill(self.colour, opacity).set_stroke(width=0)
        if hold is None:
            return self.shift(-self.get_critical_point(self.anchor))
        # a comma reaches lower than the digits, so the line of writing is kept, not the middle
        along = hold[0] - self.get_critical_point(self.anchor)[0]
        return self.shift((along, line - self._line(scale), 0))

    def _line(self, scale: float) -> float:
        """Height of the line of writing."""
        outline = _glyph(self._shown[-1], self.bold)[0]
        return float(self[-1].get_bottom()[1] - scale * outline.get_bottom()[1])

    def scale_now(self) -> float:
        """Scale from glyph outlines to the present size, true after ``scale`` too."""
        if not len(self):
            return self.size / _unit()
        return float(self[-1].height / _glyph(self._shown[-1], self.bold)[0].height)


@cache
def _glyph(character: str, bold: bool) -> tuple[VMobject, float]:
    """Outline on the baseline, starting at x = 0, and its advance; digits are tabular."""
    weight = "SEMIBOLD" if bold else "NORMAL"
    pair = _outline(f"H{character}H", weight)
    left, right = pair[0], pair[2]
    glyph = cast(VMobject, pair[1].copy())
    gap = _outline("HH", weight)
    advance = (right.get_left()[0] - left.get_left()[0]) - (
        gap[1].get_left()[0] - gap[0].get_left()[0]
    )
    start = left.get_left()[0] + (gap[1].get_left()[0] - gap[0].get_left()[0])
    glyph.shift(LEFT * start - np.array([0, left.get_bottom()[1], 0]))
    if character.isdigit() and character != "0":
        zero = _glyph("0", bold)[1]
        glyph.shift(RIGHT * (zero - advance) / 2)
        advance = zero
    return glyph, float(advance)
