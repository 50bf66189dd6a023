"""Training runs drawn epoch by epoch: accuracy in per cent over epochs."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, Dot, Line, UpdateFromAlphaFunc, VGroup, linear
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.parts.text.baseline import baseline, stand
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.stage.text import CAPTION, TITLE, Number, label
from netglow.scenes.stage.theme import Theme

_LEFT, _RIGHT, _FOOT, _TOP = -5.9, 2.9, -2.35, 2.75  # of the axes
_TEXT = 3.5  # where what stands beside them begins


class RunCurve(VGroup):
    """``values`` (epochs + 1,) over two axes, drawn up to an epoch; ``led`` by a dot."""

    def __init__(
        self,
        values: ArrayLike,
        x_axis: Axis,
        y_axis: Axis,
        colour: str,
        width: float = 5,
        led: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.values, self.axes = np.array(values, float), (x_axis, y_axis)
        self.line = Curve([0, 0], self.values[[0, 0]], *self.axes, colour, width)
        self.dot = Dot(radius=0.11, color=colour) if led else VGroup()
        self.add(self.line, self.dot)
        self.set_epoch(0)

    def at(self, epoch: float) -> float:
        """The value at an epoch, also between two."""
        return float(np.interp(epoch, np.arange(len(self.values)), self.values))

    def set_epoch(self, epoch: float) -> Self:
        """Draw the curve up to an epoch."""
        whole = np.arange(int(epoch) + 1)
        x = np.append(whole, epoch)
        points = across(*self.axes, x, np.append(self.values[whole], self.at(epoch)))
        self.line.set_points_as_corners(points)
        if len(self.dot.points):
            self.dot.move_to(points[-1])
        return self


class TwoRuns(VGroup):
    """Runs over ``epochs`` as they go: axes in per cent, curves, and what each has reached.

    ``words`` are the texts "accuracy", "epochs", "guessing", "seeds" and "percent"; ``guess`` is
    the accuracy of a guess, 0..1. The name of a run and its number stand at its ``heights``.
    """

    def __init__(
        self,
        epochs: int,
        words: dict[str, str],
        heights: dict[str, float],
        guess: float,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.epochs, self.words, self.heights, self.theme = epochs, words, heights, theme
        self.epoch = 0.0
        self.x = Axis(0, epochs, [_LEFT, _FOOT, 0], [_RIGHT, _FOOT, 0], theme, 5, 2)
        self.y = Axis(0, 100, [_LEFT, _FOOT, 0], [_LEFT, _TOP, 0], theme, 20, side=LEFT)
        level = self.y.at(100 * guess)[1]
        self.guess = Line((_LEFT, level, 0), (_RIGHT, level, 0), color=theme.faint, stroke_width=2)
        self.axes = VGroup(self.guess, self.x, self.y, self._texts())
        self.thin, self.curves = VGroup(), VGroup()
        self.names: dict[str, VGroup] = {}
        self.numbers: dict[str, Number] = {}
        self.add(self.axes, self.thin, self.curves)

    def _texts(self) -> VGroup:
        theme, words = self.theme, self.words
        texts = {
            name: paragraph(words[name], theme.muted, CAPTION)
            for name in ("accuracy", "epochs", "guessing", "seeds")
        }
        texts["accuracy"].move_to((self.y.get_left()[0], 3.3, 0), aligned_edge=LEFT)
        for name, y in (("epochs", _FOOT), ("guessing", self.guess.get_y()), ("seeds", -0.9)):
            texts[name].move_to((_TEXT, y, 0), aligned_edge=LEFT)
        return VGroup(*texts.values())

    def add_runs(self, name: str, runs: np.ndarray, title: Any, colour: str) -> None:
        """Accuracies (runs, epochs + 1) 0..1, of which the first is led and the others are thin.

        ``title`` (a group) is placed above the first one's number.
        """
        for other in runs[1:]:
            thin = RunCurve(100 * other, self.x, self.y, colour, 1.6, led=False)
            self.thin.add(thin.set_stroke(opacity=0.6))
        self.curves.add(RunCurve(100 * runs[0], self.x, self.y, colour, 7))
        y = self.heights[name]
        self.names[name] = VGroup(title.move_to((_TEXT, y, 0), LEFT))
        number = Number(88, colour, TITLE, places=0, anchor=RIGHT, bold=True)
        number.move_to((_TEXT, y - 0.75, 0), LEFT)  # the widest it will be
        percent = label(self.words["percent"], colour, TITLE, bold=True)
        stand(percent.next_to(number, RIGHT, buff=0.1), baseline(number))
        self.numbers[name] = number
        self.names[name].add(number, percent)
        self.add(self.names[name])
        self.set_epoch(0)

    def entrance(self, name: str) -> VGroup:
        """What comes when a run is named: the name, the number, and its curve before training."""
        k = list(self.names).index(name)
        return VGroup(self.names[name], self.curves[k])

    def set_epoch(self, epoch: float) -> Self:
        """Draw all runs up to an epoch, with the numbers of the last whole one."""
        self.epoch = float(epoch)
        for curve in (*self.thin, *self.curves):
            curve.set_epoch(epoch)
        whole = int(epoch + 1e-6)
        curves: Any = self.curves
        for number, curve in zip(self.numbers.values(), curves, strict=True):
            number.set_value(curve.values[whole])
        return self

    def go(self, end: float, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: all runs go on from where they are to another epoch."""
        start: list[float] = []

        def step(_: Any, share: float) -> None:
            if not start:
                start.append(self.epoch)
            self.set_epoch(start[0] + (end - start[0]) * share)

        return UpdateFromAlphaFunc(self, step, rate_func=linear, **kwargs)
