"""The one line on top of a picture that says what it is about."""

from __future__ import annotations

from manim import RIGHT, UP, Animation, FadeIn, FadeOut, Succession, VMobject

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import HEADING, label
from netglow.scenes.stage.theme import Theme


class Headline:
    """Shows one ``line`` at a time; the next comes when the one before has gone.

    Lines are centred around height ``y``. With ``left`` they begin at that x, and ``y`` is the
    line on which their letters stand. ``size`` is the cap height of written lines.
    """

    def __init__(
        self, theme: Theme, y: float = 3.35, left: float | None = None, size: float = HEADING
    ) -> None:
        self.theme, self.y, self.left, self.size = theme, y, left, size
        self.line: VMobject | None = None

    def write(self, text: str, role: str = "text") -> Animation:
        """Animation: a bold ``text`` takes the place of the line there is."""
        return self.change(label(text, getattr(self.theme, role), self.size, bold=True))

    def change(self, line: VMobject) -> Animation:
        """Animation: ``line`` takes the place of the line there is."""
        before = self.replace(line)
        arrive = FadeIn(line, shift=UP * 0.15, run_time=0.5)
        return arrive if before is None else Succession(FadeOut(before, run_time=0.4), arrive)

    def replace(self, line: VMobject) -> VMobject | None:
        """Put ``line`` in its place and return the line it replaces; nothing is drawn."""
        if self.left is None:
            line.move_to(UP * self.y)
        else:
            stand(line, self.y).shift(RIGHT * (self.left - line.get_left()[0]))
        before, self.line = self.line, line
        return before
