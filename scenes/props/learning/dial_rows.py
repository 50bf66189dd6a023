"""Rows of dials: the weights into each output, beside the output they feed."""

from __future__ import annotations

from typing import Any

import numpy as np

from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.stage.theme import Theme


class DialRows(Dials):
    """``weights`` (rows, n) as dials, row k at the height ``y[k]``, from ``left`` on.

    They fill ``width``, but no dial is wider than ``pitch``. ``scale`` is the weight of a
    full turn.
    """

    def __init__(
        self,
        weights: np.ndarray,
        y: np.ndarray,
        left: float,
        width: float,
        pitch: float,
        scale: float,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        pitch = min(width / weights.shape[1], pitch)
        x = left + (np.arange(weights.shape[1]) + 0.5) * pitch
        places = np.stack(np.broadcast_arrays(x[None], np.asarray(y)[:, None], 0.0), axis=2)
        super().__init__(
            np.ravel(weights),
            places.reshape(-1, 3),
            0.46 * pitch,
            scale,
            theme,
            width=2.0,
            **kwargs,
        )
