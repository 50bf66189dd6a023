"""A deep network whose light is a change on its way: how far every neuron moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Group, Line, UpdateFromAlphaFunc, linear

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.stage.theme import Theme, flow_head

_REST = 0.4  # of the light at rest, so that the change stands out
_LEFT, _SIZE, _Y = -6.5, 2.5, -0.35  # of the image; the middle of everything
_FIRST, _LAST, _HIGH = -2.1, 6.2, 6.0  # x of the first and the last column; how high they are
_KNOB, _KNOB_X = 0.42, -3.05
_TURN = 0.8  # of the knob's full turn, for the turn that was measured
_STRONG = 0.6  # a weight that carries a full move as full light


class DeepNetwork(Group):
    """``weights`` (out, in) of every layer, the image they read, and a knob on one first weight.

    ``moved[l]`` (units,) is how far the neurons of layer l move when the knob is turned, which
    is on the weight from ``pixel`` to ``neuron``. They shine fully from ``full`` on, and edges as
    much as a move times their weight; what has not been reached is dark.
    """

    def __init__(
        self,
        weights: Sequence[np.ndarray],
        moved: Sequence[np.ndarray],
        pixel: int,
        neuron: int,
        full: float,
        image: np.ndarray,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.theme, self.full, self.moved = theme, full, [np.asarray(m, float) for m in moved]
        self.progress = 0.0
        self.pixels = PixelImage(image, theme, _SIZE).move_to((_LEFT + _SIZE / 2, _Y, 0))
        pitch = _HIGH / max(15, *(len(w) - 1 for w in weights))
        radius = min(0.14, 0.4 * pitch)
        self.columns = [
            Neurons(np.zeros(len(w)), column(len(w), x, pitch, _Y), theme, radius)
            for w, x in zip(weights, np.linspace(_FIRST, _LAST, len(weights)), strict=True)
        ]
        first = self.pixels.centres()
        start, end = first[pixel].copy(), self.columns[0].centres()[neuron]
        first[:, 0] = self.pixels.get_right()[0]  # so that the image stays clear
        places = [first, *(neurons.centres() for neurons in self.columns)]
        self.edges = [LayerEdges(w, places[l], places[l + 1], theme) for l, w in enumerate(weights)]
        for edges in self.edges:
            edges.set_arrays(light=_REST * edges.light)
        self.glows = [
            self.glow(edges, change)
            for edges, change in zip(self.edges[1:], self.moved, strict=False)
        ]
        self.wire = Line(start, end - radius * (end - start) / np.linalg.norm(end - start))
        self.wire.set_stroke(theme.attention, 4)
        share = (_KNOB_X - start[0]) / (end[0] - start[0])
        at = start + share * (end - start)
        self.knob = Dials(np.zeros(1), at[None], _KNOB, 1.0, theme, 0.9, 6, ring=2.5)
        self.add(*self.edges, self.pixels, self.wire, *self.columns, self.knob)
        self.set_progress(0.0)

    def glow(self, edges: LayerEdges, change: np.ndarray) -> np.ndarray:
        """Light (out * in,) of edges whose sources move by ``change`` (in,)."""
        share = np.abs(edges.weights) * change[None] / (_STRONG * self.full)
        return self.theme.change_glow(np.minimum(share.ravel() ** 1.2, 2.0), edges.weights.size)

    def set_progress(self, progress: float, loud: float = 1.0) -> Self:
        """Show how far the change has come: 0 before the turn, 1 at the first layer, and so on.

        ``loud`` 0..1 is how far the knob is turned by then, and how much of the light is left.
        """
        self.progress = float(progress)
        self.knob.set_values(np.array([_TURN * loud * min(self.progress, 1.0)]))
        for l, (neurons, change) in enumerate(zip(self.columns, self.moved, strict=True)):
            lit = float(np.clip((self.progress - l) * 2.5 - 1.5, 0, 1))  # when the light arrives
            neurons.set_activations(loud * lit * change / self.full)
        for l, (edges, glow) in enumerate(zip(self.edges[1:], self.glows, strict=True), start=1):
            head = float(flow_head(np.clip(self.progress - l, 0, 1)))
            edges.set_arrays(head=head, glow=loud * glow)
        return self

    def pass_on(self, run_time: float, end: float | None = None) -> UpdateFromAlphaFunc:
        """Animation: the knob is turned, and the change runs through all layers (or as far as)."""
        start, goal = self.progress, len(self.columns) if end is None else end

        def step(_: Any, t: float) -> None:
            self.set_progress(start + (goal - start) * t)

        return UpdateFromAlphaFunc(self, step, rate_func=linear, run_time=run_time)

    def fall_silent(self, run_time: float) -> UpdateFromAlphaFunc:
        """Animation: the knob goes back, and all light with it."""
        come = self.progress

        def step(_: Any, t: float) -> None:
            self.set_progress(come if t < 1 else 0.0, 1 - t if t < 1 else 1.0)

        return UpdateFromAlphaFunc(self, step, run_time=run_time)
