"""A curve of a training run that is drawn epoch by epoch over its own two axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Dot, VGroup, VMobject

from netglow.scenes.parts.plots.axis import Axis, across, nice_step
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, label
from netglow.scenes.stage.theme import Theme


class HistoryPlot(VGroup):
    """``curves`` are (values (epochs,), role, width) from epoch 1 on, drawn up to ``epoch``.

    The field reaches from ``corner``, lower left, to the right and up by ``size``. The y axis
    goes from 0 to ``top`` or the first tick above all values.
    """

    def __init__(
        self,
        curves: Sequence[tuple[np.ndarray, str, float]],
        title: str,
        below: str,
        corner: tuple[float, float],
        size: tuple[float, float],
        theme: Theme,
        top: float | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.theme, self.roles = theme, [role for _, role, _ in curves]
        self.values = [np.array(values, float) for values, _, _ in curves]
        count = len(self.values[0])
        highest = max(float(v.max()) for v in self.values)
        up = nice_step(highest if top is None else top, 5)
        top = float(np.ceil(highest / up - 1e-9) * up) if top is None else top
        step = max(nice_step(count, 5), 1.0)
        (x, y), (width, height) = corner, size
        self.x = Axis(0, max(count, step), [x, y, 0], [x + width, y, 0], theme, step)
        self.y = Axis(0, top, [x, y, 0], [x, y + height, 0], theme, up, side=LEFT)
        self.axes = VGroup(self.x, self.y, *self._words(title, below, corner, size))
        self.lines = VGroup(
            *[VMobject(stroke_color=getattr(theme, role), stroke_width=w) for _, role, w in curves]
        )
        self.dots = VGroup(
            *[Dot(radius=0.075, color=getattr(theme, role)) for _, role, _ in curves]
        )
        self.add(self.axes, self.lines, self.dots)
        self.set_epoch(1)

    def _words(
        self, title: str, below: str, corner: tuple[float, float], size: tuple[float, float]
    ) -> tuple[VMobject, VMobject]:
        """The title above the field, and what the x axis counts."""
        (x, y), (width, height) = corner, size
        above = label(title, self.theme.text, BODY, bold=True)
        stand(above.move_to((x, 0, 0), aligned_edge=LEFT), y + height + 0.35)
        under = label(below, self.theme.muted, CAPTION)
        under.next_to(self.x.numbers, DOWN, buff=0.16)
        return above, under.align_to(self.x.line, LEFT + UP * 0).set_x(x + width / 2)

    def at(self, curve: int, epoch: float) -> float:
        """A curve's value at an epoch from 1 on, also between two."""
        return float(
            np.interp(epoch, np.arange(1, len(self.values[curve]) + 1), self.values[curve])
        )

    def end_note(self, text: str, curve: int = 0, away: float = 0.35) -> VMobject:
        """A text at a curve's end: above all it passes there, or below where there is no room."""
        made = label(text, getattr(self.theme, self.roles[curve]), BODY, bold=True)
        made.move_to(self.x.line.get_end(), aligned_edge=RIGHT)
        epochs = np.arange(1, len(self.values[curve]) + 1)
        x = np.linspace(made.get_left()[0], made.get_right()[0], 50)
        passed = self.y.at(np.interp(x, self.x.at(epochs)[:, 0], self.values[curve]))[:, 1]
        above = passed.max() + away
        fits = above + 0.5 * made.height < self.y.line.get_end()[1]
        return made.set_y(above if fits else passed.min() - away)

    def set_epoch(self, epoch: float) -> Self:
        """Draw all curves up to an epoch from 1 on."""
        self.epoch = float(epoch)
        whole = np.arange(1, int(epoch) + 1)
        for k, (line, dot) in enumerate(zip(self.lines, self.dots, strict=True)):
            heights = np.append(self.values[k][whole - 1], self.at(k, epoch))
            points = across(self.x, self.y, np.append(whole, epoch), heights)
            line.set_points_as_corners(points)
            dot.move_to(points[-1])
        return self
