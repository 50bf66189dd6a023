"""Is a neuron's weight image a small edge? The best of many small edges, fitted to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from netglow.netcore.network import Array

SIZES = (5, 7, 9)  # pixels across
_TURNS = 8  # directions in half a turn


@dataclass(frozen=True, eq=False)
class EdgeFit:
    """For each of n weight images the small edge that explains most of it.

    share: (n,) of the image's sum of squares that the edge explains, 0..1: 1 is an edge and
    nothing else. corner: (n, 2) row and column of the edge's upper left pixel; size: (n,) its
    pixels across; fitted: (n, rows, columns) the edge alone, as strong as it fits best.
    """

    share: Array
    corner: NDArray[np.int64]
    size: NDArray[np.int64]
    fitted: Array


@cache
def small_edges(size: int) -> tuple[Array, ...]:
    """Edges (size, size) in a disc, in 8 directions: a step from - to +, and a line, + between -.

    Each has mean 0 in its disc and length 1.
    """
    y, x = np.indices((size, size)) - (size - 1) / 2
    disc = np.hypot(x, y) <= size / 2
    edges = []
    for angle in np.pi * np.arange(_TURNS) / _TURNS:
        across = x * np.cos(angle) + y * np.sin(angle)
        for pattern in (np.clip(2 * across, -1, 1), np.where(np.abs(across) <= 1, 1.0, -1.0)):
            edge = np.where(disc, pattern - pattern[disc].mean(), 0)
            edges.append(edge / np.linalg.norm(edge))
    return tuple(edges)


def best_edges(weights: Array) -> EdgeFit:
    """The best small edge, + or -, anywhere inside each weight image (n, rows, columns)."""
    count = len(weights)
    strength = np.zeros(count)
    corner, size = np.zeros((count, 2), np.int64), np.zeros(count, np.int64)
    fitted = np.zeros_like(weights, dtype=float)
    for across in SIZES:
        for edge in small_edges(across):
            fits = fftconvolve(weights, edge[None, ::-1, ::-1], mode="valid", axes=(1, 2))
            best = np.abs(fits).reshape(count, -1).argmax(axis=1)
            rows, columns = np.unravel_index(best, fits.shape[1:])
            found = fits[np.arange(count), rows, columns]
            for i in np.flatnonzero(np.abs(found) > strength):
                r, c = int(rows[i]), int(columns[i])
                strength[i], corner[i], size[i] = abs(found[i]), (r, c), across
                fitted[i] = 0
                fitted[i, r : r + across, c : c + across] = found[i] * edge
    whole = (weights**2).sum(axis=(1, 2))
    share = strength**2 / np.where(whole > 0, whole, 1)
    return EdgeFit(share, corner, size, fitted)
