"""A finished picture that fills the frame."""

from __future__ import annotations

import numpy as np
from manim import config

from netglow.scenes.engine.batches import Batch


class Still(Batch):
    """``pixels`` (height, width, 3) uint8, as large as the frame; it fades like any batch."""

    def __init__(self, pixels: np.ndarray) -> None:
        x, y = config.frame_width / 2, config.frame_height / 2
        super().__init__(np.array([[-x, -y, 0], [x, y, 0]]))
        self.pixels = pixels

    def lay_over(self, frame: np.ndarray) -> None:
        """Paint it over a frame (height, width, 4) uint8 of its own size; ValueError otherwise."""
        if frame.shape[:2] != self.pixels.shape[:2]:
            raise ValueError(
                f"a still of {self.pixels.shape[1]}x{self.pixels.shape[0]} pixels "
                f"cannot fill {frame.shape[1]}x{frame.shape[0]}"
            )
        share = np.int32(round(256 * min(max(self.visibility, 0.0), 1.0)))
        below = frame[..., :3]
        below += ((self.pixels.astype(np.int32) - below) * share >> 8).astype(np.uint8)
