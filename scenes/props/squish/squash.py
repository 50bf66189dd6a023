"""How each activation function is shown: its law, its scale, and where it hardly changes."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from netglow.netcore.network import relu, sigmoid
from netglow.netcore.study.arithmetic import shown
from netglow.scenes.parts.plots.axis import reach_of

NEAR = 0.1  # an activation this near to 0 or 1 counts as saturated
BINS = 20

Scale = tuple[float, float, int]  # top of an axis, its step, every how many ticks a number
Bars = tuple[np.ndarray, np.ndarray, np.ndarray]


class Sigmoid:
    """Between 0 and 1, and flat at both ends.

    ``rows`` are functions of z that show how f(z) comes about, with their decimal places.
    """

    kind, least_reach = "sigmoid", 8.0
    f = staticmethod(sigmoid)
    law, bounds = "sigma(z) = 1 / (1 + e^(-z))", (0.0, 1.0)
    rows: ClassVar[dict[str, Any]] = {
        "z": (float, 3),
        "e^(-z)": (lambda z: np.exp(-z), 3),
        "sigma(z)": (sigmoid, 3),
    }
    counted: tuple[int, ...] = (0, -1)  # the bars that show how many they are
    bounded = True

    def scale(self, reach: float, step: float) -> Scale:
        """The axis of the activations of one image."""
        return 1.0, 0.5, 1

    def full_scale(self, activations: np.ndarray) -> Scale:
        """The axis of all ``activations``."""
        return 1.0, 0.1, 5

    def at_end(self, activations: np.ndarray) -> np.ndarray:
        """Which activations (any shape) a larger or smaller z would hardly change."""
        return (activations < NEAR) | (activations > 1 - NEAR)

    def bars(self, top: float) -> Bars:
        """Left and right of the bars, and which of them hold what is :meth:`at_end`."""
        edges = np.linspace(0, top, BINS + 1)
        left, right = edges[:-1], edges[1:]
        return left, right, (right <= NEAR + 1e-9) | (left >= 1 - NEAR - 1e-9)

    def in_bars(self, activations: np.ndarray, top: float) -> np.ndarray:
        """The activations (any shape) as they are sorted into the bars."""
        return activations

    def further(self, step: float, most: float) -> tuple[float, float]:
        """Two z, the second much larger, that show how the function ends."""
        return step, 4 * step


class Relu:
    """Exactly 0 for negative sums, no upper end."""

    kind, least_reach = "relu", 0.1
    f = staticmethod(relu)
    law, bounds = "a = max(0, z)", (0.0,)
    rows: ClassVar[dict[str, Any]] = {"z": (float, 2), "max(0, z)": (relu, 2)}
    counted: tuple[int, ...] = (0,)
    bounded = False

    def scale(self, reach: float, step: float) -> Scale:
        return reach, step, 2

    def full_scale(self, activations: np.ndarray) -> Scale:
        return (*reach_of(activations, self.least_reach), 2)

    def at_end(self, activations: np.ndarray) -> np.ndarray:
        zeros: np.ndarray = activations == 0
        return zeros

    def bars(self, top: float) -> Bars:
        """The zeros have a bar of their own, the first, apart from the others."""
        edges = np.linspace(0, top, BINS + 1)
        left, right = np.append(-3 * edges[1], edges[:-1]), np.append(-2 * edges[1], edges[1:])
        return left, right, left < 0

    def in_bars(self, activations: np.ndarray, top: float) -> np.ndarray:
        return np.where(activations == 0, self.bars(top)[0][0], activations)

    def further(self, step: float, most: float) -> tuple[float, float]:
        return 0.0, most


SQUASHES = {squash.kind: squash for squash in (Sigmoid(), Relu())}


def shown_pair(f: Any, z: float) -> tuple[str, str]:
    """z and f(z) with the fewest places at which the one follows from the other as shown.

    z has 2 to 4 places, f(z) 2 to 7 and, where that helps, so many that it is no whole number:
    a sigmoid is never 0 or 1.
    """
    whole = float(f(z))
    fits = [
        (z_places, places)
        for z_places in (2, 3, 4)
        for places in range(2, 8)
        if round(whole, places) == round(float(f(round(z, z_places))), places)
    ]
    inside = [pair for pair in fits if round(whole, pair[1]) % 1 > 0]
    z_places, places = (inside or fits or [(2, 2)])[0]
    return shown(z, z_places), shown(whole, places)


def relation_texts(f: Any, z: float, bounds: tuple[float, ...]) -> tuple[str, str]:
    """z, and how f(z) compares: "≈ 0.21"; too near to a bound "> 0.9999999"; unbounded "= 1.50"."""
    a, unit = float(f(z)), 1e-7
    z_text, a_text = shown_pair(f, z)
    if len(bounds) < 2:
        return z_text, f"= {a_text}"
    low, high = bounds
    if a < low + unit / 2:
        return z_text, f"< {low + unit:.7f}"
    return z_text, f"> {high - unit:.7f}" if a > high - unit / 2 else f"≈ {a_text}"


def gain_text(gain: float) -> str:
    """A small gain with its first digit that is not 0."""
    return shown(gain, max(2, int(np.ceil(-np.log10(max(gain, 1e-9))))))
