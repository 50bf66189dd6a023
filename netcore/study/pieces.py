"""A digit cut into pieces: loops around its holes, straight strokes, and short bits of both.

Everything works on images (rows, columns) 0..1, 1 = ink, and returns masks of the same shape. No
piece is drawn: the ink's skeleton is taken apart, and every pixel of ink goes to the part of the
skeleton nearest to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from netglow.netcore.digits import Digits
from netglow.netcore.study.strokes import (
    ALL_ROUND,
    Mask,
    along,
    bend,
    length,
    shut_in,
    skeleton,
    strokes_of,
)

FAINTEST = 0.4  # of a stroke's pixels: what is darker is paper; at 0.5 thin strokes would tear
_SPECK = 3  # pixels: fewer are no hole


@dataclass(frozen=True, eq=False)
class Pieces:
    """loops: one mask for each hole; strokes: one for each straight part of the rest.

    Together they are the ink, and no pixel is in two of them. bones are their skeletons, in the
    order of :attr:`all`.
    """

    loops: tuple[Mask, ...]
    strokes: tuple[Mask, ...]
    bones: tuple[Mask, ...]

    @property
    def all(self) -> tuple[Mask, ...]:
        return (*self.loops, *self.strokes)


def ink_of(image: NDArray[np.float64]) -> Mask:
    """The pixels of the largest stretch of ink."""
    labels, count = ndimage.label(np.asarray(image) > FAINTEST, ALL_ROUND)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    return np.asarray((labels == sizes.argmax()) & (labels > 0))


def holes_of(ink: Mask) -> list[Mask]:
    """Paper that the ink shuts in, from the top down; specks are none."""
    return [hole for hole in shut_in(ink) if hole.sum() >= _SPECK]


def pen_width(ink: Mask) -> float:
    """How thick the strokes are, in pixels: twice the median depth of the ink's middle line."""
    depth = ndimage.distance_transform_edt(np.pad(ink, 1))[1:-1, 1:-1]
    ridge = ink & (depth >= ndimage.maximum_filter(depth, 3))
    return 2 * float(np.median(depth[ridge])) if ridge.any() else 1.0


def cut(image: NDArray[np.float64]) -> Pieces:
    """Bones around a hole are a loop's, the others fall into strokes; the ink follows them."""
    ink = ink_of(image)
    if not ink.any():
        return Pieces((), (), ())
    specks = [hole for hole in shut_in(ink) if hole.sum() < _SPECK]
    bones = skeleton(ink | _any_of(specks, ink.shape))
    loops: list[Mask] = []
    for room in shut_in(bones):
        wall = bones & ndimage.binary_dilation(room, ALL_ROUND)
        loops.append(wall & ~_any_of(loops, ink.shape))
    strokes = strokes_of(bones & ~_any_of(loops, ink.shape), pen_width(ink))
    kept = (*loops, *strokes) or (bones,)  # a blot is a stroke, too
    masks = _nearest(ink, kept)
    return Pieces(masks[: len(loops)], masks[len(loops) :], kept)


def _any_of(masks: Sequence[Mask], shape: tuple[int, ...]) -> Mask:
    return np.asarray(np.any([np.zeros(shape, bool), *masks], axis=0))


def _nearest(ink: Mask, bones: Sequence[Mask]) -> tuple[Mask, ...]:
    """The ink shared out: every pixel goes to the bones nearest to it, of equals to the first."""
    owner = np.argmin([ndimage.distance_transform_edt(~bone) for bone in bones], axis=0)
    return tuple(ink & (owner == k) for k in range(len(bones)))


def arcs(loop: Mask, count: int) -> list[Mask]:
    """A loop cut like a cake into so many bits, from its top clockwise."""
    y, x = np.nonzero(loop)
    turn = np.arctan2(x - x.mean(), y.mean() - y) % (2 * np.pi)
    return [_part(loop, (turn * count / (2 * np.pi)).astype(int) == k) for k in range(count)]


def lengths(stroke: Mask, count: int) -> list[Mask]:
    """A stroke cut across into so many bits of equal length, from its top down."""
    t = along(stroke)
    t = (t - t.min()) / max(float(np.ptp(t)), 1e-9) * count
    return [_part(stroke, np.minimum(t.astype(int), count - 1) == k) for k in range(count)]


def _part(mask: Mask, chosen: Mask) -> Mask:
    part = np.zeros_like(mask)
    y, x = np.nonzero(mask)
    part[y[chosen], x[chosen]] = True
    return part


def clearness(found: Pieces) -> float:
    """How well loops and strokes can be seen, >= 0: the worst of all pieces counts.

    A loop is clear by its hole, as a share of its ink; a stroke by its length in pen's widths, a
    sixth of it. All are less clear the less ink the smallest piece holds, the farther ink lies
    from the bones of its piece, in pen's widths, and the more a stroke bends.
    """
    width, sizes = pen_width(np.any(found.all, axis=0)), [mask.sum() for mask in found.all]
    clear = [_hole_area(loop) / loop.sum() for loop in found.loops]
    clear += [length(stroke) / width / 6 for stroke in found.strokes]
    away = [
        ndimage.distance_transform_edt(~bones)[mask].max() / width
        for bones, mask in zip(found.bones, found.all, strict=True)
    ]
    bends = max(map(bend, found.bones[len(found.loops) :]), default=0.0)
    return float(min(1.0, *clear) * min(sizes) / sum(sizes) / max(0.5, *away) / (1 + bends) ** 2)


def _hole_area(loop: Mask) -> int:
    return int(ndimage.binary_fill_holes(loop).sum() - loop.sum())


def textbook(digits: Digits, digit: int, loops: int, strokes: int, among: int = 60) -> int:
    """Index of an image of the digit that falls into just so many loops and strokes.

    The clearest of the first ``among`` such images. LookupError if there is none.
    """
    return textbooks(digits, digit, loops, strokes, among)[0]


def textbooks(
    digits: Digits, digit: int, loops: int, strokes: int, among: int = 60
) -> tuple[int, ...]:
    """Indices of the first ``among`` such images, the clearest first; LookupError without any."""
    clear: dict[int, float] = {}
    for index in np.flatnonzero(digits.labels == digit):
        if len(holes_of(ink_of(digits.images[index]))) != loops:
            continue
        found = cut(digits.images[index])
        if (len(found.loops), len(found.strokes)) == (loops, strokes):
            clear[int(index)] = clearness(found)
        if len(clear) == among:
            break
    if not clear:
        raise LookupError(
            f"no {digit} in {digits.name} falls into {loops} loops and {strokes} "
            "strokes; ask for another structure"
        )
    return tuple(sorted(clear, key=clear.__getitem__, reverse=True))


def square_around(mask: Mask, border: int = 1, least: int = 1) -> tuple[slice, slice]:
    """Rows and columns of a square with the mask in its middle, inside the image.

    It leaves a ``border`` around the mask and is at least ``least`` pixels wide.
    """
    ends = [(int(k.min()), int(k.max()) + 1) for k in np.nonzero(mask)]
    largest = max(stop - start for start, stop in ends) + 2 * border
    side = min(max(largest, least), *mask.shape)
    starts = [
        min(max((start + stop - side) // 2, 0), size - side)
        for (start, stop), size in zip(ends, mask.shape, strict=True)
    ]
    return slice(starts[0], starts[0] + side), slice(starts[1], starts[1] + side)
