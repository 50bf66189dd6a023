"""Training runs drawn epoch by epoch: accuracy in per cent over epochs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, UP, Dot, Line, UpdateFromAlphaFunc, VGroup, linear
from numpy.typing import ArrayLike

from netglow.scenes.parts.plots.axis import Axis, across
from netglow.scenes.parts.plots.curve import Curve
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, TITLE, Number, label
from netglow.scenes.stage.theme import Theme

_LEFT, _RIGHT, _FOOT, _TOP = -5.6, 2.2, -2.3, 2.5  # of the axes


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
        self.dot = Dot(radius=0.09, color=colour) if led else VGroup()
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


class ReadOut(VGroup):
    """A run's number in per cent as it changes, and a note under it, left-aligned at ``corner``."""

    def __init__(
        self,
        curve: RunCurve,
        note: str,
        colour: str,
        theme: Theme,
        corner: np.ndarray,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.curve = curve
        self.value = Number(88.8, colour, TITLE, places=1, anchor=RIGHT, bold=True)
        self.value.move_to(corner, aligned_edge=LEFT)  # the widest it will be
        percent = label("%", colour, TITLE, bold=True).next_to(self.value, RIGHT, buff=0.1)
        self.note = label(note, theme.muted, CAPTION)
        self.note.move_to(np.asarray(corner) - [0, 0.58, 0], aligned_edge=LEFT)
        self.add(self.value, percent, self.note)

    def set_epoch(self, epoch: int) -> None:
        """Show the value after a whole number of epochs."""
        self.value.set_value(self.curve.values[epoch])


class TwoRuns(VGroup):
    """Runs over ``epochs`` as they go: axes in per cent, curves, and what each has reached.

    ``words`` are the texts "accuracy", "epochs", "epoch", "guessing" and "seeds"; ``guessing``
    is the accuracy of a guess, 0..1. Numbers stand under ``corners``, where the runs' names are.
    """

    def __init__(
        self,
        epochs: int,
        words: dict[str, str],
        corners: dict[str, np.ndarray],
        theme: Theme,
        guessing: float = 0.1,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.epochs, self.words, self.corners, self.theme = epochs, words, corners, theme
        self.x = Axis(0, epochs, [_LEFT, _FOOT, 0], [_RIGHT, _FOOT, 0], theme, 5, 2)
        self.y = Axis(0, 100, [_LEFT, _FOOT, 0], [_LEFT, _TOP, 0], theme, 20, side=LEFT)
        level = self.y.at(100 * guessing)[1]
        self.guess = Line((_LEFT, level, 0), (_RIGHT, level, 0), color=theme.faint, stroke_width=2)
        self.epoch = Number(epochs, theme.text, BODY, places=0, anchor=RIGHT)
        self.texts = self._texts(_RIGHT - 0.1)
        self.thin, self.curves = VGroup(), VGroup()
        self.values: dict[str, ReadOut] = {}
        self.add(self.guess, self.x, self.y, self.texts, self.epoch, self.thin, self.curves)

    def _texts(self, right: float) -> VGroup:
        theme, words = self.theme, self.words
        texts = {
            name: label(words[name], theme.muted, CAPTION)
            for name in ("accuracy", "epochs", "guessing", "seeds")
        }
        texts["accuracy"].move_to((self.y.get_left()[0], 2.85, 0), aligned_edge=LEFT)
        texts["epochs"].next_to(self.x.line, RIGHT, buff=0.2)
        for name, height in (("guessing", 16), ("seeds", 30)):
            texts[name].move_to((right, self.y.at(height)[1], 0), aligned_edge=RIGHT)
        self.epoch.move_to((right, self.y.at(44)[1], 0), aligned_edge=RIGHT)
        word = label(words["epoch"], theme.text, BODY).next_to(self.epoch, LEFT, buff=0.15)
        return VGroup(*texts.values(), stand(word, self.epoch.get_bottom()[1]))

    def add_runs(
        self,
        name: str,
        run: Sequence[float],
        others: Sequence[Sequence[float]],
        note: str,
        colour: str,
    ) -> None:
        """A run's accuracies, 0..1, before training and after each epoch, and thin others."""
        for other in others:
            thin = RunCurve(100 * np.asarray(other), self.x, self.y, colour, 1.2, led=False)
            self.thin.add(thin.set_stroke(opacity=0.55))
        curve = RunCurve(100 * np.asarray(run), self.x, self.y, colour)
        corner = self.corners[name] - UP * 0.62
        self.values[name] = ReadOut(curve, note, colour, self.theme, corner)
        self.curves.add(curve)
        self.add(self.values[name])
        self.set_epoch(0)

    def set_epoch(self, epoch: float) -> Self:
        """Draw all runs up to an epoch, with the numbers of the last whole one."""
        for curve in (*self.thin, *self.curves):
            curve.set_epoch(epoch)
        whole = int(epoch + 1e-6)
        self.epoch.set_value(whole)
        for value in self.values.values():
            value.set_epoch(whole)
        return self

    def go(self, end: float, start: float = 0.0, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: all runs go on from one epoch to another."""
        return UpdateFromAlphaFunc(
            self,
            lambda _, share: self.set_epoch(start + (end - start) * share),
            rate_func=kwargs.pop("rate_func", linear),
            **kwargs,
        )
