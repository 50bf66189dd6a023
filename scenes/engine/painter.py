"""Numba kernels that paint whole layers straight into the frame.

Two kinds of paint:

* **Light** is accumulated: every line adds linear light to a float32 buffer of shape
  (colours, height, width); a bloom is added and the sum is tone-mapped once, so overlapping lines
  glow instead of blotting and faint lines are never rounded away.
* **Cells** (rounded boxes, discs) are laid over the frame with anti-aliased coverage.

All coordinates are pixels, x to the right and y down; pixel (i, j) covers [j, j+1) x [i, i+1).
Kernels work on a band of columns [x0, x1) so that threads can share a frame without locks.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import Any

import numba as nb
import numpy as np
from numpy.polynomial.chebyshev import cheb2poly, chebfit

THREADS = max(1, min(4, os.cpu_count() or 1))
EXPOSURE = 1.25  # tone map: 1 - exp(-EXPOSURE * light)
BLOOM = 0.55  # share of the blurred light that is added to the sharp light
BLOOM_CELL = 4  # the bloom is computed on a grid this many pixels coarse
FEATHER = 0.10  # length of a flow's soft front, as a share of the edge
_BRIGHTEST, _KNEE, _DEGREE = 8.0, 0.5, 9  # of the tone curves
_STRETCH = 2 * (1 + _KNEE / math.sqrt(_BRIGHTEST))  # their argument goes from -1 to 1
BLOCK = 16  # columns painted at once
STRIP = 128  # columns tone-mapped at once: what is dark in all of them is left as it is
_SEEN = 0.4 / 255  # of a glow, at least


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _keep_kernels() -> bool:
    """Let compiled kernels be kept beside this file or, if that is read-only, with temporary files.

    False if there is no place at all: then they are compiled at every start.
    """
    if nb.config.CACHE_DIR or _can_write(Path(__file__).parent / "__pycache__"):
        return True
    user = os.getuid() if hasattr(os, "getuid") else "all"
    place = Path(gettempdir()) / f"netglow-kernels-{user}"
    nb.config.CACHE_DIR = str(place)
    return _can_write(place)


_njit = nb.njit(
    nogil=True, fastmath=True, cache=_keep_kernels(), boundscheck=False, error_model="numpy"
)


def _curve(share: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """``share(light)`` as a polynomial, right to half a grey level (see ``tone_map``)."""
    light = _BRIGHTEST * np.linspace(0, 1, 4001) ** 4  # most points where it is dark
    place = np.sqrt(light) / (_KNEE + np.sqrt(light)) * _STRETCH - 1
    return cheb2poly(chebfit(place, share(light), _DEGREE)).astype(np.float32)


def _shine(light: np.ndarray) -> np.ndarray:
    """Share of white that light adds in sRGB: 1 - exp(-EXPOSURE * light), encoded."""
    shown = 1 - np.exp(-EXPOSURE * light)
    bright = 1.055 * np.maximum(shown, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(shown <= 0.0031308, 12.92 * shown, bright)


def _absorb(light: np.ndarray) -> np.ndarray:
    """Share that a light theme takes away, like ink on paper.

    The power lifts faint lines, as the sRGB encoding does for light on a dark ground.
    """
    return (1 - np.exp(-light)) ** 0.65


SHINE, ABSORB = _curve(_shine), _curve(_absorb)
_pool: ThreadPoolExecutor | None = None


def in_bands(kernel: Any, start: int, stop: int, *args: Any) -> None:
    """Run ``kernel(*args, x0, x1)`` over bands that together cover [start, stop)."""
    global _pool
    if THREADS == 1 or stop - start < 64:
        kernel(*args, start, stop)
        return
    _pool = _pool or ThreadPoolExecutor(THREADS)
    # whole blocks: the picture does not depend on the threads
    step = -(-(stop - start) // (2 * THREADS * BLOCK)) * BLOCK
    cuts = [start, *range(start // BLOCK * BLOCK + step, stop, step), stop]
    list(_pool.map(lambda a, b: kernel(*args, a, b), cuts[:-1], cuts[1:]))


@_njit
def _along(s, tail, head, spark):
    """Brightness at share s of an edge whose flow reaches from tail to head, head glowing."""
    if head >= 1.0 + FEATHER and tail <= 0.0 and spark <= 0.0:
        return np.float32(1)
    front = min(max((head - s) / FEATHER, 0.0), 1.0)
    back = min(max((s - tail) / FEATHER + 1.0, 0.0), 1.0)
    bright = front * back
    if spark > 0.0 and bright > 0.0:
        bright *= 1.0 + spark * math.exp(-(head - s) / 0.09)
    return np.float32(bright)


@_njit
def lines(light, segments, plane, power, half_width, tail, head, spark, x0, x1):
    """Add anti-aliased lines to ``light`` (k, h, w), one plane a colour, columns [x0, x1).

    x0, x1 and w are multiples of BLOCK.

    segments (n, 4) x0 y0 x1 y1 in pixels; plane (n,) which plane each line adds to; power (n,)
    light at full coverage; half_width (n,) pixels; tail, head (n,) the lit share of each line;
    spark (n,) extra light at the head.
    """
    for i in range(segments.shape[0]):
        p = power[i]
        w = half_width[i]
        if p < 2e-5 or w <= 0.0 or head[i] <= tail[i] - FEATHER or head[i] <= 0.0:
            continue
        ax, ay, bx, by = segments[i, 0], segments[i, 1], segments[i, 2], segments[i, 3]
        wide = 1.5 * (w + 1.0)  # across a slanted line
        if max(ax, bx) + wide < x0 or min(ax, bx) - wide > x1:
            continue
        if max(abs(bx - ax), abs(by - ay)) < 1e-6:
            continue
        sheet = light[plane[i]]
        if abs(bx - ax) >= abs(by - ay):
            _flat(sheet, ax, ay, bx, by, p, w, tail[i], head[i], spark[i], x0, x1)
        else:
            _steep(sheet, ax, ay, bx, by, p, w, tail[i], head[i], spark[i], x0, x1)


@_njit
def _lit(start, run, tail, head, first, last):
    """Pixels along a line that are lit and in [first, last)."""
    a = start + run * max(tail - FEATHER, 0.0)
    b = start + run * min(head, 1.0)
    return max(int(math.floor(min(a, b))), first), min(int(math.ceil(max(a, b))), last)


@_njit
def _flat(sheet, ax, ay, bx, by, power, w, tail, head, spark, x0, x1):
    """A line that goes further across than down, in blocks of BLOCK columns.

    In a block every row is one run of neighbouring pixels, which the compiler turns into vector
    instructions. Where brightness changes slowly along the line, it is interpolated in a block.
    """
    low, high = min(ax, bx), max(ax, bx)
    run, rise = bx - ax, by - ay
    slope = np.float32(rise / run)
    cosine = np.float32(abs(run) / math.sqrt(run * run + rise * rise))
    peak, top = np.float32(min(1.0, 2.0 * w)), np.float32(w + 0.5)
    reach = top / cosine
    zero, half, one = np.float32(0), np.float32(0.5), np.float32(1)
    smooth = abs(run) * FEATHER >= 2 * BLOCK
    first, stop = _lit(ax, run, tail, head, x0, x1)
    for m in range(first // BLOCK * BLOCK, stop, BLOCK):
        c0 = np.float32(ay + (rise / run) * (m + 0.5 - ax))
        c1 = c0 + slope * np.float32(BLOCK - 1)
        n0 = max(int(math.floor(min(c0, c1) - reach + half)), 0)
        n1 = min(int(math.floor(max(c0, c1) + reach + half)), sheet.shape[0])
        if n0 >= n1:
            continue
        a0 = power * _along((m + 0.5 - ax) / run, tail, head, spark)
        a1 = power * _along((m + BLOCK - 0.5 - ax) / run, tail, head, spark)
        if a0 == a1 or smooth:
            step = (a1 - a0) / np.float32(BLOCK - 1)
            before, after = np.float32(low - m), np.float32(high - m)
            ends = before > zero or after < np.float32(BLOCK)
            um = np.uintp(m)
            for n in range(n0, n1):
                row = sheet[n]
                d = np.float32(n) + half - c0
                if ends:  # butt caps
                    for q in range(BLOCK):
                        fq = np.float32(q)
                        cover = max(min(peak, top - abs(d - slope * fq) * cosine), zero)
                        along = max(min(fq + one, after) - max(fq, before), zero)
                        row[um + np.uintp(q)] += cover * along * (a0 + step * fq)
                else:
                    for q in range(BLOCK):
                        fq = np.float32(q)
                        cover = max(min(peak, top - abs(d - slope * fq) * cosine), zero)
                        row[um + np.uintp(q)] += cover * (a0 + step * fq)
        else:
            for q in range(BLOCK):
                along = np.float32(max(min(m + q + 1.0, high) - max(float(m + q), low), 0.0))
                a = power * along * _along((m + q + 0.5 - ax) / run, tail, head, spark)
                if a <= zero:
                    continue
                c = c0 + slope * np.float32(q)
                upper = max(int(math.floor(c - reach + half)), n0)
                lower = min(int(math.floor(c + reach + half)) + 1, n1)
                for n in range(upper, lower):
                    cover = min(peak, top - abs(np.float32(n) + half - c) * cosine)
                    sheet[n, m + q] += max(cover, zero) * a


@_njit
def _steep(sheet, ax, ay, bx, by, power, w, tail, head, spark, x0, x1):
    """A line that goes further down than across, row by row."""
    low, high = min(ay, by), max(ay, by)
    run, rise = by - ay, bx - ax
    cosine = np.float32(abs(run) / math.sqrt(run * run + rise * rise))
    peak, top = np.float32(min(1.0, 2.0 * w)), np.float32(w + 0.5)
    reach = top / cosine
    zero, half = np.float32(0), np.float32(0.5)
    first, last = _lit(ay, run, tail, head, 0, sheet.shape[0])
    for m in range(first, last):
        covered = min(m + 1.0, high) - max(float(m), low)
        a = power * np.float32(covered) * _along((m + 0.5 - ay) / run, tail, head, spark)
        if a <= zero:
            continue
        c = np.float32(ax + (rise / run) * (m + 0.5 - ay))
        n0 = max(int(math.floor(c - reach + half)), x0)
        n1 = min(int(math.floor(c + reach + half)), x1)
        row = sheet[m]
        for n in range(n0, n1):
            cover = min(peak, top - abs(np.float32(n) + half - c) * cosine)
            row[np.uintp(n)] += max(cover, zero) * a


@_njit
def shrink(light, small, y0, x0, j0, j1):
    """Mean of each BLOOM_CELL square of ``light`` (k, h, w), from row y0 and column x0 on.

    It goes into the columns [j0, j1) of ``small``; all of them are whole squares.
    """
    scale, n = np.float32(1.0 / (BLOOM_CELL * BLOOM_CELL)), BLOOM_CELL * (j1 - j0)
    start = np.uintp(x0 + j0 * BLOOM_CELL)
    sums = np.empty(n, np.float32)
    for k in range(light.shape[0]):
        for i in range(small.shape[1]):
            sums[:] = 0
            for y in range(y0 + i * BLOOM_CELL, y0 + (i + 1) * BLOOM_CELL):
                row = light[k, y]
                for q in range(n):
                    sums[q] += row[start + np.uintp(q)]
            out = small[k, i]
            for j in range(j1 - j0):
                four = sums[4 * j] + sums[4 * j + 1] + sums[4 * j + 2] + sums[4 * j + 3]
                out[j0 + j] = four * scale


@_njit
def blur(small, weights, out, i0, i1):
    """Weighted mean of the neighbours of each cell of ``small`` (k, h, w), dark beyond its edges.

    It goes into the rows [i0, i1) of ``out``; weights (2 r + 1,): of the neighbours down and
    across, from -r to r.
    """
    planes, height, width = small.shape
    reach = len(weights) // 2
    down = np.empty(width, np.float32)
    for k in range(planes):
        for i in range(i0, i1):
            down[:] = 0
            for t in range(max(-reach, -i), min(reach + 1, height - i)):
                source, weight = small[k, i + t], weights[reach + t]
                for j in range(width):
                    down[j] += weight * source[j]
            row = out[k, i]
            row[:] = 0
            for t in range(-reach, reach + 1):
                weight = weights[reach + t]
                for j in range(max(0, -t), min(width, width - t)):
                    row[np.uintp(j)] += weight * down[np.uintp(j + t)]


def bloom_size(radius: float) -> int:
    """Width, in coarse cells, of one box pass of a blur with that standard deviation (pixels)."""
    return max(3, int(round(2 * radius / BLOOM_CELL)) | 1)


def bloom_reach(radius: float) -> int:
    """How many pixels away from a light its bloom ends."""
    return BLOOM_CELL * (2 * (bloom_size(radius) // 2) + 2)


def bloom_of(light: np.ndarray, radius: float, rows: slice, columns: slice) -> np.ndarray:
    """Blurred ``light`` (k, h, w) of a box of pixels on the coarse grid; ``radius`` in pixels."""
    height, width = rows.stop - rows.start, columns.stop - columns.start
    small = np.empty((len(light), -(-height // BLOOM_CELL), -(-width // BLOOM_CELL)), np.float32)
    in_bands(shrink, 0, small.shape[2], light, small, rows.start, columns.start)
    size = bloom_size(radius)
    box = np.full(size, 1 / size)
    weights = np.convolve(box, box).astype(np.float32)  # two passes: close to a bell
    bloom = np.empty_like(small)
    in_bands(blur, 0, small.shape[1], small, weights, bloom)
    return bloom


@_njit
def tone_map(frame, light, bloom, top, left, colours, curve, darken, y0, y1, x0, x1):
    """Lay ``light`` plus ``bloom`` over ``frame`` in the box of rows [y0, y1), columns [x0, x1).

    frame (h, 4 w) uint8; light (k, h, w); bloom's first cell is at row ``top`` and column
    ``left``, and x0 lies on a border of its cells; colours (k, 3): what a unit of light in each
    plane adds to red, green and blue; curve: SHINE, which screens the light over the frame, or
    with ``darken`` ABSORB.
    """
    planes, cells = light.shape[0], STRIP // BLOOM_CELL
    last_row, last_column = bloom.shape[1] - 1, bloom.shape[2] - 1
    coarse = np.empty(cells + 2, np.float32)
    wide = np.empty((2, planes, STRIP), np.float32)  # two rows of the bloom, enlarged across
    total = np.zeros((max(planes, 2), STRIP), np.float32)
    rgba = np.empty(4 * STRIP, np.float32)
    zero, half, one, white = np.float32(0), np.float32(0.5), np.float32(1), np.float32(255)
    near, far = np.float32(0.125), np.float32(0.375)  # of the way to the neighbouring cell
    brightest, knee, stretch = np.float32(_BRIGHTEST), np.float32(_KNEE), np.float32(_STRETCH)
    c0, c1, c2, c3, c4 = curve[0], curve[1], curve[2], curve[3], curve[4]
    c5, c6, c7, c8, c9 = curve[5], curve[6], curve[7], curve[8], curve[9]
    second = min(1, planes - 1)
    r0, g0, b0 = colours[0, 0], colours[0, 1], colours[0, 2]
    r1, g1, b1 = colours[second, 0], colours[second, 1], colours[second, 2]
    for x in range(x0, x1, STRIP):
        n, first = min(STRIP, x1 - x), (x - left) // BLOOM_CELL
        start, start4 = np.uintp(x), np.uintp(4 * x)
        known = -1
        for y in range(y0, y1):
            v = max((np.float32(y - top) + half) / BLOOM_CELL - half, zero)
            i0 = int(v)
            v = np.float32(v - np.float32(i0))
            while known < i0 + 1:
                known = max(known + 1, i0)
                for k in range(planes):
                    source, fine = bloom[k, min(known, last_row)], wide[known % 2, k]
                    for j in range(cells + 2):
                        at = min(max(first + j - 1, 0), last_column)
                        coarse[j] = source[at] * np.float32(BLOOM)
                    for j in range(cells):
                        before, here, after = coarse[j], coarse[j + 1], coarse[j + 2]
                        fine[4 * j] = here + (before - here) * far
                        fine[4 * j + 1] = here + (before - here) * near
                        fine[4 * j + 2] = here + (after - here) * near
                        fine[4 * j + 3] = here + (after - here) * far
            most = zero  # at least as much as any pixel's light: a sum runs in vectors, max not
            for k in range(planes):
                upper, lower = wide[i0 % 2, k], wide[(i0 + 1) % 2, k]
                row, here = light[k, y], total[k]
                for q in range(n):
                    t = row[start + np.uintp(q)] + upper[q] + (lower[q] - upper[q]) * v
                    here[q] = t
                    most += t
            if most < np.float32(1e-4):
                continue
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
            out = frame[y]
            for q in range(4 * n):
                # between two coarse rows, rounding may end a hair below zero
                root = np.sqrt(max(min(rgba[q], brightest), zero))
                place = root / (knee + root) * stretch - one
                high = (((c9 * place + c8) * place + c7) * place + c6) * place + c5
                s = ((((high * place + c4) * place + c3) * place + c2) * place + c1) * place + c0
                d = np.float32(out[start4 + np.uintp(q)])
                if darken:
                    d *= one - s
                else:
                    d += (white - d) * s
                out[start4 + np.uintp(q)] = np.uint8(np.int32(d + half))


@_njit
def over(frame, where, pixels):
    """Lay ``pixels`` (n, 4) uint8 with premultiplied alpha over ``frame`` (h * w, 4).

    where (n,): the place of each pixel in the frame, counted row by row.
    """
    for i in range(len(where)):
        rest = np.float32(255 - pixels[i, 3]) / np.float32(255)
        for c in range(4):
            below = np.float32(frame[where[i], c]) * rest
            shade = below + np.float32(pixels[i, c]) + np.float32(0.5)
            frame[where[i], c] = np.uint8(min(shade, np.float32(255)))


@_njit
def cells(
    frame,
    centre,
    axis,
    half,
    corner,
    fill,
    fill_alpha,
    stroke,
    stroke_alpha,
    stroke_half,
    halo,
    halo_rgb,
    darken,
    x0,
    x1,
):
    """Lay rounded boxes over ``frame`` (h, 4 w) uint8, columns [x0, x1): halo, fill, stroke.

    centre (n, 2), half (n, 2) pixels; axis (n, 2) unit vector of the box's own x axis; corner
    (n,) radius as a share of the smaller half (0 square, 1 disc); colours (n, 3) 0..255;
    alphas 0..1; stroke_half (n,) pixels, inside the edge; halo (n,) strength 0..1 of a glow.
    """
    height, n = frame.shape[0], x1 - x0
    away = np.empty(n, np.float32)  # pixels from the cell's edge, inside negative
    keep = np.empty(4 * n, np.float32)  # what a pixel keeps of itself, and what it is given
    give = np.empty(4 * n, np.float32)
    zero, mid, one, white = np.float32(0), np.float32(0.5), np.float32(1), np.float32(255)
    for i in range(centre.shape[0]):
        hw, hh = half[i, 0], half[i, 1]
        small = min(hw, hh)
        fa, sa, sh, glow = fill_alpha[i], stroke_alpha[i], stroke_half[i], halo[i]
        if small <= 0.01 or (fa <= 0.002 and sa <= 0.002 and glow <= 0.002):
            continue
        # boxes thinner than a pixel are drawn a pixel wide with their own amount of ink
        fa *= min(one, 2 * hw) * min(one, 2 * hh)
        hw, hh = max(hw, mid), max(hh, mid)
        reach, seen = one, one
        if glow > 0.002:
            reach = np.float32(2.42) * small
            seen = max(one, reach * np.float32(1.0 - (_SEEN / glow) ** 0.2))
        else:
            glow = zero
        cx, cy = centre[i, 0], centre[i, 1]
        ux, uy = axis[i, 0], axis[i, 1]
        ex = abs(ux) * hw + abs(uy) * hh + seen
        ey = abs(uy) * hw + abs(ux) * hh + seen
        xa = max(int(math.floor(cx - ex)), x0)
        xb = min(int(math.ceil(cx + ex)), x1)
        ya = max(int(math.floor(cy - ey)), 0)
        yb = min(int(math.ceil(cy + ey)), height)
        m = xb - xa
        if m <= 0:
            continue
        radius = corner[i] * min(hw, hh)
        bw, bh = hw - radius, hh - radius
        line = np.float32(min(one, 2 * sh))
        if sh <= zero:
            sa = zero
        start = np.uintp(4 * xa)
        f0, f1, f2 = fill[i, 0], fill[i, 1], fill[i, 2]
        s0, s1, s2 = stroke[i, 0], stroke[i, 1], stroke[i, 2]
        if darken:
            h0 = h1 = h2 = one
            w0, w1, w2 = halo_rgb[i, 0], halo_rgb[i, 1], halo_rgb[i, 2]
        else:
            h0, h1, h2 = halo_rgb[i, 0] / white, halo_rgb[i, 1] / white, halo_rgb[i, 2] / white
            w0 = w1 = w2 = white
        shrink = one / reach
        left = np.float32(xa + 0.5) - cx
        for y in range(ya, yb):
            py = np.float32(y + 0.5) - cy
            for q in range(m):
                px = left + np.float32(q)
                qx = abs(px * ux + py * uy) - bw
                qy = abs(py * ux - px * uy) - bh
                ox, oy = max(qx, zero), max(qy, zero)
                away[q] = np.sqrt(ox * ox + oy * oy) + min(max(qx, qy), zero) - radius
            for q in range(m):
                d = away[q]
                t = max(one - max(d, zero) * shrink, zero)
                h = glow * t * t * t * t * t if d > -one else zero  # the cell hides it
                f = fa * max(min(one, mid - d), zero)
                s = sa * max(min(line, sh + mid - abs(d + sh)), zero)
                rest = (one - f) * (one - s)
                ink = f * (one - s)
                keep[4 * q] = (one - h * h0) * rest
                keep[4 * q + 1] = (one - h * h1) * rest
                keep[4 * q + 2] = (one - h * h2) * rest
                keep[4 * q + 3] = one
                give[4 * q] = w0 * h * h0 * rest + f0 * ink + s0 * s
                give[4 * q + 1] = w1 * h * h1 * rest + f1 * ink + s1 * s
                give[4 * q + 2] = w2 * h * h2 * rest + f2 * ink + s2 * s
                give[4 * q + 3] = zero
            row = frame[y]
            for q in range(4 * m):
                v = np.float32(row[start + np.uintp(q)]) * keep[q] + give[q] + mid
                row[start + np.uintp(q)] = np.uint8(np.int32(v))
