"""Numbers as dials: 0 points up, a positive number to the right, a negative one to the left."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, ORIGIN, Group, VGroup
from numpy.typing import ArrayLike

from netglow.netcore.network import frozen
from netglow.scenes.engine.batches import Cells, Edges
from netglow.scenes.stage.text import CAPTION, HEADING, TITLE, Number, label
from netglow.scenes.stage.theme import Theme, rgb

TURN = np.radians(135)  # how far a dial turns to each side
_NEUTRAL = 0.04  # share of the scale below which a needle loses its colour


def directions(values: ArrayLike, scale: float) -> np.ndarray:
    """Unit vectors (n, 3) of the needles of ``values`` (n,); ±``scale`` and beyond is full turn."""
    angle = TURN * np.clip(np.asarray(values, float) / scale, -1, 1)
    return np.stack([np.sin(angle), np.cos(angle), 0 * angle], axis=1)


class Dials(Group):
    """``values`` (n,) as dials at ``centres`` (n, 3); ``faces`` and ``needles`` are one batch each.

    ``light`` is a needle's, ``width`` its stroke in Manim's unit.
    """

    def __init__(
        self,
        values: np.ndarray,
        centres: np.ndarray,
        radius: float,
        scale: float,
        theme: Theme,
        light: float = 0.9,
        width: float = 1.3,
        ring: float = 0.0,
        **kwargs: Any,
    ) -> None:
        self.theme, self.value_scale = theme, scale
        self.radius = radius
        self.faces = Cells(
            centres,
            radius,
            1.0,
            rgb(theme.panel),
            stroke=rgb(theme.muted),
            stroke_alpha=float(ring > 0),
            stroke_width=ring,
        )
        still = np.asarray(centres, float)
        self.needles = Edges(still, still, 1.0, light, 0.0, width)
        super().__init__(self.faces, self.needles, **kwargs)
        self.set_values(values)

    def set_values(self, values: np.ndarray) -> Self:
        """Turn the dials to other values (n,)."""
        self.values = kept = frozen(values).ravel()
        way = directions(kept, self.value_scale) * self.faces.halves()[:, :1]
        centre = self.faces.centres()
        ends = np.stack([centre - 0.2 * way, centre + 0.88 * way], axis=1)
        self.needles.points = ends.reshape(-1, 3)
        share = np.clip(np.abs(kept) / (_NEUTRAL * self.value_scale), 0, 1)[:, None]
        grey = self.theme.light_of(self.theme.muted)
        self.needles.set_arrays(rgb=grey + (self.theme.signed_light(kept) - grey) * share)
        return self


class BigDial(Group):
    """One dial large enough to read, with ``marks`` around it, its ``number`` and ``words``."""

    def __init__(
        self,
        value: float,
        scale: float,
        name: str,
        theme: Theme,
        centre: ArrayLike = (0.0, 0.45, 0.0),
        radius: float = 1.35,
        **kwargs: Any,
    ) -> None:
        centre = np.array(centre, float)
        self.dial = Dials(np.array([value]), centre[None], radius, scale, theme, 0.8, 9, ring=3)
        around = directions(np.array([-scale, 0, scale]), scale) * (radius + 0.3)
        self.marks = VGroup(
            *[
                label(sign, colour, HEADING, bold=True).move_to(centre + place)
                for sign, colour, place in zip(
                    ("\N{MINUS SIGN}", "0", "+"),
                    (theme.negative, theme.text, theme.positive),
                    around,
                    strict=True,
                )
            ]
        )
        role = theme.positive if value >= 0 else theme.negative
        self.number = Number(value, role, TITLE, 2, sign=True, bold=True, anchor=ORIGIN)
        self.number.move_to(centre + DOWN * (radius + 0.6))
        self.words = label(name, theme.muted, CAPTION).next_to(self.number, DOWN, buff=0.25)
        super().__init__(self.dial, self.marks, self.number, self.words, **kwargs)
