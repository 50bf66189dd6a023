"""Lines of light: anti-aliased, added up, so that the order of lines does not matter."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from netglow.scenes.engine.constants import FEATHER
from netglow.scenes.engine.kernels import BLOCK, Floats, Ints, kernel, piece


class Lines(NamedTuple):
    """n lines, as arrays (float32 unless said otherwise)."""

    segments: Floats  # (n, 4) x0 y0 x1 y1 in pixels
    plane: Ints  # (n,) int64, the plane of the light each line adds to
    power: Floats  # (n,) light at full coverage, >= 0
    half_width: Floats  # (n,) pixels
    tail: Floats  # (n,) the lit share of each line begins here,
    head: Floats  # (n,) and ends here
    spark: Floats  # (n,) extra light at the head, >= 0


class _Line(NamedTuple):
    """One line: its ends in pixels, and the rest as in :class:`Lines`."""

    ax: float
    ay: float
    bx: float
    by: float
    power: float
    half_width: float
    tail: float
    head: float
    spark: float


class _Profile(NamedTuple):
    """How a line covers the pixels across it."""

    slope: np.float32  # pixels down for one across
    cosine: np.float32  # distance from the line for one pixel down
    peak: np.float32  # the most it covers of a pixel, 0..1
    top: np.float32  # distance from which on it covers nothing
    reach: np.float32  # the same, straight down


class _Block(NamedTuple):
    """BLOCK columns of a line, and the rows [upper, lower) in which it may cover something."""

    column: int  # the first
    upper: int
    lower: int
    centre: np.float32  # row of the line's middle in the first column


@kernel
def paint_lines(light: Floats, lines: Lines, x0: int, x1: int) -> None:
    """Add lines to ``light`` (k, h, w), one plane a colour, in the columns [x0, x1).

    x0, x1 and w are multiples of BLOCK.
    """
    for i in range(lines.segments.shape[0]):
        power, w, tail, head = lines.power[i], lines.half_width[i], lines.tail[i], lines.head[i]
        if power < 2e-5 or w <= 0.0 or head <= tail - FEATHER or head <= 0.0:
            continue
        ax, ay = lines.segments[i, 0], lines.segments[i, 1]
        bx, by = lines.segments[i, 2], lines.segments[i, 3]
        wide = 1.5 * (w + 1.0)  # across a slanted line
        if max(ax, bx) + wide < x0 or min(ax, bx) - wide > x1:
            continue
        if max(abs(bx - ax), abs(by - ay)) < 1e-6:
            continue
        line = _Line(ax, ay, bx, by, power, w, tail, head, lines.spark[i])
        sheet = light[lines.plane[i]]
        if abs(bx - ax) >= abs(by - ay):
            _flat(sheet, line, x0, x1)
        else:
            _steep(sheet, line, x0, x1)


@kernel
def _brightness(s: float, line: _Line) -> np.float32:
    """Brightness at share ``s`` of a line that is lit from tail to head, the head glowing."""
    if line.head >= 1.0 + FEATHER and line.tail <= 0.0 and line.spark <= 0.0:
        return np.float32(1)
    front = min(max((line.head - s) / FEATHER, 0.0), 1.0)
    back = min(max((s - line.tail) / FEATHER + 1.0, 0.0), 1.0)
    bright = front * back
    if line.spark > 0.0 and bright > 0.0:
        bright *= 1.0 + line.spark * math.exp(-(line.head - s) / 0.09)
    return np.float32(bright)


@kernel
def _lit(start: float, run: float, line: _Line, first: int, last: int) -> tuple[int, int]:
    """The pixels [a, b) along a line from ``start`` that are lit, and in [first, last)."""
    a = start + run * max(line.tail - FEATHER, 0.0)
    b = start + run * min(line.head, 1.0)
    return max(int(math.floor(min(a, b))), first), min(int(math.ceil(max(a, b))), last)


@piece
def _profile(line: _Line, run: float, rise: float) -> _Profile:
    cosine = np.float32(abs(run) / math.sqrt(run * run + rise * rise))
    peak, top = np.float32(min(1.0, 2.0 * line.half_width)), np.float32(line.half_width + 0.5)
    return _Profile(np.float32(rise / run), cosine, peak, top, top / cosine)


@kernel
def _flat(sheet: Floats, line: _Line, x0: int, x1: int) -> None:
    """A line that goes further across than down, in blocks of BLOCK columns.

    Where brightness changes slowly along the line, it is interpolated in a block.
    """
    run, rise = line.bx - line.ax, line.by - line.ay
    profile, half = _profile(line, run, rise), np.float32(0.5)
    smooth = abs(run) * FEATHER >= 2 * BLOCK
    first, stop = _lit(line.ax, run, line, x0, x1)
    for m in range(first // BLOCK * BLOCK, stop, BLOCK):
        c0 = np.float32(line.ay + (rise / run) * (m + 0.5 - line.ax))
        c1 = c0 + profile.slope * np.float32(BLOCK - 1)
        n0 = max(int(math.floor(min(c0, c1) - profile.reach + half)), 0)
        n1 = min(int(math.floor(max(c0, c1) + profile.reach + half)), sheet.shape[0])
        if n0 >= n1:
            continue
        block = _Block(m, n0, n1, c0)
        a0 = line.power * _brightness((m + 0.5 - line.ax) / run, line)
        a1 = line.power * _brightness((m + BLOCK - 0.5 - line.ax) / run, line)
        if a0 == a1 or smooth:
            _paint_rows(sheet, line, profile, block, a0, a1)
        else:
            _paint_columns(sheet, line, profile, block)


@piece
def _paint_rows(
    sheet: Floats, line: _Line, profile: _Profile, block: _Block, a0: np.float32, a1: np.float32
) -> None:
    """A block in which brightness goes from a0 to a1, row by row.

    A row is one run of neighbouring pixels, which the compiler turns into vector instructions.
    """
    slope, cosine, peak, top = profile.slope, profile.cosine, profile.peak, profile.top
    zero, half, one = np.float32(0), np.float32(0.5), np.float32(1)
    low, high, m = min(line.ax, line.bx), max(line.ax, line.bx), block.column
    step = (a1 - a0) / np.float32(BLOCK - 1)
    before, after = np.float32(low - m), np.float32(high - m)
    ends = before > zero or after < np.float32(BLOCK)
    um = np.uintp(m)
    for n in range(block.upper, block.lower):
        row = sheet[n]
        d = np.float32(n) + half - block.centre
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


@piece
def _paint_columns(sheet: Floats, line: _Line, profile: _Profile, block: _Block) -> None:
    """A block in which brightness changes fast, column by column."""
    zero, half = np.float32(0), np.float32(0.5)
    low, high, m = min(line.ax, line.bx), max(line.ax, line.bx), block.column
    for q in range(BLOCK):
        along = np.float32(max(min(m + q + 1.0, high) - max(float(m + q), low), 0.0))
        share = (m + q + 0.5 - line.ax) / (line.bx - line.ax)
        a = line.power * along * _brightness(share, line)
        if a <= zero:
            continue
        c = block.centre + profile.slope * np.float32(q)
        upper = max(int(math.floor(c - profile.reach + half)), block.upper)
        lower = min(int(math.floor(c + profile.reach + half)) + 1, block.lower)
        for n in range(upper, lower):
            cover = min(profile.peak, profile.top - abs(np.float32(n) + half - c) * profile.cosine)
            sheet[n, m + q] += max(cover, zero) * a


@kernel
def _steep(sheet: Floats, line: _Line, x0: int, x1: int) -> None:
    """A line that goes further down than across, row by row."""
    low, high = min(line.ay, line.by), max(line.ay, line.by)
    run, rise = line.by - line.ay, line.bx - line.ax
    profile = _profile(line, run, rise)
    zero, half = np.float32(0), np.float32(0.5)
    first, last = _lit(line.ay, run, line, 0, sheet.shape[0])
    for m in range(first, last):
        covered = min(m + 1.0, high) - max(float(m), low)
        bright = _brightness((m + 0.5 - line.ay) / run, line)
        a = line.power * np.float32(covered) * bright
        if a <= zero:
            continue
        c = np.float32(line.ax + (rise / run) * (m + 0.5 - line.ay))
        n0 = max(int(math.floor(c - profile.reach + half)), x0)
        n1 = min(int(math.floor(c + profile.reach + half)), x1)
        row = sheet[m]
        for n in range(n0, n1):
            cover = min(profile.peak, profile.top - abs(np.float32(n) + half - c) * profile.cosine)
            row[np.uintp(n)] += max(cover, zero) * a
