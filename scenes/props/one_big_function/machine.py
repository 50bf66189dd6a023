"""All dials of a network in one box; an image goes in on its left, bars come out on its right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Group, RoundedRectangle, UpdateFromAlphaFunc, linear

from netglow.scenes.parts.network.neurons import staggered
from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.stage.theme import Theme

_FILL, _PAD, _GLINT = 0.92, 0.16, 1.0


class DialBox(Group):
    """``values`` (n,) as dials, in rows, in a box ``width`` by ``height`` around ``centre``.

    ``blocks`` are how many of them belong together, ``ends`` (one a block) where their dials are
    fully turned. ``box`` is what is drawn around them; ``places`` (n, 3) where each belongs.
    """

    def __init__(
        self,
        values: np.ndarray,
        blocks: Sequence[int],
        ends: Sequence[float],
        centre: np.ndarray,
        width: float,
        height: float,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.theme, self._starts = theme, np.cumsum([0, *blocks])
        self.places, pitch = packed(len(values), width - 2 * _PAD, height - 2 * _PAD)
        self.places += centre
        self.radius = _FILL * pitch / 2
        self.blocks = [
            Dials(values[a:z], self.places[a:z], self.radius, end, theme, width=1.2)
            for a, z, end in zip(self._starts[:-1], self._starts[1:], ends, strict=True)
        ]
        self.box = RoundedRectangle(corner_radius=0.2, width=width, height=height)
        self.box.set_stroke(theme.text, 3).set_fill(theme.background, 0).move_to(centre)
        super().__init__(*self.blocks, self.box, **kwargs)

    @property
    def values(self) -> np.ndarray:
        """(n,) what the dials show."""
        return np.concatenate([dials.values for dials in self.blocks])

    def set_values(self, values: np.ndarray) -> Self:
        """Turn all dials, (n,)."""
        for dials, a, z in self._parts():
            dials.set_values(values[a:z])
        return self

    def place_at(self, places: np.ndarray, size: np.ndarray) -> Self:
        """Put the dials elsewhere (n, 3), each at a share ``size`` (n,) of its own."""
        for dials, a, z in self._parts():
            half = np.repeat((self.radius * size[a:z])[:, None], 2, axis=1)
            dials.faces.place(places[a:z], half)
            dials.set_values(dials.values)
        return self

    def _parts(self) -> zip[tuple[Dials, int, int]]:
        return zip(self.blocks, self._starts[:-1].tolist(), self._starts[1:].tolist(), strict=True)

    def gather(self, start: np.ndarray, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the dials grow at ``start`` (n, 3) and fly to their places in the box."""
        delays = 0.45 * (np.arange(len(start)) * 0.618034 % 1)

        def fly(_: Any, alpha: float) -> None:
            share = staggered(alpha, delays)
            size = np.clip(6 * share, 0, 1)
            self.place_at(start + (self.places - start) * share[:, None], size)

        return UpdateFromAlphaFunc(Group(*self.blocks), fly, rate_func=linear, **kwargs)

    def turn(self, after: np.ndarray, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: all dials turn at once, (n,)."""
        before = self.values

        def go(_: Any, alpha: float) -> None:
            self.set_values(before + (after - before) * alpha)

        return UpdateFromAlphaFunc(Group(*self.blocks), go, **kwargs)

    def shine(self, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: a light goes through the box, from left to right, and is gone."""
        needles = [dials.needles for dials in self.blocks]
        light = [each.light for each in needles]
        x = [dials.faces.centres()[:, 0] for dials in self.blocks]
        first, last = self.box.get_left()[0] - _GLINT, self.box.get_right()[0] + _GLINT

        def go(_: Any, alpha: float) -> None:
            at = first + alpha * (last - first)
            for each, before, place in zip(needles, light, x, strict=True):
                near = np.clip(1 - np.abs(place - at) / _GLINT, 0, 1)
                each.set_arrays(light=before * (1 + 2.5 * near))

        return UpdateFromAlphaFunc(Group(*self.blocks), go, rate_func=linear, **kwargs)


def packed(count: int, width: float, height: float) -> tuple[np.ndarray, float]:
    """Places (count, 3) in rows from the top left, around the origin, and their pitch."""
    columns = max(1, int(np.ceil(np.sqrt(count * width / height))))
    rows = -(-count // columns)
    pitch = min(width / columns, height / rows)
    k = np.arange(count)
    x = (k % columns - (columns - 1) / 2) * pitch
    y = ((rows - 1) / 2 - k // columns) * pitch
    return np.stack([x, y, np.zeros(count)], axis=1), float(pitch)
