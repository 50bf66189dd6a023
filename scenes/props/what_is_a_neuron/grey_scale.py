"""All greys between 0 and 1 as a strip with a pointer."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import UL, UP, UR, Group, Rectangle, Triangle

from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme

STEPS = 128


class GreyScale(Group):
    """A strip from the colour of 0 (left) to the colour of 1; ``pointer`` stands at ``value``."""

    def __init__(
        self,
        value: float,
        centre: np.ndarray,
        theme: Theme,
        width: float = 4.6,
        height: float = 0.34,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        share = (np.arange(STEPS) + 0.5) / STEPS
        # every step reaches to the right end, below the next one: no seams show
        left = np.arange(STEPS) / STEPS
        places = np.array(centre, float) + np.outer(left / 2 * width, [1.0, 0, 0])
        half = np.stack([(1 - left) * width, np.full(STEPS, height)], axis=1) / 2
        self.cells = Cells(places, half, fill=theme.brightness(share))
        self.frame = Rectangle(width=width, height=height, stroke_width=2, color=theme.muted)
        self.frame.move_to(centre)
        self.pointer = Triangle(color=theme.attention, fill_opacity=1, stroke_width=0)
        self.pointer.rotate(np.pi).scale_to_fit_height(0.17)
        self.add(self.cells, self.frame, self.pointer)
        self.set_value(value)

    def at(self, value: float) -> np.ndarray:
        """Point of a value 0..1 on the strip's upper edge."""
        left, right = self.frame.get_corner(UL), self.frame.get_corner(UR)
        return left + value * (right - left)

    def set_value(self, value: float) -> Self:
        """Point at another value 0..1."""
        self.value = float(value)
        self.pointer.next_to(self.at(value), UP, buff=0.05)
        return self
