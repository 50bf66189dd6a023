"""A digit cut into pieces: loops around its holes, straight strokes, and short bits of both.

Everything works on images (rows, columns) 0..1, 1 = ink, and gives masks of the same shape. No
piece is drawn: each is a set of the digit's own pixels, and together they are its ink.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from netcore.digits import Digits

Mask = NDArray[np.bool_]
INK = 0.4  # a pixel darker than this is paper
_TURNS = 36  # directions in which straight strokes are looked for
_SPECK = 3  # pixels: fewer are no hole and no stroke
_ALL_ROUND = np.ones((3, 3), bool)  # ink touches ink at corners too, paper does not touch paper


@dataclass(frozen=True, eq=False)
class Pieces:
    """loops: one mask for each hole; strokes: one for each straight bar in the rest of the ink.

    rest is the ink in neither.
    """

    loops: tuple[Mask, ...]
    strokes: tuple[Mask, ...]
    rest: Mask

    @property
    def all(self) -> tuple[Mask, ...]:
        return (*self.loops, *self.strokes)

    @property
    def rest_share(self) -> float:
        """Share of the ink, 0..1, that is in no piece."""
        ink = self.rest.sum() + sum(mask.sum() for mask in self.all)
        return float(self.rest.sum() / max(ink, 1))


def ink_of(image: NDArray[np.float64]) -> Mask:
    """The pixels of the largest stretch of ink."""
    return _largest_part(np.asarray(image) > INK)


def _largest_part(mask: Mask) -> Mask:
    labels, count = ndimage.label(mask, _ALL_ROUND)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    return (labels == sizes.argmax()) & (labels > 0)


def holes_of(ink: Mask) -> list[Mask]:
    """Paper that the ink shuts in, from the top down."""
    labels, count = ndimage.label(~np.pad(ink, 1))
    holes = [(labels == k)[1:-1, 1:-1] for k in range(1, count + 1) if k != labels[0, 0]]
    return [hole for hole in holes if hole.sum() >= _SPECK]


def pen_width(ink: Mask) -> float:
    """How thick the strokes are, in pixels: twice the median depth of the ink's middle line."""
    depth = ndimage.distance_transform_edt(np.pad(ink, 1))[1:-1, 1:-1]
    ridge = ink & (depth >= ndimage.maximum_filter(depth, 3))
    return 2 * float(np.median(depth[ridge])) if ridge.any() else 1.0


def cut(image: NDArray[np.float64]) -> Pieces:
    """Loops first: the ink within a pen's width of a hole. Then straight bars in what is left."""
    ink = ink_of(image)
    width, holes = pen_width(ink), holes_of(ink)
    loops: list[Mask] = []
    if holes:
        away = np.array([ndimage.distance_transform_edt(~hole) for hole in holes])
        nearest = away.argmin(axis=0)
        near = ink & (away.min(axis=0) <= width + 0.5)
        loops = [near & (nearest == k) for k in range(len(holes))]
    left = ink & ~np.any([np.zeros_like(ink), *loops], axis=0)
    labels, count = ndimage.label(left, _ALL_ROUND)
    crumbs = [labels == k for k in range(1, count + 1) if (labels == k).sum() < width**2]
    if loops:  # bumps of a loop are part of it
        for crumb in crumbs:
            k = int(nearest[crumb][0])
            loops[k] = loops[k] | crumb
            left = left & ~crumb
    strokes = tuple(_bars(left, width))
    rest = left & ~np.any([np.zeros_like(ink), *strokes], axis=0)
    return Pieces(tuple(loops), strokes, rest)


def _bars(ink: Mask, width: float) -> Iterator[Mask]:
    """The largest straight bar of a pen's width in the ink, then in what is left, and so on."""
    while ink.sum() >= width**2:
        bar = _largest_bar(ink, width)
        if bar.sum() < 1.5 * width**2:
            return
        yield bar
        ink = ink & ~bar


def _largest_bar(ink: Mask, width: float) -> Mask:
    """The bar with the most pixels in one piece, over many directions and places."""
    y, x = np.nonzero(ink)
    tried = []
    for angle in np.pi * np.arange(_TURNS) / _TURNS:
        across = x * np.cos(angle) + y * np.sin(angle)
        middles = np.arange(across.min(), across.max() + 1, 0.5)
        tried.append(np.abs(across - middles[:, None]) <= width / 2 + 0.5)
    inside = np.concatenate(tried)
    largest = np.zeros_like(ink)
    for chosen in inside[np.argsort(-inside.sum(axis=1), kind="stable")]:
        if chosen.sum() <= largest.sum():
            break  # not even all of it would be more
        bar = _largest_part(_part(ink, chosen))
        largest = bar if bar.sum() > largest.sum() else largest
    return largest


def arcs(loop: Mask, count: int) -> list[Mask]:
    """A loop cut like a cake into so many bits, from its top clockwise."""
    y, x = np.nonzero(loop)
    turn = np.arctan2(x - x.mean(), y.mean() - y) % (2 * np.pi)
    return [_part(loop, (turn * count / (2 * np.pi)).astype(int) == k) for k in range(count)]


def lengths(stroke: Mask, count: int) -> list[Mask]:
    """A stroke cut across into so many bits of equal length, from its top down."""
    t = _along(stroke)
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
    fourth of it; both times the share of the ink that the smallest piece holds.
    """
    ink = np.any(found.all, axis=0)
    width, sizes = pen_width(ink), [mask.sum() for mask in found.all]
    clear = [_hole_area(loop) / loop.sum() for loop in found.loops]
    clear += [_length(stroke) / width / 4 for stroke in found.strokes]
    return min(clear) * min(sizes) / sum(sizes)


def _hole_area(loop: Mask) -> int:
    return int(ndimage.binary_fill_holes(loop).sum() - loop.sum())


def _along(stroke: Mask) -> NDArray[np.float64]:
    """Place of each pixel of a stroke along its main direction, downwards."""
    places = np.stack(np.nonzero(stroke)).astype(float)
    places -= places.mean(axis=1, keepdims=True)
    main = np.linalg.eigh(places @ places.T)[1][:, -1]
    return (main if main[0] >= 0 else -main) @ places


def _length(stroke: Mask) -> float:
    return float(np.ptp(_along(stroke)))


def textbook(digits: Digits, digit: int, loops: int, strokes: int, among: int = 24,
             rest: float = 0.02) -> int:  # fmt: skip
    """Index of an image of the digit that falls into just so many loops and strokes.

    The clearest of the first ``among`` such images; at most a share ``rest`` of its ink is in
    no piece. LookupError if there is none.
    """
    clear: dict[int, float] = {}
    for index in np.flatnonzero(digits.labels == digit):
        if len(holes_of(ink_of(digits.images[index]))) != loops:
            continue
        found = cut(digits.images[index])
        if len(found.strokes) == strokes and found.rest_share <= rest:
            clear[int(index)] = clearness(found)
        if len(clear) == among:
            break
    if not clear:
        raise LookupError(f"no {digit} in {digits.name} falls into {loops} loops and {strokes} "
                          "strokes; ask for another structure")  # fmt: skip
    return max(clear, key=clear.__getitem__)
