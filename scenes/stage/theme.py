"""Roles to colours, numbers to ink: the only place where a number becomes a look.

All functions are pure and monotone in the number's size; clamps are in their docstrings.
Colours are sRGB 0..1 triples unless a name says ``linear``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from netglow.scenes.engine.constants import FEATHER, PAPER_POWER, SOLID

FONT = "Inter"

# A flow's soft front is FEATHER long, so its head runs past the end of the edge until all of it
# is lit; the spark at the head is gone just before.
HEAD_ENDS = 1 + 1.5 * FEATHER
SPARK_ENDS = HEAD_ENDS - FEATHER / 5
_ARRIVED = HEAD_ENDS - 1e-4  # from here on the whole edge is simply lit
_REST, _FLOW = 0.1, 0.6  # light of a layer's strong edges, in a layer with room between them
_ROOMY = 256  # so many edges have room; of more, each gets less light
_CHANGE, _CHANGE_ON_PAPER = 0.4, 0.16  # ink on paper adds up to black sooner


def rgb(hex_colour: str) -> np.ndarray:
    """``"#56b4e9"`` to an sRGB triple 0..1."""
    return np.array([int(hex_colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def linear(srgb: ArrayLike) -> np.ndarray:
    """sRGB 0..1 to linear light 0..1 (IEC 61966-2-1)."""
    srgb = np.asarray(srgb, float)
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """Contrast ratio 1..21 of two colours (WCAG 2.2)."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    a, b = sorted(float(linear(rgb(c)) @ weights) for c in (first, second))
    return (b + 0.05) / (a + 0.05)


@dataclass(frozen=True)
class Theme:
    """One look. Every field is a role; a scene never names a colour."""

    name: str
    background: str
    panel: str  # behind images, bars and other data
    text: str
    muted: str  # secondary text, still readable (>= 4.5:1)
    faint: str  # outlines and grids, never text
    positive: str
    negative: str
    bias: str
    attention: str
    correct: str
    wrong: str
    off: str  # a number 0: pixel or neuron
    on: str  # a number 1
    ink_on: str  # text on top of ``on``
    ink_off: str  # text on top of ``off``
    is_light: bool

    def brightness(self, values: ArrayLike) -> np.ndarray:
        """Values 0..1 (clamped), any shape, to colours (..., 3) between ``off`` and ``on``."""
        v = np.clip(np.asarray(values, float), 0, 1)[..., None]
        return np.asarray(rgb(self.off) + (rgb(self.on) - rgb(self.off)) * v)

    def signed(self, values: ArrayLike, scale: float) -> np.ndarray:
        """Signed values (n,) to colours (n, 3): panel at 0, full colour from ±scale on."""
        v = np.clip(np.asarray(values, float) / scale, -1, 1)
        share = (np.abs(v) ** 0.75)[..., None]
        full = np.where((v >= 0)[..., None], rgb(self.positive), rgb(self.negative))
        return np.asarray(rgb(self.panel) + (full - rgb(self.panel)) * share)

    def halo(self, activations: ArrayLike) -> np.ndarray:
        """Activations 0..1 (clamped) to halo strength 0..0.5 around a neuron."""
        return np.asarray(0.5 * np.clip(np.asarray(activations, float), 0, 1) ** 2)

    def light_of(self, colour: str) -> np.ndarray:
        """Colour that light in a role's colour adds (linear) or, on paper, takes away."""
        return 1.15 - rgb(colour) if self.is_light else linear(rgb(colour))

    def ink_light(self, colour: str) -> np.ndarray:
        """Light (3,) that leaves a role's colour itself: on paper, what ink has to take away.

        The inverse of the engine's curve for paper (``1 - exp(-light)`` to PAPER_POWER); of the
        exact light 0.6 is enough, the bloom adds the rest.
        """
        if not self.is_light:
            return self.light_of(colour)
        taken = np.clip(1 - rgb(colour), 0, 0.99)
        return np.asarray(-0.6 * np.log(1 - taken ** (1 / PAPER_POWER)))

    def change_glow(self, light: ArrayLike, edges: int) -> np.ndarray:
        """Glow of edges by the light of a change that runs along them, any shape."""
        strength = _CHANGE_ON_PAPER if self.is_light else _CHANGE
        return np.asarray(strength * crowding(edges) ** 0.75 * np.asarray(light))

    def signed_light(self, weights: ArrayLike) -> np.ndarray:
        """Signs of weights (n,) to linear edge colours (n, 3)."""
        up, down = self.light_of(self.positive), self.light_of(self.negative)
        return np.where((np.asarray(weights) >= 0)[..., None], up, down)


def robust_scale(values: ArrayLike, share: float = 0.99) -> float:
    """The size that ``share`` of the values stay below; 1 when all are 0."""
    scale = float(np.quantile(np.abs(np.asarray(values, float)), share))
    return scale if scale > 0 else 1.0


def rest_light(weights: ArrayLike) -> np.ndarray:
    """Light of edges at rest, ~ |w|^1.5, 1 at the layer's 99th percentile, at most 2."""
    size = np.abs(np.asarray(weights, float)) / robust_scale(weights)
    return np.asarray(np.minimum(size**1.5, 2.0))


def flow_light(contributions: ArrayLike) -> np.ndarray:
    """Light of edges in a forward pass, ~ |w·a|^1.2, 1 at the layer's 99th percentile, max 2.5."""
    size = np.abs(np.asarray(contributions, float)) / robust_scale(contributions)
    return np.asarray(np.minimum(size**1.2, 2.5))


def crowding(edges: int) -> float:
    """Share 0..1 of the light for each of a layer's edges: less where many of them meet."""
    return float(np.sqrt(_ROOMY / max(edges, _ROOMY)))


def rest_glow(weights: ArrayLike) -> np.ndarray:
    """Light of a layer's edges at rest; weights: all of the layer's, flat."""
    return _REST * crowding(np.size(weights)) * rest_light(weights)


def flow_glow(contributions: ArrayLike, shown: float = 1.0) -> np.ndarray:
    """Glow of a layer's edges in a forward pass; contributions: all of the layer's, flat.

    ``shown`` 0..1 dims them all.
    """
    share = crowding(np.size(contributions))
    return np.asarray(_FLOW * shown * flow_light(contributions) * share**0.75)


def flow_head(share: ArrayLike) -> np.ndarray:
    """Heads of flows that have gone ``share`` 0..1 of their way; SOLID for those that arrived."""
    head = HEAD_ENDS * np.asarray(share, float)
    return np.where(head >= _ARRIVED, SOLID, head)


def flow_spark(head: ArrayLike, brightest: float, fade: float = 1 / 8) -> np.ndarray:
    """Extra light at heads of flows: ``brightest`` on the way, then fading over ``fade``.

    It is gone at SPARK_ENDS.
    """
    left = brightest / fade * (SPARK_ENDS - np.asarray(head, float))
    return np.clip(left, 0, brightest)


# fmt: off
DARK = Theme(
    name="dark", background="#0d1118", panel="#171c26", text="#f2f0ea", muted="#9aa3b2",
    faint="#394252", positive="#56b4e9", negative="#f59e0b", bias="#d684b5",
    attention="#f0e442", correct="#10c99a", wrong="#ff6b5e", off="#19202c", on="#f7f5ee",
    ink_on="#000000", ink_off="#ffffff", is_light=False,
)
LIGHT = Theme(
    name="light", background="#fbfaf6", panel="#eceae2", text="#1b2230", muted="#565f6e",
    faint="#8b93a1", positive="#006daa", negative="#b34600", bias="#9b3d77",
    attention="#7f6500", correct="#00734f", wrong="#c0281c", off="#20262f", on="#ffffff",
    ink_on="#000000", ink_off="#ffffff", is_light=True,
)
# fmt: on
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}
