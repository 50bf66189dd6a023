"""Ink thinned to its skeleton, and the skeleton taken apart into straight strokes.

Masks are (rows, columns) of bool, True = ink. Thinning is that of Guo and Hall, "Parallel thinning
with two-subiteration algorithms", Communications of the ACM 32 (1989), which unlike Zhang and
Suen's keeps slanting lines two pixels wide.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Mask = NDArray[np.bool_]
ALL_ROUND = np.ones((3, 3), bool)  # ink touches ink at corners too, paper does not touch paper
_GAP = 4.5  # pixels: strokes nearer to each other than that meet
# the way to a pixel from its eight neighbours, clockwise from the one above it
_AROUND = ((1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))


def skeleton(ink: Mask) -> Mask:
    """The ink's middle lines, one pixel wide; as many pieces and holes as the ink has."""
    bones, size = np.pad(ink, 1), -1
    while size != bones.sum():
        size = bones.sum()
        for turn in (0, 4):  # takes pixels from one side, then from the other
            p = [np.roll(bones, step, (0, 1)) for step in _AROUND[turn:] + _AROUND[:turn]]
            runs = sum(~p[k] & (p[k + 1] | p[k + 2 - 8]) for k in (0, 2, 4, 6))
            left, right = (sum(p[k] | p[k + side] for k in (0, 2, 4, 6)) for side in (-1, 1))
            few = np.minimum(left, right)
            rim = ~(p[2] & (p[0] | p[1] | ~p[3]))
            bones = bones & ~((runs == 1) & (few >= 2) & (few <= 3) & rim)
    return bones[1:-1, 1:-1]


def shut_in(ink: Mask) -> list[Mask]:
    """The stretches of paper that the ink shuts in, from the top down."""
    labels, count = ndimage.label(~np.pad(ink, 1))
    return [(labels == k)[1:-1, 1:-1] for k in range(1, count + 1) if k != labels[0, 0]]


def branches(bones: Mask) -> Mask:
    """Pixels of a skeleton at which three lines or more meet."""
    around = ndimage.convolve(bones.astype(int), ALL_ROUND.astype(int), mode="constant") - 1
    return np.asarray(bones & (around >= 3))


def strokes_of(bones: Mask, width: float) -> list[Mask]:
    """The straight strokes in a skeleton of lines drawn with a pen of ``width``, longest first.

    It is split where it branches, and where it bends by more than half a pen's width; what goes
    on straight across a branch is one stroke. Shorter than the pen is wide is no stroke.
    """
    straight = [
        line for part in _parts(bones & ~branches(bones)) for line in _unbent(part, width / 2)
    ]
    lines = _joined(straight, width / 2)
    return sorted((line for line in lines if length(line) >= width), key=length, reverse=True)


def along(stroke: Mask) -> NDArray[np.float64]:
    """Place (n,) of each pixel of a stroke along its main direction, downwards."""
    places = np.stack(np.nonzero(stroke)).astype(float)
    places -= places.mean(axis=1, keepdims=True)
    main = np.linalg.eigh(places @ places.T)[1][:, -1]
    return np.asarray((main if main[0] >= 0 else -main) @ places)


def length(stroke: Mask) -> float:
    """How long a stroke is, in pixels."""
    return float(np.ptp(along(stroke))) + 1


def bend(line: Mask) -> float:
    """How far a line is from straight: the largest distance of a pixel from it, in pixels."""
    return float(_off_chord(line).max())


def _parts(mask: Mask) -> list[Mask]:
    labels, count = ndimage.label(mask, ALL_ROUND)
    return [labels == k for k in range(1, count + 1)]


def _off_chord(line: Mask) -> NDArray[np.float64]:
    """Distance (n,) of each pixel from the straight line between the two farthest apart."""
    places = np.argwhere(line).astype(float)
    apart = np.linalg.norm(places[:, None] - places, axis=2)
    a, b = (places[k] for k in np.unravel_index(apart.argmax(), apart.shape))
    way = (b - a) / max(float(apart.max()), 1e-9)
    return np.asarray(np.abs((places - a) @ np.array([-way[1], way[0]])))


def _unbent(line: Mask, most: float) -> Iterator[Mask]:
    """The line, split at its farthest pixel from straight until none is off by over ``most``."""
    away = _off_chord(line)
    if away.max() <= most:
        yield line
        return
    rest = line.copy()
    rest[tuple(np.argwhere(line)[away.argmax()])] = False
    for part in _parts(rest):
        yield from _unbent(part, most)


def _joined(lines: list[Mask], most: float) -> list[Mask]:
    """Lines that meet and are straight together become one, the straightest pair first."""
    while True:
        pairs = [
            (bend(a | b), i, j)
            for i, a in enumerate(lines)
            for j, b in enumerate(lines[:i])
            if _distance(a, b) <= _GAP
        ]
        least, i, j = min(pairs, default=(np.inf, 0, 0))
        if least > most:
            return lines
        one = lines[i] | lines[j]
        lines = [*(line for k, line in enumerate(lines) if k not in (i, j)), one]


def _distance(a: Mask, b: Mask) -> float:
    return float(ndimage.distance_transform_edt(~a)[b].min())
