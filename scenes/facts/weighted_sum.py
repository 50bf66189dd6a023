"""What WeightedSum shows: weights set by hand, weights that were learned, and their sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import Array
from netglow.netcore.study import facts
from netglow.netcore.study.arithmetic import (
    easiest_to_follow,
    places_that_add,
    readable_product,
    totals,
)
from netglow.netcore.study.edge_detector import stroke_and_blob
from netglow.scenes.facts.base import Facts

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story


@dataclass(frozen=True, eq=False)
class WeightedSumFacts(Facts):
    """A detector of a stroke, and one neuron of the first hidden layer.

    ``stroke_image`` and ``blob_image`` (rows, columns) are test images of a ``stroke_digit`` and a
    ``blob_digit``; ``line`` is 1 where the one has a stroke, 0 elsewhere, and ``detector`` is −1
    just above and below it, too. ``patch_rows`` and ``patch_columns`` hold both. Their weighted
    sums are ``stroke_on_line`` and ``blob_on_line`` with the one, ``stroke_sum`` and ``blob_sum``
    with the other. On the line the blob has at least as much ink as the stroke.

    ``neuron`` is the first hidden layer's, counted from 1, whose sum for the story's ``image``
    the eye can follow; it has ``weights`` and ``products`` (rows, columns). Their positive ones
    add up to ``up``, the negative ones to ``down``, all to ``total``, which is ``rounded``; shown
    with ``places`` they add up. ``digit`` is the image's, None for an own image. The product at
    ``example`` (row, column) is ``pixel`` times ``weight``; its numbers are right as rounded.

    ``all_sums`` (``images``,) are the neuron's weighted sums for all test images, from ``lowest``
    to ``highest``, both rounded.
    """

    pixels: int
    line: Array
    detector: Array
    patch_rows: range
    patch_columns: range
    stroke_image: Array
    stroke_digit: int
    stroke_on_line: float
    stroke_sum: float
    blob_image: Array
    blob_digit: int
    blob_on_line: float
    blob_sum: float
    image: Array
    digit: int | None
    neuron: int
    weights: Array
    products: Array
    example: tuple[int, int]
    pixel: float
    weight: float
    product: float
    up: float
    down: float
    total: float
    places: int
    rounded: int
    images: int
    all_sums: Array
    lowest: int
    highest: int

    @classmethod
    def of(cls, story: Story) -> Self:
        """The detector is the same in every story; the neuron and the image are the story's."""
        network, digits, image = story.network, story.digits, story.image
        pair = stroke_and_blob(digits.images)
        line = pair.detector.line(image.shape)
        detector = pair.detector.weights(image.shape)
        stroke, blob = digits.images[pair.stroke], digits.images[pair.blob]
        rows, columns = pair.detector.block
        layer = network.w[0].reshape(-1, *image.shape)
        k = easiest_to_follow(layer * image)
        products = layer[k] * image
        up, down = totals(products)
        example = readable_product(image, layer[k])
        sums = facts.weighted_sums(network, digits, 0)[:, k]
        return cls(
            pixels=image.size,
            line=line,
            detector=detector,
            patch_rows=range(rows.start, rows.stop),
            patch_columns=range(columns.start, columns.stop),
            stroke_image=stroke,
            stroke_digit=int(digits.labels[pair.stroke]),
            stroke_on_line=float((line * stroke).sum()),
            stroke_sum=float((detector * stroke).sum()),
            blob_image=blob,
            blob_digit=int(digits.labels[pair.blob]),
            blob_on_line=float((line * blob).sum()),
            blob_sum=float((detector * blob).sum()),
            image=image,
            digit=story.label,
            neuron=k + 1,
            weights=layer[k],
            products=products,
            example=example,
            pixel=float(image[example]),
            weight=float(layer[k][example]),
            product=float(products[example]),
            up=up,
            down=down,
            total=up + down,
            places=places_that_add((up, down)),
            rounded=int(np.rint(up + down)),
            images=len(sums),
            all_sums=sums,
            lowest=int(np.rint(sums.min())),
            highest=int(np.rint(sums.max())),
        )
