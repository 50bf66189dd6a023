"""Numba kernels that paint whole layers straight into the frame.

Two kinds of paint:

* **Light** is accumulated: every line adds linear light to a float32 buffer of shape
  (height, width, 3); a bloom is added and the sum is tone-mapped once, so overlapping lines
  glow instead of blotting and faint lines are never rounded away.
* **Cells** (rounded boxes, discs) are laid over the frame with anti-aliased coverage.

All coordinates are pixels, x to the right and y down; pixel (i, j) covers [j, j+1) x [i, i+1).
Kernels work on a band of columns [x0, x1) so that threads can share a frame without locks.
"""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numba as nb
import numpy as np

THREADS = max(1, min(4, os.cpu_count() or 1))
EXPOSURE = 1.25  # tone map: 1 - exp(-EXPOSURE * light)
BLOOM = 0.55  # share of the blurred light that is added to the sharp light
BLOOM_CELL = 4  # the bloom is computed on a grid this many pixels coarse
FEATHER = 0.10  # length of a flow's soft front, as a share of the edge
_TABLE_MAX = 8.0
_TABLE_SIZE = 8192

_njit = nb.njit(nogil=True, fastmath=True, cache=True, boundscheck=False)


def _shine_table() -> np.ndarray:
    """Summed light to the share of white it adds in sRGB: 1 - exp(-EXPOSURE * light), encoded."""
    light = np.linspace(0, _TABLE_MAX, _TABLE_SIZE)
    linear = 1 - np.exp(-EXPOSURE * light)
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return srgb.astype(np.float32)


def _absorb_table() -> np.ndarray:
    """Summed light to the share a light theme takes away, like ink on paper.

    The power lifts faint lines, as the sRGB encoding does for light on a dark ground.
    """
    taken = 1 - np.exp(-np.linspace(0, _TABLE_MAX, _TABLE_SIZE))
    return (taken**0.65).astype(np.float32)


SHINE, ABSORB = _shine_table(), _absorb_table()
_pool: ThreadPoolExecutor | None = None


def in_bands(kernel: Any, start: int, stop: int, *args: Any) -> None:
    """Run ``kernel(*args, x0, x1)`` over bands that together cover [start, stop)."""
    global _pool
    if THREADS == 1 or stop - start < 64:
        kernel(*args, start, stop)
        return
    _pool = _pool or ThreadPoolExecutor(THREADS)
    cuts = np.linspace(start, stop, 2 * THREADS + 1).astype(int)
    jobs = zip(cuts[:-1], cuts[1:], strict=True)
    list(_pool.map(lambda cut: kernel(*args, int(cut[0]), int(cut[1])), jobs))


@_njit
def _along(s, tail, head, spark):
    """Brightness at share s of an edge whose flow reaches from tail to head, head glowing."""
    front = min(max((head - s) / FEATHER, 0.0), 1.0)
    back = min(max((s - tail) / FEATHER + 1.0, 0.0), 1.0)
    bright = front * back
    if spark > 0.0 and bright > 0.0:
        bright *= 1.0 + spark * math.exp(-(head - s) / 0.09)
    return bright


@_njit
def lines(light, segments, rgb, power, half_width, tail, head, spark, x0, x1):
    """Add anti-aliased lines to ``light`` (h, w, 3), columns [x0, x1).

    segments (n, 4) x0 y0 x1 y1 in pixels; rgb (n, 3) linear colour; power (n,) light at full
    coverage; half_width (n,) pixels; tail, head (n,) the lit share of each line; spark (n,)
    extra light at the head.
    """
    height = light.shape[0]
    for i in range(segments.shape[0]):
        p = power[i]
        w = half_width[i]
        if p < 2e-5 or w <= 0.0 or head[i] <= tail[i] - FEATHER or head[i] <= 0.0:
            continue
        ax = segments[i, 0]
        ay = segments[i, 1]
        bx = segments[i, 2]
        by = segments[i, 3]
        dx = bx - ax
        dy = by - ay
        length = math.sqrt(dx * dx + dy * dy)
        if length < 1e-6:
            continue
        widest = 1.5 * w + 2  # a stroke reaches at most sqrt(2) (w + 0.5) along a row
        if max(ax, bx) + widest < x0 or min(ax, bx) - widest > x1:
            continue
        whole = head[i] >= 1.0 + FEATHER and tail[i] <= 0.0 and spark[i] <= 0.0
        r = rgb[i, 0] * p
        g = rgb[i, 1] * p
        b = rgb[i, 2] * p
        peak = np.float32(min(1.0, 2.0 * w))
        top = np.float32(w + 0.5)
        flat = abs(dx) >= abs(dy)
        if flat:  # step along x
            major0, major1, minor0, run, rise = ax, bx, ay, dx, dy
        else:
            major0, major1, minor0, run, rise = ay, by, ax, dy, dx
        low = min(major0, major1)
        high = max(major0, major1)
        slope = rise / run
        cosine = abs(run) / length  # minor distance -> perpendicular distance
        reach = np.float32(top / cosine)
        first = int(math.floor(low))
        last = int(math.ceil(high))
        if flat:
            first = max(first, x0)
            last = min(last, x1)
            minor_from, minor_to = 0, height
        else:
            first = max(first, 0)
            last = min(last, height)
            minor_from, minor_to = x0, x1
        for m in range(first, last):
            covered = min(m + 1.0, high) - max(float(m), low)  # butt caps
            centre = m + 0.5
            bright = 1.0
            if not whole:
                bright = _along((centre - major0) / run, tail[i], head[i], spark[i])
                if bright <= 0.0:
                    continue
            amount = np.float32(covered * bright)
            c = np.float32(minor0 + slope * (centre - major0))
            n0 = max(int(math.ceil(c - reach - 0.5)), minor_from)
            n1 = min(int(math.floor(c + reach - 0.5)) + 1, minor_to)
            for n in range(n0, n1):
                cover = min(peak, top - abs(np.float32(n + 0.5) - c) * np.float32(cosine))
                if cover > 0:
                    cover *= amount
                    if flat:
                        light[n, m, 0] += r * cover
                        light[n, m, 1] += g * cover
                        light[n, m, 2] += b * cover
                    else:
                        light[m, n, 0] += r * cover
                        light[m, n, 1] += g * cover
                        light[m, n, 2] += b * cover


@_njit
def shrink(light, small, x0, x1):
    """Mean of each BLOOM_CELL square of ``light`` into ``small``, small columns [x0, x1)."""
    height, width = light.shape[0], light.shape[1]
    scale = np.float32(1.0 / (BLOOM_CELL * BLOOM_CELL))
    for i in range(small.shape[0]):
        for j in range(x0, x1):
            r = np.float32(0)
            g = np.float32(0)
            b = np.float32(0)
            for y in range(i * BLOOM_CELL, min((i + 1) * BLOOM_CELL, height)):
                for x in range(j * BLOOM_CELL, min((j + 1) * BLOOM_CELL, width)):
                    r += light[y, x, 0]
                    g += light[y, x, 1]
                    b += light[y, x, 2]
            small[i, j, 0] = r * scale
            small[i, j, 1] = g * scale
            small[i, j, 2] = b * scale


def bloom_of(light: np.ndarray, radius: float) -> np.ndarray:
    """Blurred ``light`` on the coarse grid; ``radius`` is the standard deviation in pixels."""
    from scipy.ndimage import uniform_filter1d

    shape = (-(-light.shape[0] // BLOOM_CELL), -(-light.shape[1] // BLOOM_CELL), 3)
    small = np.empty(shape, np.float32)
    in_bands(shrink, 0, shape[1], light, small)
    size = max(3, int(round(2 * radius / BLOOM_CELL)) | 1)
    for _ in range(2):  # two box passes a direction: close to a bell, and cheap
        for axis in (0, 1):
            small = uniform_filter1d(small, size, axis=axis, mode="constant")
    return small


@_njit
def tone_map(frame, light, bloom, table, darken, x0, x1):
    """Lay ``light`` plus ``bloom`` over ``frame`` (h, w, 4) uint8, columns [x0, x1).

    Dark themes screen the light over the frame; light themes (``darken``) let it absorb.
    """
    step = np.float32((table.shape[0] - 1) / _TABLE_MAX)
    top = np.float32(table.shape[0] - 2)
    cell = np.float32(1.0 / BLOOM_CELL)
    for y in range(light.shape[0]):
        v = max((np.float32(y) + np.float32(0.5)) * cell - np.float32(0.5), np.float32(0))
        i0 = int(v)
        i1 = min(i0 + 1, bloom.shape[0] - 1)
        v -= np.float32(i0)
        for x in range(x0, x1):
            u = max((np.float32(x) + np.float32(0.5)) * cell - np.float32(0.5), np.float32(0))
            j0 = int(u)
            j1 = min(j0 + 1, bloom.shape[1] - 1)
            u -= np.float32(j0)
            for c in range(3):
                upper = bloom[i0, j0, c] + (bloom[i0, j1, c] - bloom[i0, j0, c]) * u
                lower = bloom[i1, j0, c] + (bloom[i1, j1, c] - bloom[i1, j0, c]) * u
                total = light[y, x, c] + np.float32(BLOOM) * (upper + (lower - upper) * v)
                if total > np.float32(1e-4):
                    at = min(total * step, top)
                    k = int(at)  # between two entries: the darkest shades lie far apart
                    s = table[k] + (table[k + 1] - table[k]) * (at - np.float32(k))
                    d = np.float32(frame[y, x, c])
                    if darken:
                        d = d * (np.float32(1) - s)
                    else:
                        d = d + (np.float32(255) - d) * s
                    frame[y, x, c] = np.uint8(d + np.float32(0.5))


@_njit
def cells(frame, centre, axis, half, corner, fill, fill_alpha, stroke, stroke_alpha,
          stroke_half, halo, halo_rgb, darken, x0, x1):  # fmt: skip
    """Lay rounded boxes over ``frame`` (h, w, 4) uint8, columns [x0, x1): halo, fill, stroke.

    centre (n, 2), half (n, 2) pixels; axis (n, 2) unit vector of the box's own x axis; corner
    (n,) radius as a share of the smaller half (0 square, 1 disc); colours (n, 3) 0..255;
    alphas 0..1; stroke_half (n,) pixels, inside the edge; halo (n,) strength 0..1 of a glow.
    """
    height = frame.shape[0]
    for i in range(centre.shape[0]):
        hw, hh = half[i, 0], half[i, 1]
        small = min(hw, hh)
        fa, sa, sh, glow = fill_alpha[i], stroke_alpha[i], stroke_half[i], halo[i]
        if small <= 0.01 or (fa <= 0.002 and sa <= 0.002 and glow <= 0.002):
            continue
        # boxes thinner than a pixel are drawn a pixel wide with their own amount of ink
        thin = min(np.float32(1), 2 * hw) * min(np.float32(1), 2 * hh)
        spread = np.float32(1.1) * small
        hw, hh = max(hw, np.float32(0.5)), max(hh, np.float32(0.5))
        reach = np.float32(1.0)
        if glow > 0.002:
            reach = np.float32(2.2) * spread
        cx, cy = centre[i, 0], centre[i, 1]
        ux, uy = axis[i, 0], axis[i, 1]
        ex = abs(ux) * hw + abs(uy) * hh + reach
        ey = abs(uy) * hw + abs(ux) * hh + reach
        xa = max(int(math.floor(cx - ex)), x0)
        xb = min(int(math.ceil(cx + ex)), x1)
        ya = max(int(math.floor(cy - ey)), 0)
        yb = min(int(math.ceil(cy + ey)), height)
        radius = corner[i] * min(hw, hh)
        for y in range(ya, yb):
            for x in range(xa, xb):
                px = np.float32(x + 0.5) - cx
                py = np.float32(y + 0.5) - cy
                qx = abs(px * ux + py * uy) - (hw - radius)
                qy = abs(py * ux - px * uy) - (hh - radius)
                ox = max(qx, np.float32(0))
                oy = max(qy, np.float32(0))
                d = math.sqrt(ox * ox + oy * oy) + min(max(qx, qy), np.float32(0)) - radius
                if glow > 0.002 and d > -1.0:
                    t = max(d, np.float32(0)) / spread
                    a = glow * math.exp(-np.float32(2.4) * t) * max(
                        np.float32(0), np.float32(1) - t / np.float32(2.2))
                    for c in range(3):
                        v = np.float32(frame[y, x, c])
                        if darken:
                            v += (halo_rgb[i, c] - v) * a
                        else:
                            v += (np.float32(255) - v) * (a * halo_rgb[i, c] / np.float32(255))
                        frame[y, x, c] = np.uint8(v + np.float32(0.5))
                if d >= np.float32(0.5):
                    continue
                af = fa * thin * min(np.float32(1), np.float32(0.5) - d)
                as_ = np.float32(0)
                if sa > 0.0 and sh > 0.0:
                    edge = sh + np.float32(0.5) - abs(d + sh)
                    as_ = sa * max(np.float32(0), min(min(np.float32(1), 2 * sh), edge))
                for c in range(3):
                    v = np.float32(frame[y, x, c])
                    v += (fill[i, c] - v) * af
                    v += (stroke[i, c] - v) * as_
                    frame[y, x, c] = np.uint8(v + np.float32(0.5))
