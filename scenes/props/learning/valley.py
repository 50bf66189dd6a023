"""The mean cost as one dial turns: a curve, a ball on it, and the dial beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Dot, Group, UpdateFromAlphaFunc, VGroup, VMobject

from netglow.scenes.parts.plots.axis import Axis, across, nice_step
from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, CAPTION, HEADING, Number, label
from netglow.scenes.stage.theme import Theme


class Valley(Group):
    """``costs`` (n,) at the dial's ``values`` (n,); it begins at ``start``.

    ``words`` are what stands above the curve, above the dial and under the level axis. ``seen``
    (low, high) is the part of the curve that was drawn, ``now`` where the dial and the ball stand.
    """

    def __init__(
        self,
        values: np.ndarray,
        costs: np.ndarray,
        start: float,
        words: tuple[str, str, str],
        theme: Theme,
        corner: tuple[float, float],
        size: tuple[float, float],
        dial_at: tuple[float, float],
        radius: float = 1.25,
    ) -> None:
        self.values, self.costs = np.array(values, float), np.array(costs, float)
        (x, y), (width, height) = corner, size
        step = nice_step(float(np.ptp(values)), 8)
        low, high = float(values[0]), float(values[-1])
        self.x = Axis(low, high, [x, y, 0], [x + width, y, 0], theme, step)
        depth = float(np.ptp(costs))
        foot, top = float(costs.min()) - 0.12 * depth, float(costs.max()) + 0.03 * depth
        self.y = Axis(
            foot, top, [x, y, 0], [x, y + height, 0], theme, nice_step(top - foot, 4), side=LEFT
        )
        self.full_turn = float(np.abs(values).max())
        self.line = VMobject(stroke_color=theme.wrong, stroke_width=6)
        self.ball = Dot(radius=0.16, color=theme.attention)
        middle = np.array([*dial_at, 0])
        self.dial = Dials(
            np.array([start]), middle[None], radius, self.full_turn, theme, 0.8, 9, ring=3
        )
        head = label(words[0], theme.text, BODY, bold=True).move_to((x, 0, 0), LEFT)
        name = label(words[1], theme.text, BODY, bold=True).move_to(middle + UP * (radius + 0.5))
        self.number = Number(self.cost_at(start), theme.text, HEADING, 2, bold=True)
        below = stand(
            label(words[2], theme.muted, CAPTION).move_to((x + width, 0, 0), RIGHT), y - 0.75
        )
        self.names = VGroup(stand(head, y + height + 0.4), name, below)
        signs = VGroup(
            label("\N{MINUS SIGN}", theme.negative, HEADING, bold=True).move_to(
                middle + LEFT * (radius + 0.2) + DOWN * 0.75 * radius
            ),
            label("+", theme.positive, HEADING, bold=True).move_to(
                middle - LEFT * (radius + 0.2) + DOWN * 0.75 * radius
            ),
        )
        self.axes = VGroup(self.x, self.y, self.names, signs)
        super().__init__(self.axes, self.line, self.dial, self.ball, self.number)
        self.seen = (start, start)
        self.turn(start)

    def cost_at(self, value: float) -> float:
        """The mean cost when the dial has a value, also between two that were tried."""
        return float(np.interp(value, self.values, self.costs))

    def turn(self, value: float) -> None:
        """Turn the dial; the curve is drawn as far as it has been."""
        self.now = float(value)
        self.seen = (min(self.seen[0], self.now), max(self.seen[1], self.now))
        self.dial.set_values(np.array([self.now]))
        inside = self.values[(self.values > self.seen[0]) & (self.values < self.seen[1])]
        x = np.array([self.seen[0], *inside, self.seen[1]])
        self.line.set_points_as_corners(across(self.x, self.y, x, [self.cost_at(v) for v in x]))
        place = across(self.x, self.y, [self.now], [self.cost_at(self.now)])[0]
        self.ball.move_to(place)
        self.number.set_value(self.cost_at(self.now))
        self.number.move_to(self._beside(place))

    def _beside(self, place: np.ndarray) -> np.ndarray:
        """Where the number stands: above the ball, and high up beside it, inside the field."""
        left, right = self.x.line.get_start()[0], self.x.line.get_end()[0]
        foot, top = self.y.line.get_start()[1], self.y.line.get_end()[1] - 0.2
        aside = 0.75 * np.clip((place[1] - foot) / (top - foot) / 0.3 - 1.2, 0, 1)
        over = max(0.0, place[1] + 0.5 - top)
        towards = 1.0 if place[0] < (left + right) / 2 else -1.0
        room = self.number.width / 2 + 0.15
        x = np.clip(place[0] + aside * towards, left + room, right)
        return np.array([x, place[1] + 0.5 - over, 0])

    def turn_to(self, value: float, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the dial turns from where it is to a value, and the ball rolls with it."""
        start: list[float] = []

        def step(_: Any, share: float) -> None:
            if not start:
                start.append(self.now)
            self.turn(start[0] + (value - start[0]) * share)

        return UpdateFromAlphaFunc(self, step, **kwargs)
