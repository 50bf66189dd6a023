"""Edges of light become other edges without a flash on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation

from netglow.scenes.engine.batches import Edges


def _lengths(points: np.ndarray) -> np.ndarray:
    """(n,) of lines whose ends follow each other, (2n, 3)."""
    lengths: np.ndarray = np.linalg.norm(points[1::2] - points[::2], axis=1)
    return lengths


def _middles(points: np.ndarray) -> np.ndarray:
    """(2n, 3): of every line its middle, twice."""
    return np.repeat((points[::2] + points[1::2]) / 2, 2, axis=0)


def _part(alpha: float, start: float, end: float) -> float:
    """0..1: how much is over of what lasts from ``start`` to ``end``."""
    return min(max((alpha - start) / (end - start), 0.0), 1.0)


class Regroup(Animation):
    """Every edge goes to the place and look of the same edge of ``target``.

    It shrinks around its middle before it flies there, so a swarm of needles is seen, no haze. A
    long edge has as much light in all as a short one: thousands do not add up to white.
    """

    def __init__(self, edges: Edges, target: Edges, **kwargs: Any) -> None:
        super().__init__(edges, **kwargs)
        self.edges, self.target = edges, target

    def begin(self) -> None:
        self.before = self.edges.copy()
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        alpha = self.rate_func(alpha)
        edges, a, b = self.edges, self.before, self.target
        middle = _middles(a.points) + (_middles(b.points) - _middles(a.points)) * _part(
            alpha, 0.2, 1.0
        )
        arm_a, arm_b = (end.points - _middles(end.points) for end in (a, b))
        edges.points = middle + arm_a + (arm_b - arm_a) * _part(alpha, 0.0, 0.45)
        new = {
            name: getattr(a, name) + (getattr(b, name) - getattr(a, name)) * alpha
            for name in ("rgb", "stroke_width", "begin")
        }
        long = np.maximum(_lengths(edges.points), 1e-6)
        shares = [np.minimum(_lengths(end.points) / long, 1) for end in (a, b)]
        edges.visibility = a.visibility + (b.visibility - a.visibility) * alpha
        edges.set_arrays(
            light=a.light * shares[0] * (1 - alpha) + b.light * shares[1] * alpha, glow=0.0, **new
        )
