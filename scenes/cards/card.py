"""What all cards share: they take up the picture before them and end on the one after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, config

from netglow.scenes.engine.still import Still
from netglow.scenes.stage.scene import NetglowScene


@dataclass(frozen=True, eq=False)
class Seam:
    """Where in the film a card stands.

    ``number`` counts from 1 and is the chapter that comes next, of ``chapters``; ``title`` is its
    title. ``before`` and ``after`` (height, width, 3) uint8 are the pictures next to the card.
    """

    chapters: int = 1
    number: int = 1
    title: str = ""
    before: np.ndarray | None = None
    after: np.ndarray | None = None


class Card(NetglowScene):
    """A card at a ``seam`` of the film."""

    def __init__(self, seam: Seam | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seam = seam or Seam()

    def leave(self, run_time: float) -> list[Any]:
        """The picture before this card is there; animations that take it away."""
        if self.seam.before is None:
            return []
        still = Still(self.seam.before)
        self.add(still)
        return [FadeOut(still, run_time=run_time)]

    def arrive(self, run_time: float) -> None:
        """The picture after this card comes over everything else, and is there at the end."""
        if self.seam.after is not None:
            self.play(FadeIn(Still(self.seam.after)), run_time=run_time)
            self.wait(2 / config.frame_rate)
