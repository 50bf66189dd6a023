"""All test images at their sums, and everything that follows when the bias is turned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import Group, UpdateFromAlphaFunc, smooth
from numpy.typing import ArrayLike

from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.props.bias.bias_dial import BiasDial
from netglow.scenes.props.bias.dot_pile import DotPile
from netglow.scenes.props.bias.lit_count import LitCount
from netglow.scenes.props.bias.threshold import Threshold

FACE, FACE_Y = 1.6, 2.75  # an image above the line
_ENDS = 3.6  # x to both sides beyond which it does not follow the line


class TurnedBias(Group):
    """The ``pile`` over ``axis``, the ``threshold``, the ``dial``, the ``count`` and a ``face``.

    ``f`` is the activation function. ``stops`` (m,) are biases in ascending order, and ``faces``
    (m, rows, columns) the images that only just pass then; below the first stop there is none.
    """

    def __init__(
        self,
        parts: tuple[DotPile, Threshold, BiasDial, LitCount],
        face: PixelImage,
        stops: ArrayLike,
        faces: np.ndarray,
        axis: Axis,
        f: Callable[[Any], Any],
        bias: float,
    ) -> None:
        self.pile, self.threshold, self.dial, self.count = parts
        self.face: Any = face
        self.axis, self.f = axis, f
        self.stops, self.faces = np.asarray(stops, float), faces
        super().__init__(self.threshold, self.pile, self.dial, self.count, face)
        self.set_bias(bias)

    def place_at(self, bias: float) -> np.ndarray:
        """Where the face hangs with a bias: above the line."""
        return np.array([np.clip(self.axis.at(-bias)[0], -_ENDS, _ENDS), FACE_Y, 0])

    def set_bias(self, bias: float) -> Self:
        """Turn the bias: the line moves, dots light up or darken and are counted."""
        self.bias = float(bias)
        self.pile.set_activations(self.f(self.pile.sums + self.bias))
        self.threshold.put(self.axis.at(-self.bias)[0])
        self.dial.set_bias(self.bias)
        self.count.set_bias(self.bias)
        self.face.move_to(self.place_at(self.bias))
        if isinstance(self.face, PixelImage):
            last = int(np.searchsorted(self.stops, self.bias + 1e-9)) - 1
            self.face.set_values(self.faces[max(last, 0)]).set_opacity(float(last >= 0))
        return self

    def turn(self, bias: float, run_time: float, rate_func: Any = smooth) -> UpdateFromAlphaFunc:
        """Animation: the bias goes to another value."""
        before = self.bias

        def step(_: Any, alpha: float) -> None:
            self.set_bias(bias if alpha == 1 else before + (bias - before) * alpha)

        return UpdateFromAlphaFunc(self, step, run_time=run_time, rate_func=rate_func)
