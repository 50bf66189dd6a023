"""What WhyLayers shows: real digits that fall into loops and lines, and the hope built on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import Array
from netglow.netcore.study.pieces import arcs, cut, ink_of, lengths, square_around, textbooks
from netglow.netcore.study.strokes import bend
from netglow.scenes.facts.base import Facts
from netglow.scenes.facts.forward_pass import index_of

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

NINE, EIGHT = 9, 8
NINES = 3  # that are shown; the first is taken apart
MADE_OF = {NINE: (0, 1), EIGHT: (0, 2)}  # of the loop above, the line, and the loop below
RING, ROW = 5, 2  # small edges of a loop and of a line
ROOM = 3  # pixels of paper around a loop that comes apart


@dataclass(frozen=True, eq=False)
class WhyLayersFacts(Facts):
    """Three nines of a loop and a line, an eight of two loops, and what is made of them.

    ``image`` (28, 28) is the story's; ``neuron`` of the first layer is the brightest for it.
    ``image_before`` is what the
    chapter before ends with.

    ``nine_whole`` is the clearest nine. Of all others only a square around the ink is shown,
    (s, s), of the first nine that from row ``top`` and column ``left`` on: ``nines`` (3, s, s),
    the clearest first, with their ``loops`` and ``lines`` (masks); the ``eight`` with its
    ``upper`` and ``lower`` loop.
    ``pieces`` (3, s, s) are the ink of the first nine's loop and line and of the lower loop: what
    three neurons of the hope stand for, and ``makes`` (10, 3) which of them an output is made of.
    ``found`` (2, 3) are those lit by a nine and by an eight, ``loop_alone`` (3,) what they
    have in common; ``sent`` (2, 10, 3) is what they send on, and ``answers`` (2, 10) the share of
    an output's pieces that are found.

    ``ring`` (5, s, s) and ``row`` (2, s, s) are the bits of that loop, from the top clockwise, and
    of that line, from the top down; ``bits`` (7, k, k) their ink, each in a square of its own;
    ``gathers`` (2, 7) says which of them loop and line are made of. ``ring_image``
    (r, r) is the loop's ink alone, with some paper around it, and ``ring_parts`` (5, r, r) its bits
    there. ``edge`` is the straightest of them.
    """

    hidden_layers: int
    image: Array
    image_before: Array
    neuron: int
    nine_whole: Array
    top: int
    left: int
    nines: Array
    loops: Array
    lines: Array
    eight: Array
    upper: np.ndarray
    lower: np.ndarray
    pieces: Array
    makes: Array
    found: Array
    loop_alone: Array
    sent: Array
    answers: Array
    ring: Array
    row: Array
    bits: Array
    gathers: Array
    ring_image: Array
    ring_parts: Array
    edge: int

    @classmethod
    def of(cls, story: Story) -> Self:
        """The pieces do not depend on the story; the network at its ends does."""
        digits = story.digits
        nines = digits.images[list(textbooks(digits, NINE, 1, 1)[:NINES])]
        eight = digits.images[textbooks(digits, EIGHT, 2, 0)[0]]
        cuts = [cut(image) for image in nines]
        upper, lower = cut(eight).loops
        *boxes, box = _boxes([*nines, eight])
        loop, line = cuts[0].loops[0][boxes[0]], cuts[0].strokes[0][boxes[0]]
        nine = nines[0][boxes[0]]
        ring, row = arcs(loop, RING), lengths(line, ROW)
        around = square_around(cuts[0].loops[0], ROOM)
        makes, found = _table(10, MADE_OF, 3), _table(2, dict(enumerate(MADE_OF.values())), 3)
        return cls(
            hidden_layers=len(story.network.sizes) - 2,
            image=story.image,
            image_before=_image_before(story),
            neuron=int(story.trace.a[1].argmax()),
            nine_whole=nines[0],
            top=boxes[0][0].start,
            left=boxes[0][1].start,
            nines=np.array([image[b] for image, b in zip(nines, boxes, strict=True)]),
            loops=np.array([found.loops[0][b] for found, b in zip(cuts, boxes, strict=True)]),
            lines=np.array([found.strokes[0][b] for found, b in zip(cuts, boxes, strict=True)]),
            eight=eight[box],
            upper=upper[box],
            lower=lower[box],
            pieces=np.array([nine * loop, nine * line, eight[box] * lower[box]]),
            makes=makes,
            found=found,
            loop_alone=found[0] * found[1],
            sent=makes * found[:, None],
            answers=found @ makes.T / 2,
            ring=np.array(ring),
            row=np.array(row),
            bits=_in_squares(nine, [*ring, *row]),
            gathers=_table(2, {0: range(RING), 1: range(RING, RING + ROW)}, RING + ROW),
            ring_image=(nines[0] * cuts[0].loops[0])[around],
            ring_parts=np.array([part[around] for part in arcs(cuts[0].loops[0], RING)]),
            edge=int(np.argmin([bend(bit) for bit in ring])),
        )


def _image_before(story: Story) -> Array:
    """The image that the chapter before tells of."""
    index = index_of(story)
    return story.image if index is None else story.digits.images[index]


def _table(rows: int, made_of: Mapping[int, Sequence[int]], columns: int) -> Array:
    """(rows, columns) with 1 where a thing is made of another, else 0."""
    table = np.zeros((rows, columns))
    for row, parts in made_of.items():
        table[row, list(parts)] = 1.0
    return table


def _boxes(images: Sequence[Array]) -> list[tuple[slice, slice]]:
    """Equal squares around the ink of images, with a pixel of paper at least on each side."""
    inks = [ink_of(image) for image in images]
    side = max(int(np.ptp(places)) + 3 for ink in inks for places in np.nonzero(ink))
    return [square_around(ink, least=side) for ink in inks]


def _in_squares(image: Array, masks: Sequence[np.ndarray]) -> Array:
    """The ink of every mask alone, in equal squares with it in the middle: (n, k, k)."""
    side = max(int(np.ptp(places)) + 1 for mask in masks for places in np.nonzero(mask))
    return np.array([(image * mask)[square_around(mask, 0, side)] for mask in masks])
