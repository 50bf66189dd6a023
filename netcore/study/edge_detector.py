"""An edge detector set by hand: a short line of +1 between two of −1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netglow.netcore.study.arithmetic import totals

LENGTH, LINE, SIDE = 8, 4, 2  # pixels: a line as thick as a pen stroke, and its two sides
ACROSS = LINE + 2 * SIDE


@dataclass(frozen=True)
class EdgeDetector:
    """Weights +1 on a line, −1 on both sides of it, 0 elsewhere.

    ``across`` and ``along`` are the place of the block's first corner, in pixels, across the
    line and along it; the line lies level, or stands ``upright``.
    """

    across: int
    along: int
    upright: bool = False

    def weights(self, shape: tuple[int, int]) -> np.ndarray:
        """The weights in image form."""
        made = np.zeros(shape[::-1] if self.upright else shape)
        sides = slice(self.across, self.across + ACROSS)
        made[sides, self.along : self.along + LENGTH] = -1
        line = slice(self.across + SIDE, self.across + SIDE + LINE)
        made[line, self.along : self.along + LENGTH] = 1
        return made.T if self.upright else made

    def way(self, shape: tuple[int, int]) -> list[EdgeDetector]:
        """The same line at every place across the image, from the first side to the last."""
        steps = (shape[1] if self.upright else shape[0]) - ACROSS + 1
        return [EdgeDetector(step, self.along, self.upright) for step in range(steps)]


class Sweep:
    """The best detector's line at every place across an image, with its products and sums.

    ``order`` goes from the place of the least sum over the whole image to ``best``.
    """

    def __init__(self, pixels: np.ndarray) -> None:
        best = best_detector(pixels)
        self.weights = [place.weights(pixels.shape) for place in best.way(pixels.shape)]
        self.products = [weights * pixels for weights in self.weights]
        self.sums = [float(products.sum()) for products in self.products]
        self.best, last = best.across, len(self.sums) - 1
        start = int(np.argmin(self.sums))
        self.order = [*range(start, 0, -1), *range(last), *range(last, self.best - 1, -1)]

    @property
    def reach(self) -> tuple[float, float]:
        """The lowest negative and the highest positive total on the way."""
        ends = np.array([totals(products) for products in self.products])
        return float(ends.min()), float(ends.max())


def best_detector(pixels: np.ndarray) -> EdgeDetector:
    """The place and direction at which the weighted sum of the pixels is greatest."""
    every = [
        EdgeDetector(across, along, upright)
        for upright, (rows, columns) in ((False, pixels.shape), (True, pixels.shape[::-1]))
        for across in range(rows - ACROSS + 1)
        for along in range(columns - LENGTH + 1)
    ]
    return max(every, key=lambda place: float((place.weights(pixels.shape) * pixels).sum()))
