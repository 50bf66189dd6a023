"""Digits cut into loops and strokes a second time: pixel by pixel, with nothing but NumPy.

A mask is a set of (row, column); the order of pixels is that of reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import combinations

import numpy as np

from tests.chapters.facts.raw import for_testing

Place = tuple[int, int]
Pixels = frozenset[Place]
NORTH_AND_CLOCKWISE = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
SIDES = NORTH_AND_CLOCKWISE[::2]


def pixels(mask: np.ndarray) -> Pixels:
    return frozenset((int(y), int(x)) for y, x in np.argwhere(mask))


def mask(places: Iterable[Place], shape: tuple[int, int] = (28, 28)) -> np.ndarray:
    made = np.zeros(shape, bool)
    for place in places:
        made[place] = True
    return made


def connected(places: Iterable[Place], steps: tuple[Place, ...]) -> list[Pixels]:
    """Its connected parts, in the order of their first pixels."""
    left, parts = set(places), []
    for start in sorted(left):
        if start in left:
            part, todo = {start}, [start]
            left.discard(start)
            while todo:
                y, x = todo.pop()
                for dy, dx in steps:
                    if (at := (y + dy, x + dx)) in left:
                        left.discard(at)
                        part.add(at)
                        todo.append(at)
            parts.append(frozenset(part))
    return parts


def largest_ink(image: np.ndarray) -> Pixels:
    return max(connected(pixels(image > 0.4), NORTH_AND_CLOCKWISE), key=len)


def shut_in(ink: Pixels) -> list[Pixels]:
    """Paper from which one cannot leave the image by steps to the sides."""
    paper = {(y, x) for y in range(-1, 29) for x in range(-1, 29)} - ink
    return [part for part in connected(paper, SIDES) if (-1, -1) not in part]


def distances(froms: Iterable[Place], to: Iterable[Place]) -> np.ndarray:
    """(n, m) between all pixels of two masks, in the order of reading."""
    a, b = (np.array(sorted(places), float) for places in (froms, to))
    return np.hypot(a[:, None, 0] - b[:, 0], a[:, None, 1] - b[:, 1])


def pen_width(ink: Pixels) -> float:
    """Twice the median depth of the pixels that are no less deep than all around them."""
    around = {(y + dy, x + dx) for y, x in ink for dy in range(-5, 6) for dx in range(-5, 6)}
    rows = sorted(ink)
    depth = dict(zip(rows, distances(ink, around - ink).min(axis=1), strict=True))
    ridge = [
        deep
        for (y, x), deep in depth.items()
        if deep >= max(depth.get((y + dy, x + dx), 0) for dy, dx in NORTH_AND_CLOCKWISE)
    ]
    return float(2 * np.median(ridge))


def thinned(ink: Pixels) -> Pixels:
    """Guo and Hall's thinning, from their paper."""
    bones, before = set(ink), -1
    while len(bones) != before:
        before = len(bones)
        for first in (0, 4):
            around = NORTH_AND_CLOCKWISE[first:] + NORTH_AND_CLOCKWISE[:first]
            bones -= {
                (y, x)
                for y, x in bones
                if removable([(y + dy, x + dx) in bones for dy, dx in around])
            }
    return frozenset(bones)


def removable(p: list[bool]) -> bool:
    ring = [*p, p[0]]
    crossings = sum(not ring[k] and (ring[k + 1] or ring[k + 2]) for k in (0, 2, 4, 6))
    one = sum(p[k - 1] or p[k] for k in (0, 2, 4, 6))
    other = sum(p[k] or p[k + 1] for k in (0, 2, 4, 6))
    kept = (p[0] or p[1] or not p[3]) and p[2]
    return crossings == 1 and 2 <= min(one, other) <= 3 and not kept


def off_chord(line: Pixels) -> np.ndarray:
    """How far each pixel is from the straight line between the two that are farthest apart."""
    rows = np.array(sorted(line), float)
    apart = distances(line, line)
    i, k = np.unravel_index(apart.argmax(), apart.shape)
    if not apart[i, k]:
        return np.zeros(len(rows))
    (y, x), (dy, dx) = rows[i], rows[k] - rows[i]
    return np.abs((rows[:, 1] - x) * dy - (rows[:, 0] - y) * dx) / np.hypot(dy, dx)


def places_along(line: Iterable[Place]) -> np.ndarray:
    """Of each pixel along the main axis, downwards."""
    y, x = np.array(sorted(line), float).T
    y, x = y - y.mean(), x - x.mean()
    angle = np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum()) / 2
    way = np.array([np.sin(angle), np.cos(angle)])
    return (way if way[0] >= 0 else -way) @ [y, x]


def length(line: Pixels) -> float:
    return float(np.ptp(places_along(line))) + 1


def straightened(line: Pixels, most: float) -> list[Pixels]:
    away = off_chord(line)
    if away.max() <= most:
        return [line]
    rest = line - {sorted(line)[int(away.argmax())]}
    parts = connected(rest, NORTH_AND_CLOCKWISE)
    return [bit for part in parts for bit in straightened(part, most)]


def strokes_in(bones: Pixels, width: float) -> list[Pixels]:
    crossings = {
        (y, x)
        for y, x in bones
        if sum((y + dy, x + dx) in bones for dy, dx in NORTH_AND_CLOCKWISE) >= 3
    }
    lines = [
        bit
        for part in connected(bones - crossings, NORTH_AND_CLOCKWISE)
        for bit in straightened(part, width / 2)
    ]
    while True:
        near = [
            (off_chord(lines[i] | lines[k]).max(), k, i)
            for i, k in combinations(range(len(lines)), 2)
            if distances(lines[i], lines[k]).min() <= 4.5
        ]
        if not near or min(near)[0] > width / 2:
            break
        _, k, i = min(near)
        both = lines[i] | lines[k]
        lines = [line for n, line in enumerate(lines) if n not in (i, k)] + [both]
    return sorted((line for line in lines if length(line) >= width), key=length, reverse=True)


@cache
def cut(index: int) -> tuple[list[Pixels], list[Pixels], int, float]:
    """Ink of the pieces of a test image; their bones; how many are loops; how clear they are."""
    ink = largest_ink(for_testing()[0][index])
    specks = [hole for hole in shut_in(ink) if len(hole) < 3]
    width, bones = pen_width(ink), thinned(ink.union(*specks))
    parts: list[Pixels] = []
    for room in shut_in(bones):
        near = {(y + dy, x + dx) for y, x in room for dy, dx in NORTH_AND_CLOCKWISE}
        parts.append((bones & near).difference(*parts))
    loops = len(parts)
    parts += strokes_in(bones.difference(*parts), width)
    parts = parts or [bones]
    away = np.array([distances(ink, part).min(axis=1) for part in parts])
    owner = away.argmin(axis=0)
    rows = sorted(ink)
    inks = [
        frozenset(p for p, k in zip(rows, owner, strict=True) if k == n) for n in range(len(parts))
    ]
    if not all(inks):
        return inks, parts, loops, 0.0
    clear = [1.0]
    clear += [sum(map(len, shut_in(loop))) / len(loop) for loop in inks[:loops]]
    clear += [length(stroke) / width / 6 for stroke in inks[loops:]]
    far = max(0.5, away.min(axis=0).max() / width)
    bent = max([0.0, *(off_chord(part).max() for part in parts[loops:])])
    share = min(map(len, inks)) / len(ink)
    return inks, parts, loops, min(clear) * share / far / (1 + bent) ** 2


@cache
def clearest(digit: int, loops: int, strokes: int) -> list[int]:
    """Of the first 60 test images of the digit with just so many of both: the clearest first."""
    fits: list[int] = []
    for index in np.flatnonzero(for_testing()[1] == digit):
        holes = [hole for hole in shut_in(largest_ink(for_testing()[0][index])) if len(hole) > 2]
        if len(holes) == loops and len(fits) < 60:
            inks, _, rings, _ = cut(int(index))
            if (rings, len(inks) - rings) == (loops, strokes):
                fits.append(int(index))
    return sorted(fits, key=lambda index: -cut(index)[3])


def square(ink: Pixels, side: int) -> tuple[int, int]:
    """Top and left of a square of an image with the ink in its middle."""
    ends = [(min(v), max(v) + 1) for v in zip(*ink, strict=True)]
    top, left = (max(0, min((a + b - side) // 2, 28 - side)) for a, b in ends)
    return top, left


def extent(ink: Pixels) -> int:
    """Rows or columns it reaches over, whichever are more."""
    return max(max(v) - min(v) + 1 for v in zip(*ink, strict=True))


def slices(loop: Pixels, count: int) -> list[Pixels]:
    """Like a cake, from the top clockwise."""
    y, x = np.array(sorted(loop), float).T
    turn = np.angle(-(y - y.mean()) + 1j * (x - x.mean())) % (2 * np.pi)
    return _shared(loop, np.floor(turn / (2 * np.pi / count)), count)


def lengths(line: Pixels, count: int) -> list[Pixels]:
    """Of equal length, from the top down."""
    t = places_along(line)
    step = (t.max() - t.min()) / count
    return _shared(line, np.minimum(np.floor((t - t.min()) / step), count - 1), count)


def _shared(all_of: Pixels, owner: np.ndarray, count: int) -> list[Pixels]:
    rows = sorted(all_of)
    return [frozenset(p for p, k in zip(rows, owner, strict=True) if k == n) for n in range(count)]
