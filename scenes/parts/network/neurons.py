"""Neurons as discs that fill and glow by their activation."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, linear
from numpy.typing import ArrayLike
from scipy.special import expit

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells
from netglow.scenes.stage.theme import Theme, rgb


def column(count: int, x: float, spacing: float, y: float = 0.0) -> np.ndarray:
    """Centres (count, 3) from top to bottom around (x, y)."""
    ys = y + ((count - 1) / 2 - np.arange(count)) * spacing
    return np.stack([np.full(count, x), ys, np.zeros(count)], axis=1)


class Neurons(Cells):
    """One layer: ``activations`` (n,) at ``centres`` (n, 3). Above 1 (ReLU) is drawn as 1."""

    DATA: tuple[str, ...] = ("activations",)

    def __init__(
        self,
        activations: np.ndarray,
        centres: np.ndarray,
        theme: Theme,
        radius: float = 0.16,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            centres,
            radius,
            corner=1.0,
            stroke=rgb(theme.muted),
            stroke_alpha=1.0,
            stroke_width=2.0,
            halo_rgb=rgb(theme.attention if theme.is_light else theme.on),
            **kwargs,
        )
        self.theme = theme
        self.set_activations(activations)

    def set_activations(self, activations: np.ndarray) -> Self:
        """Show other activations (n,)."""
        self.activations = kept = frozen(activations).reshape(len(self))
        return self.set_arrays(fill=self.theme.brightness(kept), halo=self.theme.halo(kept))


def staggered(alpha: float, delays: np.ndarray, eased: bool = True) -> np.ndarray:
    """Progress (n,) of items whose moves start at ``delays`` (0..1, share of the run).

    Every move lasts ``1 - max(delays)`` of the run.
    """
    delays = np.asarray(delays, float)
    span = max(1 - float(delays.max(initial=0.0)), 1e-6)
    share = np.clip((alpha - delays) / span, 0, 1)
    return ease(share) if eased else share


def ease(share: np.ndarray) -> np.ndarray:
    """Manim's ``smooth`` for arrays of any shape, 0..1."""
    least = expit(-5.0)
    return np.asarray(np.clip((expit(10 * (share - 0.5)) - least) / (1 - 2 * least), 0, 1))


class LightUp(Animation):
    """Neurons go from what they show to ``activations`` (n,), one after the other."""

    mobject: Any  # Neurons

    def __init__(
        self, neurons: Neurons, activations: ArrayLike, stagger: float = 0.4, **kwargs: Any
    ) -> None:
        super().__init__(neurons, rate_func=kwargs.pop("rate_func", linear), **kwargs)
        self.after = np.asarray(activations, float)
        self.delays = np.linspace(0, stagger, len(neurons))

    def begin(self) -> None:
        self.before = self.mobject.activations
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        share = staggered(self.rate_func(alpha), self.delays)
        self.mobject.set_activations(self.before + (self.after - self.before) * share)
