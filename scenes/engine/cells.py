"""Cells (rounded boxes, discs) and finished pixels, laid over the frame one after the other."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from netglow.scenes.engine.kernels import Bytes, Floats, Ints, kernel, piece

_FAINT = 0.002  # less ink is not seen
_SEEN = 0.4 / 255  # of a halo, at least
_HALO = 2.42  # a halo's width as a share of the smaller half of its cell


class Boxes(NamedTuple):
    """n rounded boxes, as float32 arrays."""

    centre: Floats  # (n, 2) pixels
    axis: Floats  # (n, 2) unit vector of the box's own x axis
    half: Floats  # (n, 2) half width and half height, pixels
    corner: Floats  # (n,) radius as a share of the smaller half: 0 square, 1 disc
    fill: Floats  # (n, 3) 0..255
    fill_alpha: Floats  # (n,) 0..1
    stroke: Floats  # (n, 3) 0..255; it lies inside the edge
    stroke_alpha: Floats  # (n,) 0..1
    stroke_half: Floats  # (n,) pixels
    halo: Floats  # (n,) strength 0..1
    halo_rgb: Floats  # (n, 3) 0..255


class _Shape(NamedTuple):
    """Where one box is: a rectangle, and everything less than ``radius`` away from it."""

    x: np.float32  # centre
    y: np.float32
    ux: np.float32  # its own x axis
    uy: np.float32
    half_width: np.float32  # of the rectangle
    half_height: np.float32
    radius: np.float32


class _Ink(NamedTuple):
    """What one box looks like: colours 0..255, shares 0..1, lengths in pixels."""

    fill: tuple[np.float32, np.float32, np.float32]
    fill_alpha: np.float32
    stroke: tuple[np.float32, np.float32, np.float32]
    stroke_alpha: np.float32
    stroke_half: np.float32
    line: np.float32  # the most the stroke covers of a pixel
    halo: np.float32
    fade: np.float32  # of the halo in a pixel
    cover: tuple[np.float32, np.float32, np.float32]  # what the halo takes of each colour,
    glow: tuple[np.float32, np.float32, np.float32]  # and the colour it brings instead


@kernel
def paint_cells(frame: Bytes, boxes: Boxes, darken: bool, x0: int, x1: int) -> None:
    """Lay boxes over ``frame`` (h, 4 w), columns [x0, x1): halo, fill, stroke.

    A halo brightens the frame or, with ``darken``, colours it.
    """
    height, n = frame.shape[0], x1 - x0
    away = np.empty(n, np.float32)  # pixels from the cell's edge, inside negative
    keep = np.empty(4 * n, np.float32)  # what a pixel keeps of itself, and what it is given
    give = np.empty(4 * n, np.float32)
    for i in range(boxes.corner.shape[0]):
        hw, hh = boxes.half[i, 0], boxes.half[i, 1]
        fa, sa, glow = boxes.fill_alpha[i], boxes.stroke_alpha[i], boxes.halo[i]
        if min(hw, hh) <= 0.01 or (fa <= _FAINT and sa <= _FAINT and glow <= _FAINT):
            continue
        shape, ink = _shape(boxes, i), _ink(boxes, i, darken)
        left, right, top, bottom = _area(boxes, i, x0, x1, height)
        m = right - left
        if m <= 0:
            continue
        for y in range(top, bottom):
            _distances(away, shape, left, y, m)
            _mix(keep, give, away, ink, m)
            row, start = frame[y], np.uintp(4 * left)
            for q in range(4 * m):
                v = np.float32(row[start + np.uintp(q)]) * keep[q] + give[q] + np.float32(0.5)
                row[start + np.uintp(q)] = np.uint8(np.int32(v))


@piece
def _halves(boxes: Boxes, i: int) -> tuple[np.float32, np.float32]:
    """Half width and height as drawn: boxes thinner than a pixel are drawn a pixel wide."""
    mid = np.float32(0.5)
    return max(boxes.half[i, 0], mid), max(boxes.half[i, 1], mid)


@piece
def _shape(boxes: Boxes, i: int) -> _Shape:
    hw, hh = _halves(boxes, i)
    radius = boxes.corner[i] * min(hw, hh)
    return _Shape(
        boxes.centre[i, 0],
        boxes.centre[i, 1],
        boxes.axis[i, 0],
        boxes.axis[i, 1],
        hw - radius,
        hh - radius,
        radius,
    )


@piece
def _reach(boxes: Boxes, i: int) -> np.float32:
    """How many pixels from its edge the halo of a box ends; 1 if it has none."""
    if boxes.halo[i] <= _FAINT:
        return np.float32(1)
    reach: np.float32 = np.float32(_HALO) * min(boxes.half[i, 0], boxes.half[i, 1])
    return reach


@piece
def _ink(boxes: Boxes, i: int, darken: bool) -> _Ink:
    one, white, zero = np.float32(1), np.float32(255), np.float32(0)
    hw, hh, stroke_half = boxes.half[i, 0], boxes.half[i, 1], boxes.stroke_half[i]
    # what is thinner than a pixel keeps its own amount of ink
    fill_alpha = boxes.fill_alpha[i] * (min(one, 2 * hw) * min(one, 2 * hh))
    r, g, b = boxes.halo_rgb[i, 0], boxes.halo_rgb[i, 1], boxes.halo_rgb[i, 2]
    if darken:  # number by number: of tuples, the compiler would group the products otherwise
        h0 = h1 = h2 = one
        w0, w1, w2 = r, g, b
    else:
        h0, h1, h2 = r / white, g / white, b / white
        w0 = w1 = w2 = white
    return _Ink(
        (boxes.fill[i, 0], boxes.fill[i, 1], boxes.fill[i, 2]),
        fill_alpha,
        (boxes.stroke[i, 0], boxes.stroke[i, 1], boxes.stroke[i, 2]),
        boxes.stroke_alpha[i] if stroke_half > zero else zero,
        stroke_half,
        np.float32(min(one, 2 * stroke_half)),
        boxes.halo[i] if boxes.halo[i] > _FAINT else zero,
        one / _reach(boxes, i),
        (h0, h1, h2),
        (w0, w1, w2),
    )


@piece
def _area(boxes: Boxes, i: int, x0: int, x1: int, height: int) -> tuple[int, int, int, int]:
    """Columns [left, right) and rows [top, bottom) of the frame in which a box is seen."""
    hw, hh = _halves(boxes, i)
    seen, glow = np.float32(1), boxes.halo[i]
    if glow > _FAINT:
        seen = max(seen, _reach(boxes, i) * np.float32(1.0 - (_SEEN / glow) ** 0.2))
    cx, cy, ux, uy = boxes.centre[i, 0], boxes.centre[i, 1], boxes.axis[i, 0], boxes.axis[i, 1]
    ex = abs(ux) * hw + abs(uy) * hh + seen
    ey = abs(uy) * hw + abs(ux) * hh + seen
    left, right = max(int(math.floor(cx - ex)), x0), min(int(math.ceil(cx + ex)), x1)
    top, bottom = max(int(math.floor(cy - ey)), 0), min(int(math.ceil(cy + ey)), height)
    return left, right, top, bottom


@piece
def _distances(away: Floats, shape: _Shape, x: int, y: int, m: int) -> None:
    """Distance from a box's edge of m pixels of row y, from column x on; inside negative."""
    ux, uy, bw, bh, zero = shape.ux, shape.uy, shape.half_width, shape.half_height, np.float32(0)
    left, py = np.float32(x + 0.5) - shape.x, np.float32(y + 0.5) - shape.y
    for q in range(m):
        px = left + np.float32(q)
        qx = abs(px * ux + py * uy) - bw
        qy = abs(py * ux - px * uy) - bh
        ox, oy = max(qx, zero), max(qy, zero)
        away[q] = np.sqrt(ox * ox + oy * oy) + min(max(qx, qy), zero) - shape.radius


@piece
def _mix(keep: Floats, give: Floats, away: Floats, ink: _Ink, m: int) -> None:
    """What m pixels keep of themselves, and what they are given, by their distance ``away``."""
    zero, mid, one = np.float32(0), np.float32(0.5), np.float32(1)
    fa, sa, sh, line = ink.fill_alpha, ink.stroke_alpha, ink.stroke_half, ink.line
    (f0, f1, f2), (s0, s1, s2) = ink.fill, ink.stroke
    (h0, h1, h2), (w0, w1, w2) = ink.cover, ink.glow
    for q in range(m):
        d = away[q]
        t = max(one - max(d, zero) * ink.fade, zero)
        h = ink.halo * t * t * t * t * t if d > -one else zero  # the cell hides it
        f = fa * max(min(one, mid - d), zero)
        s = sa * max(min(line, sh + mid - abs(d + sh)), zero)
        rest = (one - f) * (one - s)
        inside = f * (one - s)
        keep[4 * q] = (one - h * h0) * rest
        keep[4 * q + 1] = (one - h * h1) * rest
        keep[4 * q + 2] = (one - h * h2) * rest
        keep[4 * q + 3] = one
        give[4 * q] = w0 * h * h0 * rest + f0 * inside + s0 * s
        give[4 * q + 1] = w1 * h * h1 * rest + f1 * inside + s1 * s
        give[4 * q + 2] = w2 * h * h2 * rest + f2 * inside + s2 * s
        give[4 * q + 3] = zero


@kernel
def over(frame: Bytes, where: Ints, pixels: Bytes) -> None:
    """Lay ``pixels`` (n, 4) with premultiplied alpha over ``frame`` (h * w, 4).

    where (n,): the place of each pixel in the frame, counted row by row.
    """
    for i in range(len(where)):
        rest = np.float32(255 - pixels[i, 3]) / np.float32(255)
        for c in range(4):
            below = np.float32(frame[where[i], c]) * rest
            shade = below + np.float32(pixels[i, c]) + np.float32(0.5)
            frame[where[i], c] = np.uint8(min(shade, np.float32(255)))
