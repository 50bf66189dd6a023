"""How points of a scene become pixels of a frame."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from netglow.scenes.engine.kernels import Floats

_STROKE = 0.01  # Manim: stroke width 1 is a hundredth of a unit


class View(NamedTuple):
    """What a camera looks at, in Manim's units, and the size of its frame in pixels."""

    x: float  # centre
    y: float
    width: float
    pixel_width: int
    pixel_height: int

    @property
    def pixels_per_unit(self) -> float:
        return self.pixel_width / self.width

    @property
    def stroke(self) -> float:
        """Pixels of a stroke width of 1."""
        return _STROKE * self.pixels_per_unit

    def to_pixels(self, points: np.ndarray) -> Floats:
        """(n, 3) points to (n, 2) float32 pixels, y down."""
        k = self.pixels_per_unit
        x = (points[:, 0] - self.x) * k + self.pixel_width / 2
        y = (self.y - points[:, 1]) * k + self.pixel_height / 2
        return np.stack([x, y], axis=1).astype(np.float32)
