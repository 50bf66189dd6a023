"""Products written out line by line, with their sum below."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, AnimationGroup, Create, FadeIn, Line, VGroup, VMobject

from netglow.scenes.parts.images.matrix import ENTRY, set_point
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, Number, label
from netglow.scenes.stage.theme import Theme

DECIMALS = 0.4  # from the decimal point to a number's right edge
END = 3.2  # where results end, from the left


class Working(VGroup):
    """``w`` × ``a`` = product, (n,) lines from ``top`` on; then what is left, and the total.

    ``equal`` is the sign between the sides. Numbers end at fixed columns right of ``left``.
    ``products``, ``rest`` and ``total`` are the numbers that came out.
    """

    def __init__(
        self,
        w: np.ndarray,
        a: np.ndarray,
        total: float,
        equal: str,
        left: float,
        top: float,
        pitch: float,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.theme, self.left = theme, left
        self.y = top - pitch * np.arange(len(w))
        self.lines = VGroup(
            *[
                VGroup(
                    self._number(x, 0.84, y),
                    self._word("×", 1.06, y),
                    self._number(v, 1.9, y),
                    self._word(equal, 2.15, y),
                    self._number(x * v, END, y, self.role(x * v)),
                )
                for x, v, y in zip(w, a, self.y, strict=True)
            ]
        )
        self.products = [line[4] for line in self.lines]
        rest = total - float((w * a).sum())
        low = self.y[-1] - pitch * 0.95
        self.rest = self._number(rest, END, low, self.role(rest))
        self.rule = Line((left, low - 0.27, 0), (left + END + 0.05, low - 0.27, 0), stroke_width=2)
        self.rule.set_color(theme.muted)
        self.total = self._number(total, END, low - 0.56)
        self.low = low

    def role(self, value: float) -> str:
        """A sign's role; a number that is shown as zero has none."""
        return "text" if round(value, 2) == 0 else "positive" if value > 0 else "negative"

    def _number(self, value: float, right: float, y: float, role: str = "text") -> Number:
        made = Number(value, getattr(self.theme, role), ENTRY)
        return set_point(made, np.array([self.left + right - DECIMALS, y, 0]))

    def _word(self, text: str, x: float, y: float) -> VGroup:
        return label(text, self.theme.muted, CAPTION).move_to((self.left + x, y, 0))

    def set_names(self, more: VGroup, total: VGroup) -> None:
        """Texts before the rest and the total."""
        for text, y in ((more, self.low), (total, self.low - 0.56)):
            stand(text.move_to((self.left, y, 0), aligned_edge=LEFT), y - ENTRY / 2)
        self.names = VGroup(more, total)

    def parts(self) -> list[VMobject]:
        """All that is shown, the total last."""
        return [self.lines, self.names, self.rest, self.rule, self.total]

    def rest_in(self, **kwargs: float) -> AnimationGroup:
        """The rest and its name appear."""
        return AnimationGroup(FadeIn(self.names[0]), FadeIn(self.rest), **kwargs)

    def total_in(self, **kwargs: float) -> AnimationGroup:
        """The rule, the total and its name appear."""
        return AnimationGroup(
            Create(self.rule), FadeIn(self.names[1]), FadeIn(self.total, shift=DOWN * 0.2), **kwargs
        )
