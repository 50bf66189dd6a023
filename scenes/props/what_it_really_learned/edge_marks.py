"""On every weight image the small edge that explains most of it, and how much that is."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, UP, Group, VGroup

from netglow.netcore.study.edge_search import EdgeFit
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.weight_wall import WeightWall
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, rgb

_ROOM = 0.75  # an image narrower than this has no room for a number


class EdgeMarks(Group):
    """``frames`` on the images of a ``wall`` and below them ``percents``, whole numbers.

    ``best`` is the largest share, ``half`` such that half of the images have at most it (or, for
    ``upper``, at least it): both as they are shown.
    """

    def __init__(
        self,
        wall: WeightWall,
        centres: np.ndarray,
        fit: EdgeFit,
        theme: Theme,
        upper: bool,
        **kwargs: Any,
    ) -> None:
        percents = np.rint(100 * fit.share).astype(int)
        n = len(percents)
        middle = n // 2 if upper else (n - 1) // 2
        self.best, self.half = int(percents.max()), int(np.sort(percents)[middle])
        self.top = int(fit.share.argmax())
        self.frames = self._frames(wall, centres, fit, theme)
        roomy = wall.size >= _ROOM
        self.percents = VGroup(
            *[label(f"{share}%", theme.text, CAPTION) for share in percents if roomy]
        )
        for text, place in zip(self.percents, centres[: len(self.percents)], strict=True):
            stand(text.move_to(place), place[1] - wall.size / 2 - 0.33)
        others = percents < self.half if upper else percents <= self.half
        self.in_half = VGroup(*[p for p, low in zip(self.percents, others, strict=False) if low])
        super().__init__(self.frames, self.percents, **kwargs)

    def _frames(self, wall: WeightWall, centres: np.ndarray, fit: EdgeFit, theme: Theme) -> Cells:
        """A frame around the best edge of each image."""
        pitch = wall.size / wall.values.shape[2]
        middles = (fit.corner + fit.size[:, None] / 2) * pitch
        offset = np.stack([middles[:, 1], -middles[:, 0], 0 * middles[:, 0]], axis=1)
        return Cells(
            centres + wall.size / 2 * (UP + LEFT) + offset,
            fit.size * pitch / 2 + 0.02,
            0.15,
            fill_alpha=0,
            stroke=rgb(theme.attention),
            stroke_alpha=1,
            stroke_width=2.5,
        )
