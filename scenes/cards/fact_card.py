"""A panel of facts: names on the left, what they are on the right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, RoundedRectangle, VGroup

from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.code import code_block
from netglow.scenes.parts.text.fit import fit
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme

EDGE, PITCH = 0.4, 0.44  # room at the sides, and between the lines


class FactCard(VGroup):
    """``rows`` of (name, fact), and ``commands`` under a ``hint`` below them, in one panel.

    ``corner`` is the panel's upper left corner, ``width`` its width; longer facts are made smaller.
    """

    def __init__(
        self,
        rows: Sequence[tuple[str, str]],
        hint: str,
        commands: Sequence[str],
        theme: Theme,
        corner: np.ndarray,
        width: float,
    ) -> None:
        super().__init__()
        self.facts = dict(rows)
        start = np.asarray(corner, float) + np.array([EDGE, -0.6, 0])
        names = [label(name, theme.muted, CAPTION) for name, _ in rows]
        wide = max(name.width for name in names) + 0.35
        self.rows = VGroup()
        for i, (name, (_, fact)) in enumerate(zip(names, rows, strict=True)):
            text = fit(label(fact, theme.text, CAPTION), width - wide - 2 * EDGE)
            pair = VGroup(name, text)
            for text, x in zip(pair, (start[0], start[0] + wide), strict=True):
                stand(text, start[1] - PITCH * i).shift(RIGHT * (x - text.get_left()[0]))
            self.rows.add(pair)
        low = start[1] - PITCH * (len(rows) - 1) - 0.72
        self.hint = stand(label(hint, theme.muted, CAPTION), low)
        self.hint.shift(RIGHT * (start[0] - self.hint.get_left()[0]))
        self.commands = code_block(list(commands), theme.attention, CAPTION * 1.1, PITCH)
        self.commands.shift(RIGHT * start[0] + UP * (low - 0.48))
        low -= 0.48 + PITCH * (len(commands) - 1)
        self.panel = RoundedRectangle(
            corner_radius=0.12, width=width, height=float(corner[1] - low + 0.38)
        )
        self.panel.set_stroke(width=0).set_fill(theme.panel, 1)
        self.panel.move_to(corner, UP + LEFT)
        self.add(self.panel, self.rows, self.hint, self.commands)
