"""A panel of facts: names on the left, what they are on the right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, RoundedRectangle, VGroup

from scenes.parts.baseline import stand
from scenes.parts.code import code_line
from scenes.stage.text import BODY, CAPTION, label
from scenes.stage.theme import Theme


class FactCard(VGroup):
    """``rows`` of (name, fact) under a ``title``, and a ``command`` below them, in one panel.

    ``corner`` is the panel's upper left corner, ``width`` its width.
    """

    def __init__(self, title: str, rows: Sequence[tuple[str, str]], hint: str, command: str,
                 theme: Theme, corner: np.ndarray, width: float) -> None:  # fmt: skip
        super().__init__()
        self.facts = dict(rows)
        start = np.asarray(corner, float) + np.array([0.4, -0.65, 0])
        self.title = stand(label(title, theme.text, BODY, bold=True), start[1])
        self.title.shift(RIGHT * (start[0] - self.title.get_left()[0]))
        names = [label(name, theme.muted, CAPTION) for name, _ in rows]
        wide = max(name.width for name in names) + 0.35
        self.rows = VGroup()
        for i, (name, (_, fact)) in enumerate(zip(names, rows, strict=True)):
            pair = VGroup(name, label(fact, theme.text, CAPTION))
            for text, x in zip(pair, (start[0], start[0] + wide), strict=True):
                stand(text, start[1] - 0.62 - 0.44 * i).shift(RIGHT * (x - text.get_left()[0]))
            self.rows.add(pair)
        low = start[1] - 0.62 - 0.44 * (len(rows) - 1) - 0.75
        self.hint = stand(label(hint, theme.muted, CAPTION), low)
        self.hint.shift(RIGHT * (start[0] - self.hint.get_left()[0]))
        self.command = code_line(command, theme.attention, CAPTION * 1.15)
        self.command.shift(RIGHT * start[0] + UP * (low - 0.5))
        self.panel = RoundedRectangle(corner_radius=0.12, width=width,
                                      height=float(corner[1] - low + 0.5 + 0.35))  # fmt: skip
        self.panel.set_stroke(width=0).set_fill(theme.panel, 1)
        self.panel.move_to(corner, UP + LEFT)
        self.add(self.panel, self.title, self.rows, self.hint, self.command)
