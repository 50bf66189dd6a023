"""An image under weights: they tint its cells, and ink on them takes their colour."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from netglow.netcore.network import frozen
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.stage.theme import Theme

_TINT = 0.3  # of the full colour where there is no ink
_IGNORED = 0.3  # brightness of ink that has no weight


class Stencil(PixelImage):
    """Grey values 0..1 (rows, columns) under ``weights`` (rows, columns) of −1, 0 and 1.

    Without weights (all 0) it is a plain image. Else ink where the weight is 0 is dim, and ink on
    a positive or negative weight has its colour. A negative one is a disc, as in a WeightImage.
    """

    DATA = ("values", "weights")

    def __init__(
        self, values: np.ndarray, weights: np.ndarray, theme: Theme, size: float, **kwargs: Any
    ) -> None:
        self.weights = frozen(weights)
        super().__init__(values, theme, size, **kwargs)

    def set_values(self, values: np.ndarray) -> Self:
        ink, weights = self._keep(values)[:, None], self.weights.ravel()
        if not weights.any():
            return self.set_arrays(fill=self.theme.brightness(ink[:, 0]), corner=0.0)
        full = self.theme.signed(weights, 1.0)
        tint = self.theme.signed(_TINT * weights, 1.0)
        ignored = self.theme.brightness(_IGNORED * ink[:, 0])
        weighed = tint + (full - tint) * ink
        fill = np.where(weights[:, None] == 0, ignored, weighed)
        return self.set_arrays(fill=fill, corner=np.where(weights < 0, 0.85, 0.0))

    def under(self, weights: np.ndarray) -> Self:
        """The same image under other weights, as a copy."""
        other = self.copy()
        other.weights = frozen(weights)
        return other.set_values(self.values)

    def of(self, values: np.ndarray) -> Self:
        """Another image under the same weights, as a copy."""
        return self.copy().set_values(values)
