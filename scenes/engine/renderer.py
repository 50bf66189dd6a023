"""Manim's renderer, which paints nothing of what is skipped and copies no pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import CairoRenderer


class StageRenderer(CairoRenderer):
    """Plays what is skipped without painting; Manim paints two pictures for every such play.

    A picture asked for is given away, and the camera paints the next one elsewhere.
    """

    _playing = False

    def play(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        self._playing = True
        try:
            super().play(scene, *args, **kwargs)
        finally:
            self._playing = False

    def update_frame(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        if not (self._playing and self.skip_animations):
            super().update_frame(scene, *args, **kwargs)

    def get_frame(self) -> np.ndarray:
        """The picture (h, w, 4) as it is now; nobody else will write to it."""
        return self.camera.give_frame()
