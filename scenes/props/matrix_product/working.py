"""Products written out line by line, with their sum below."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, AnimationGroup, Create, FadeIn, Line, VGroup, VMobject

from netglow.scenes.parts.images.matrix import ENTRY, set_point
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, Number, label
from netglow.scenes.stage.theme import Theme

DECIMALS = 0.4  # from the decimal point to a number's right edge
END = 3.2  # where results end, from the left


class Working(VGroup):
    """``w`` × ``a`` = product, (n,) lines ``pitch`` apart; then what is left, and the total.

    ``corner`` is the x of the left border and the y of the first line. ``equal`` is the sign
    between the sides. Numbers end at fixed columns. ``products``, ``rest`` and ``total`` are the
    numbers that came out.
    """

    names: VGroup  # before the rest and the total

    def __init__(
        self,
        w: np.ndarray,
        a: np.ndarray,
        total: float,
        equal: str,
        corner: tuple[float, float],
        pitch: float,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.theme, (self.left, top) = theme, corner
        self.y = top - pitch * np.arange(len(w))
        self.lines = VGroup(
            *[self._line(x, v, equal, y) for x, v, y in zip(w, a, self.y, strict=True)]
        )
        self.products = [line[4] for line in self.lines]
        rest = total - float((w * a).sum())
        self.low = self.y[-1] - pitch * 0.95
        self.rest = self._number(rest, END, self.low, self.role(rest))
        start, end = (self.left, self.low - 0.27, 0), (self.left + END + 0.05, self.low - 0.27, 0)
        self.rule = Line(start, end, stroke_width=2).set_color(theme.muted)
        self.total = self._number(total, END, self.low - 0.56)

    def _line(self, w: float, a: float, equal: str, y: float) -> VGroup:
        """One product at a height: its factors, the signs, and what comes out."""
        return VGroup(
            self._number(w, 0.84, y),
            self._word("×", 1.06, y),
            self._number(a, 1.9, y),
            self._word(equal, 2.15, y),
            self._number(w * a, END, y, self.role(w * a)),
        )

    def role(self, value: float) -> str:
        """The role of a number's sign; one that is shown as zero has none."""
        return "text" if round(value, 2) == 0 else "positive" if value > 0 else "negative"

    def _number(self, value: float, right: float, y: float, role: str = "text") -> Number:
        made = Number(value, getattr(self.theme, role), ENTRY)
        return set_point(made, np.array([self.left + right - DECIMALS, y, 0]))

    def _word(self, text: str, x: float, y: float) -> VMobject:
        return label(text, self.theme.muted, CAPTION).move_to((self.left + x, y, 0))

    def set_names(self, more: VMobject, total: VMobject) -> None:
        """Texts before the rest and the total."""
        for text, y in ((more, self.low), (total, self.low - 0.56)):
            stand(text.move_to((self.left, y, 0), aligned_edge=LEFT), y - ENTRY / 2)
        self.names = VGroup(more, total)

    def parts(self) -> list[VMobject]:
        """All that is drawn, the total last."""
        return [self.lines, self.names, self.rest, self.rule, self.total]

    def rest_in(self, **kwargs: Any) -> AnimationGroup:
        """The rest and its name appear."""
        return AnimationGroup(FadeIn(self.names[0]), FadeIn(self.rest), **kwargs)

    def total_in(self, **kwargs: Any) -> AnimationGroup:
        """The rule, the total and its name appear."""
        return AnimationGroup(
            Create(self.rule), FadeIn(self.names[1]), FadeIn(self.total, shift=DOWN * 0.2), **kwargs
        )
