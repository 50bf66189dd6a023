"""Neurons with a picture in each of what it stands for."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import AnimationGroup, FadeOut, Group, Succession, Transform

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.network.neurons import LightUp, Neurons
from netglow.scenes.stage.theme import Theme, rgb

SQUARE = 1.58  # side of the picture in a circle of radius 1; its corners hold no ink
_THIN, _THICK = 3.0, 8.0  # stroke of a circle that is dark, and of one that is lit


class Rings(Neurons):
    """Neurons that are lit by their ring and the glow around it: what is in them stays readable."""

    def set_activations(self, activations: np.ndarray) -> Self:
        """Show other activations (n,)."""
        super().set_activations(activations)
        theme, share = self.theme, np.clip(self.activations, 0, 1)[:, None]
        dark, lit = rgb(theme.muted), rgb(theme.attention if theme.is_light else theme.on)
        return self.set_arrays(
            fill=theme.brightness(np.zeros(len(self))),
            stroke=dark + (lit - dark) * share,
            stroke_width=_THIN + (_THICK - _THIN) * share[:, 0],
        )


class PatchNeurons(Group):
    """Circles (``discs``) at ``centres`` (n, 3) with one of the ``pieces`` (n, rows, columns) each.

    ``patches`` are the pictures in them, ``square`` wide in a circle of radius 1, without their
    paper. :meth:`light` lights the circles around them.
    """

    def __init__(
        self,
        pieces: np.ndarray,
        centres: np.ndarray,
        radius: float,
        theme: Theme,
        square: float = SQUARE,
        **kwargs: Any,
    ) -> None:
        self.discs = Rings(np.zeros(len(pieces)), centres, theme, radius)
        self.patches = [
            PixelImage(piece, theme, square * radius).move_to(centre)
            for piece, centre in zip(pieces, centres, strict=True)
        ]
        for patch in self.patches:
            patch.set_arrays(fill_alpha=(patch.values.ravel() > 0).astype(float))
        super().__init__(self.discs, *self.patches, **kwargs)

    def empty(self) -> PatchNeurons:
        """As it is before the pieces are in it."""
        bare = self.copy()
        for patch in bare.patches:
            patch.set_values(np.zeros_like(patch.values)).set_arrays(fill_alpha=0.0)
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
