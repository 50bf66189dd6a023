"""A function as light: lines from where values are to where it sends them."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from netglow.scenes.engine.batches import Edges
from netglow.scenes.stage.theme import Theme


class Fan(Edges):
    """Lines of light of ``values`` (n,) from ``starts`` to ``ends`` (n, 3), coloured by sign.

    Every ``strong``-th value is brighter, so that the change of the spacing is visible.
    """

    def __init__(
        self,
        values: ArrayLike,
        starts: np.ndarray,
        ends: np.ndarray,
        theme: Theme,
        strong: float,
        width: float = 1.6,
        **kwargs: Any,
    ) -> None:
        self.values = np.array(values, float)
        on_tick = np.abs(self.values / strong - np.round(self.values / strong)) < 1e-6
        self.power = np.where(on_tick, 0.3, 0.12)
        super().__init__(
            starts, ends, theme.signed_light(self.values), 0.0, self.power, width, **kwargs
        )

    def single_out(self, which: ArrayLike) -> Self:
        """Keep the lines where ``which`` (n,) holds as they are and dim the others."""
        return self.set_arrays(glow=np.where(which, self.power, 0.02))
