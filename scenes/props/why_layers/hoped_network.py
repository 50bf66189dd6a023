"""The hope as a network: an image, neurons for small edges, for pieces, and the outputs."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, AnimationGroup, Group, LaggedStart, Transform

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.network.edges import Dim, Flow, LayerEdges
from netglow.scenes.parts.network.neurons import LightUp, Neurons, column
from netglow.scenes.props.why_layers.patch_neurons import PatchNeurons
from netglow.scenes.stage.theme import Theme

_Y, _OUT_Y, _IMAGE = -0.3, -0.02, 3.3
_BIT = 1.45  # side of the picture of a bit in a circle of radius 1


class HopedNetwork:
    """Four columns at ``xs``: nothing in here was learned.

    ``image`` (s, s); ``small`` neurons, one for each of ``bits`` (n, k, k), whose ``masks`` (n, s,
    s) say where they are; ``large`` ones for the ``pieces`` (m, s, s); ``lights``, the outputs.
    ``made_of`` (m, n) and (10, m), 0 or 1, is what each is made of. ``edges[l]`` lead into the
    columns; the first begin at the bits on the image.
    """

    xs = (-4.85, -1.9, 1.2, 4.25)

    def __init__(
        self,
        image: np.ndarray,
        bits: tuple[np.ndarray, np.ndarray],
        pieces: np.ndarray,
        made_of: tuple[np.ndarray, np.ndarray],
        theme: Theme,
    ) -> None:
        patches, self.masks = bits
        self.image = PixelImage(image, theme, _IMAGE).move_to((self.xs[0], _Y, 0))
        n, m, k = len(patches), len(pieces), len(made_of[1])
        self.small = PatchNeurons(patches, column(n, self.xs[1], 0.94, _Y), 0.44, theme, _BIT)
        self.large = PatchNeurons(pieces, column(m, self.xs[2], 3.1, _Y), 1.25, theme)
        self.lights = Neurons(np.zeros(k), column(k, self.xs[3], 0.6, _OUT_Y), theme, 0.22)
        self.outputs = Group(self.lights)
        self.empty = (self.small.empty(), self.large.empty())
        self.made_of = made_of
        starts = np.array(
            [LooseInk(self.image, mask).centres().mean(axis=0) for mask in self.masks]
        )
        columns = [starts, self.small.discs.centres(), self.large.discs.centres()]
        ends = [*columns[1:], self.lights.centres()]
        weights = [np.eye(n), *made_of]
        self.edges = [
            LayerEdges(w, a, b, theme, 2.2) for w, a, b in zip(weights, columns, ends, strict=True)
        ]

    @property
    def shown(self) -> Group:
        """All that is to be seen in the end."""
        return Group(*self.edges, self.image, self.small, self.large, self.outputs)

    def inks(self) -> list[LooseInk]:
        """The ink of every bit, on the image."""
        return [LooseInk(self.image, mask) for mask in self.masks]

    def sort(self, inks: list[LooseInk]) -> LaggedStart:
        """Animation: the ink of every bit goes to the neuron that stands for it."""
        moves = [
            Transform(ink, LooseInk(patch))
            for ink, patch in zip(inks, self.small.patches, strict=True)
        ]
        return LaggedStart(*moves, lag_ratio=0.12)

    def flying(self) -> list[LooseInk]:
        """The ink of all bits once more, in the small circles."""
        return [LooseInk(patch) for patch in self.small.patches]

    def put_together(self, inks: list[LooseInk], **kwargs: Any) -> AnimationGroup:
        """Animation: it flies to the pieces it makes."""
        owners = [self.large.patches[k] for k in self.made_of[0].argmax(axis=0)]
        return AnimationGroup(
            *[
                Transform(ink, LooseInk(owner, mask), **kwargs)
                for ink, owner, mask in zip(inks, owners, self.masks, strict=True)
            ]
        )

    def flow(self, layer: int) -> Flow:
        """Animation: light on the edges into a column; all of what they come from is lit."""
        return Flow(self.edges[layer], self.edges[layer].weights)

    def lights_up(self, layer: int) -> list[Animation]:
        """Animations: a column is lit; an output by the share of its pieces that is there."""
        if layer < 2:
            neurons = (self.small, self.large)[layer]
            return [neurons.light(np.ones(len(neurons.patches)))]
        return [LightUp(self.lights, self.made_of[1].sum(axis=1) / 2, 0.0)]

    def rest(self) -> list[Animation]:
        """Animations: every light goes out."""
        columns = (self.small.discs, self.large.discs, self.lights)
        return [
            *[Dim(edges, 0.0) for edges in self.edges],
            *[LightUp(neurons, np.zeros(len(neurons)), 0.0) for neurons in columns],
        ]
