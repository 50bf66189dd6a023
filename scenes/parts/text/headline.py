"""The one line on top of a picture that says what it is about."""

from __future__ import annotations

from typing import Any

from manim import UP, FadeIn, FadeOut, Succession, VMobject


class Headline:
    """Shows one line at a time; the next comes when the one before has gone."""

    def __init__(self, y: float = 3.35) -> None:
        self.y = y
        self.line: VMobject | None = None

    def change(self, line: VMobject) -> Any:
        """Animation: ``line`` takes the place of the line there is."""
        before, self.line = self.line, line.move_to(UP * self.y)
        arrive = FadeIn(line, shift=UP * 0.15, run_time=0.5)
        return arrive if before is None else Succession(FadeOut(before, run_time=0.4), arrive)
