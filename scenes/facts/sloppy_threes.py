"""What SloppyThrees shows: how unlike one another the images of one digit are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.digits import Digits
from netglow.netcore.network import Array
from netglow.netcore.study.overlaps import INK, ink, mean_of_pairs, overlaps
from netglow.netcore.study.windows import inked_window, varied_run
from netglow.scenes.facts.base import Facts
from netglow.scenes.stage.story import DEFAULT_DIGIT

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

PAGE = (7, 16)  # rows and columns of pixels whose numbers are shown
CHIPS = 7  # pixels that go into the program one by one
NEARLY = 0.06  # a difference of mean overlaps that nobody could use


@dataclass(frozen=True, eq=False)
class SloppyThreesFacts(Facts):
    """An image, all others of its digit, and those of the digit that is most like it.

    ``digit`` is what the ``image`` (rows, columns) shows; ``alike`` (n, rows, columns) are all test
    images of it, from the least ink to the most, and ``place`` is that of the image among them.
    The numbers of the pixels in ``page_rows`` and ``page_columns`` are shown, where most of the ink
    is, and those in ``chip_row`` and ``chip_columns``, where they differ most.

    It is laid over the one at ``partner``: of the others the one that shares the share of ink with
    it that is nearest to ``own_mean``, the mean of all pairs of them; ``both``, ``only_image`` and
    ``only_partner`` count its inked pixels, ``pair_share`` is their overlap.

    ``other`` is the digit whose images (``unlike``, from the least ink on) overlap those of the
    digit most, on average by ``other_mean``; ``closer`` is the share of those mixed pairs that
    overlap more than two of the digit on average.
    """

    digit: int
    image: Array
    page_rows: range
    page_columns: range
    chip_row: int
    chip_columns: range
    pixels: int
    alike: Array
    count: int
    place: int
    partner: int
    both: int
    only_image: int
    only_partner: int
    either: int
    least_ink: float
    pair_share: float
    own_mean: float
    other: int
    unlike: Array
    other_count: int
    other_mean: float
    closer: float
    nearly_the_same: bool

    @classmethod
    def of(cls, story: Story) -> Self:
        """Of the story's image; an own one has no label, so then the example of a 3 stands in."""
        digits = story.digits
        own = story.example(DEFAULT_DIGIT) if story.index is None else story.index
        digit = int(digits.labels[own])
        page_rows, page_columns = inked_window(digits.images[own], *PAGE)
        chip_row, chip_columns = varied_run(digits.images[own], CHIPS)
        mine = _by_ink(digits, digit)
        place = int(np.flatnonzero(mine == own)[0])
        alike = digits.images[mine]
        shares = overlaps(alike, alike)
        own_mean = mean_of_pairs(shares)
        distance = np.abs(shares[place] - own_mean)
        distance[place] = np.inf
        partner = int(distance.argmin())
        first, second = ink(alike[place]), ink(alike[partner])
        mixed = {
            int(other): overlaps(alike, digits.images[_by_ink(digits, int(other))])
            for other in np.unique(digits.labels)
            if other != digit
        }
        other = max(mixed, key=lambda name: mixed[name].mean())
        unlike = digits.images[_by_ink(digits, other)]
        return cls(
            digit=digit,
            image=digits.images[own],
            page_rows=page_rows,
            page_columns=page_columns,
            chip_row=chip_row,
            chip_columns=chip_columns,
            pixels=digits.images[own].size,
            alike=alike,
            count=len(alike),
            place=place,
            partner=partner,
            both=int((first & second).sum()),
            only_image=int((first & ~second).sum()),
            only_partner=int((second & ~first).sum()),
            either=int((first | second).sum()),
            least_ink=INK,
            pair_share=float(shares[place, partner]),
            own_mean=own_mean,
            other=other,
            unlike=unlike,
            other_count=len(unlike),
            other_mean=float(mixed[other].mean()),
            closer=float((mixed[other] > own_mean).mean()),
            nearly_the_same=bool(own_mean - mixed[other].mean() <= NEARLY),
        )


def _by_ink(digits: Digits, digit: int) -> np.ndarray:
    """Places of the test images of a digit, from the least ink to the most."""
    places = np.flatnonzero(digits.labels == digit)
    amount = digits.images[places].sum(axis=(1, 2))
    return np.asarray(places[np.argsort(amount, kind="stable")])
