"""A column of very many neurons, all of them drawn, those under a lens large enough to see."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation

from netglow.scenes.parts.network.neurons import Neurons

WIDTH = 4.0  # of the lens, in neurons to each side
FLAT = 0.09  # half width that even the flattest neuron keeps


def lens_boxes(
    count: int,
    focus: float,
    x: float,
    y: float,
    height: float,
    opened: float = 1.0,
    largest: float = 0.46,
) -> tuple[np.ndarray, np.ndarray]:
    """Centres (count, 3) and halves (count, 2) of a column around (x, y), top to bottom.

    Neurons near ``focus`` (an index) are up to ``largest`` high, the others share what is left
    of ``height``; ``opened`` 0 is the column without a lens.
    """
    near = np.exp(-(((np.arange(count) - focus) / WIDTH) ** 4))
    even = height / count
    top = even + (max(largest, even) - even) * opened
    low = (height - top * near.sum()) / (count - near.sum())
    heights = low + (top - low) * near
    ys = y + height / 2 - np.cumsum(heights) + heights / 2
    centres = np.stack([np.full(count, x), ys, np.zeros(count)], axis=1)
    half = heights * np.where(heights > 0.02, 0.43, 0.5)
    return centres, np.stack([np.maximum(half, FLAT), half], axis=1)


def outlined(halves: np.ndarray) -> np.ndarray:
    """Opacity (n,) of the outlines: only neurons that are large enough have one."""
    return np.clip((halves[:, 1] - 0.04) / 0.06, 0, 1)


def put(neurons: Neurons, focus: float, opened: float = 1.0, **where: Any) -> Neurons:
    """Place a layer as such a column; ``where`` goes to :func:`lens_boxes`."""
    centres, halves = lens_boxes(len(neurons), focus, opened=opened, **where)
    outline = outlined(halves)
    neurons.place(centres, halves)
    glow = neurons.theme.halo(neurons.activations) * outline
    return neurons.set_arrays(stroke_alpha=outline, halo=glow)


class MoveLens(Animation):
    """The lens goes from one neuron to another and opens on its way, if it was closed."""

    mobject: Any  # Neurons

    def __init__(
        self,
        neurons: Neurons,
        start: tuple[float, float],
        end: tuple[float, float],
        where: dict[str, float],
        **kwargs: Any,
    ) -> None:
        super().__init__(neurons, **kwargs)
        self.start, self.end, self.where = start, end, where

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        focus, opened = (a + (b - a) * share for a, b in zip(self.start, self.end, strict=True))
        put(self.mobject, focus, opened, **self.where)
