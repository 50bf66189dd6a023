"""The tone map: light and its bloom become shades, once, over what is in the frame."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.polynomial.chebyshev import cheb2poly, chebfit
from numpy.typing import NDArray

from netglow.scenes.engine.bloom import BLOOM_CELL
from netglow.scenes.engine.constants import PAPER_POWER
from netglow.scenes.engine.kernels import Bytes, Floats, kernel, piece

EXPOSURE = 1.25  # tone map: 1 - exp(-EXPOSURE * light)
BLOOM = 0.55  # share of the blurred light that is added to the sharp light
STRIP = 128  # columns tone-mapped at once: what is dark in all of them is left as it is
_BRIGHTEST, _KNEE, _DEGREE = 8.0, 0.5, 9  # of the tone curves
_STRETCH = 2 * (1 + _KNEE / math.sqrt(_BRIGHTEST))  # their argument goes from -1 to 1

Doubles = NDArray[np.float64]


def _curve(share: Callable[[Doubles], Doubles]) -> Floats:
    """``share(light)`` as a polynomial (10,), right to half a grey level (see ``_blend``)."""
    light = _BRIGHTEST * np.linspace(0, 1, 4001) ** 4  # most points where it is dark
    place = np.sqrt(light) / (_KNEE + np.sqrt(light)) * _STRETCH - 1
    coefficients: Floats = cheb2poly(chebfit(place, share(light), _DEGREE)).astype(np.float32)
    return coefficients


def _shine(light: Doubles) -> Doubles:
    """Share of white that light adds in sRGB: 1 - exp(-EXPOSURE * light), encoded."""
    shown = 1 - np.exp(-EXPOSURE * light)
    bright = 1.055 * np.maximum(shown, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(shown <= 0.0031308, 12.92 * shown, bright)


def _absorb(light: Doubles) -> Doubles:
    """Share that a light theme takes away, like ink on paper.

    The power lifts faint lines, as the sRGB encoding does for light on a dark ground.
    """
    return np.asarray((1 - np.exp(-light)) ** PAPER_POWER)


SHINE, ABSORB = _curve(_shine), _curve(_absorb)


class Glow(NamedTuple):
    """Light, and the bloom of a part of it."""

    light: Floats  # (k, h, w)
    bloom: Floats  # (k, rows, columns) of coarse cells
    top: int  # row and column of the light where the first coarse cell begins
    left: int


class Tone(NamedTuple):
    """How light becomes shades."""

    colours: Floats  # (k, 3): what a unit of light in each plane adds to red, green and blue
    curve: Floats  # (10,): share of the way to white, or to black, by light
    darken: bool

    @classmethod
    def of(cls, colours: NDArray[np.floating], darken: bool) -> Tone:
        """Light that shines over a dark ground or, with ``darken``, is ink on a light one."""
        curve = ABSORB if darken else SHINE
        return cls(np.ascontiguousarray(colours, np.float32), curve, darken)


@kernel
def tone_map(frame: Bytes, glow: Glow, tone: Tone, y0: int, y1: int, x0: int, x1: int) -> None:
    """Lay the glow over ``frame`` (h, 4 w) in the box of rows [y0, y1), columns [x0, x1).

    x0 lies on a border of the bloom's coarse cells.
    """
    planes, last_row = glow.light.shape[0], glow.bloom.shape[1] - 1
    coarse = np.empty(STRIP // BLOOM_CELL + 2, np.float32)
    wide = np.empty((2, planes, STRIP), np.float32)  # two rows of the bloom, enlarged across
    total = np.zeros((max(planes, 2), STRIP), np.float32)
    rgba = np.empty(4 * STRIP, np.float32)
    zero, half = np.float32(0), np.float32(0.5)
    for x in range(x0, x1, STRIP):
        n, first = min(STRIP, x1 - x), (x - glow.left) // BLOOM_CELL
        known = -1
        for y in range(y0, y1):
            v = max((np.float32(y - glow.top) + half) / BLOOM_CELL - half, zero)
            i0 = int(v)
            v = np.float32(v - np.float32(i0))
            while known < i0 + 1:
                known = max(known + 1, i0)
                for k in range(planes):
                    _enlarge(glow.bloom[k, min(known, last_row)], first, coarse, wide[known % 2, k])
            most = zero  # at least as much as any pixel's light: a sum runs in vectors, max not
            for k in range(planes):
                upper, lower = wide[i0 % 2, k], wide[(i0 + 1) % 2, k]
                row, here, start = glow.light[k, y], total[k], np.uintp(x)
                for q in range(n):
                    t = row[start + np.uintp(q)] + upper[q] + (lower[q] - upper[q]) * v
                    here[q] = t
                    most += t
            if most < np.float32(1e-4):
                continue
            _colour(total, tone.colours, rgba, n)
            _blend(frame[y], rgba, tone.curve, tone.darken, x, n)


@piece
def _enlarge(source: Floats, first: int, coarse: Floats, fine: Floats) -> None:
    """A row of the bloom from cell ``first`` on, interpolated to the STRIP pixels of ``fine``.

    coarse (STRIP // BLOOM_CELL + 2,): room for the cells and a neighbour on either side.
    """
    cells, last_column = STRIP // BLOOM_CELL, len(source) - 1
    near, far = np.float32(0.125), np.float32(0.375)  # of the way to the neighbouring cell
    for j in range(cells + 2):
        coarse[j] = source[min(max(first + j - 1, 0), last_column)] * np.float32(BLOOM)
    for j in range(cells):
        before, here, after = coarse[j], coarse[j + 1], coarse[j + 2]
        fine[4 * j] = here + (before - here) * far
        fine[4 * j + 1] = here + (before - here) * near
        fine[4 * j + 2] = here + (after - here) * near
        fine[4 * j + 3] = here + (after - here) * far


@piece
def _colour(total: Floats, colours: Floats, rgba: Floats, n: int) -> None:
    """Red, green, blue and nothing of n pixels, from their light ``total`` (k, STRIP)."""
    planes, zero = len(colours), np.float32(0)
    second = min(1, planes - 1)
    r0, g0, b0 = colours[0, 0], colours[0, 1], colours[0, 2]
    r1, g1, b1 = colours[second, 0], colours[second, 1], colours[second, 2]
    light0, light1 = total[0], total[1]
    for q in range(n):
        a, b = light0[q], light1[q]
        rgba[4 * q] = a * r0 + b * r1
        rgba[4 * q + 1] = a * g0 + b * g1
        rgba[4 * q + 2] = a * b0 + b * b1
        rgba[4 * q + 3] = zero
    for k in range(2, planes):
        r2, g2, b2, light2 = colours[k, 0], colours[k, 1], colours[k, 2], total[k]
        for q in range(n):
            c = light2[q]
            rgba[4 * q] += c * r2
            rgba[4 * q + 1] += c * g2
            rgba[4 * q + 2] += c * b2
            rgba[4 * q + 3] += zero


@piece
def _blend(out: Bytes, rgba: Floats, curve: Floats, darken: bool, x: int, n: int) -> None:
    """Screen n pixels' light over a row of the frame from column x on, or darken the row by it."""
    c0, c1, c2, c3, c4 = curve[0], curve[1], curve[2], curve[3], curve[4]
    c5, c6, c7, c8, c9 = curve[5], curve[6], curve[7], curve[8], curve[9]
    zero, half, one, white = np.float32(0), np.float32(0.5), np.float32(1), np.float32(255)
    brightest, knee, stretch = np.float32(_BRIGHTEST), np.float32(_KNEE), np.float32(_STRETCH)
    start = np.uintp(4 * x)
    for q in range(4 * n):
        # between two coarse rows, rounding may end a hair below zero
        root = np.sqrt(max(min(rgba[q], brightest), zero))
        place = root / (knee + root) * stretch - one
        high = (((c9 * place + c8) * place + c7) * place + c6) * place + c5
        s = ((((high * place + c4) * place + c3) * place + c2) * place + c1) * place + c0
        d = np.float32(out[start + np.uintp(q)])
        if darken:
            d *= one - s
        else:
            d += (white - d) * s
        out[start + np.uintp(q)] = np.uint8(np.int32(d + half))
