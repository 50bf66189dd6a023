"""Neurons with a picture in each of what it stands for."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import AnimationGroup, FadeOut, Group, Succession, Transform

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.network.neurons import LightUp, Neurons
from netglow.scenes.stage.theme import Theme

_SQUARE = 1.34  # side of the picture in a circle of radius 1


class PatchNeurons(Group):
    """Circles (``discs``) at ``centres`` (n, 3) with one of the ``pieces`` (n, rows, columns) each.

    ``patches`` are the pictures in them. :meth:`light` fills the circles around them.
    """

    def __init__(
        self, pieces: np.ndarray, centres: np.ndarray, radius: float, theme: Theme, **kwargs: Any
    ) -> None:
        self.discs = Neurons(np.zeros(len(pieces)), centres, theme, radius)
        self.discs.set_arrays(stroke_width=3.0)
        self.patches = [
            PixelImage(piece, theme, _SQUARE * radius).move_to(centre)
            for piece, centre in zip(pieces, centres, strict=True)
        ]
        super().__init__(self.discs, *self.patches, **kwargs)

    def empty(self) -> PatchNeurons:
        """As it is before the pieces are in it."""
        bare = self.copy()
        for patch in bare.patches:
            patch.set_values(np.zeros_like(patch.values))
        return bare

    def light(self, activations: np.ndarray, **kwargs: Any) -> LightUp:
        """Animation: the circles go to ``activations`` (n,), all at once."""
        return LightUp(self.discs, activations, stagger=0.0, **kwargs)

    def receive(self, ink: LooseInk, k: int, run_time: float = 0.9) -> Succession | AnimationGroup:
        """Animation: ink of an image as large as the pieces flies into circle k, and is gone."""
        there = ink.on(self.patches[k])
        return Succession(
            Transform(ink, there, run_time=run_time), FadeOut(ink, run_time=0.25 * run_time)
        )
