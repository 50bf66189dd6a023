"""Bloom: light blurred on a coarse grid."""

from __future__ import annotations

import numpy as np

from netglow.scenes.engine.kernels import Floats, in_bands, kernel

BLOOM_CELL = 4  # pixels of a side of a coarse cell


def bloom_of(light: Floats, radius: float, rows: slice, columns: slice) -> Floats:
    """Blurred light of a box of pixels on the coarse grid, (k, rows, columns of coarse cells).

    light (k, h, w); radius: standard deviation of the blur in pixels. It is dark beyond the box.
    """
    height, width = rows.stop - rows.start, columns.stop - columns.start
    small = np.empty((len(light), -(-height // BLOOM_CELL), -(-width // BLOOM_CELL)), np.float32)
    in_bands(shrink, 0, small.shape[2], light, small, rows.start, columns.start)
    size = bloom_size(radius)
    box = np.full(size, 1 / size)
    weights = np.convolve(box, box).astype(np.float32)  # two passes: close to a bell
    bloom = np.empty_like(small)
    in_bands(blur, 0, small.shape[1], small, weights, bloom)
    return bloom


def bloom_size(radius: float) -> int:
    """Width, in coarse cells, of one box pass of a blur with that standard deviation (pixels)."""
    return max(3, int(round(2 * radius / BLOOM_CELL)) | 1)


def bloom_reach(radius: float) -> int:
    """How many pixels away from a light its bloom ends."""
    return BLOOM_CELL * (2 * (bloom_size(radius) // 2) + 2)


@kernel
def shrink(light: Floats, small: Floats, y0: int, x0: int, j0: int, j1: int) -> None:
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


@kernel
def blur(small: Floats, weights: Floats, out: Floats, i0: int, i1: int) -> None:
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
