"""How a network fares where nobody trained it: noise, and digits out of place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.digits import Digits
from netglow.netcore.network import Array, Network, forward_batch

DIRECTIONS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
_BLOCK = 1000  # images of noise in memory at a time


@dataclass(frozen=True, eq=False)
class Noise:
    """What a network answered to noise.

    largest: (count,) the largest output for every image; ``image`` is the one answered with most
    confidence, ``output`` (classes,) the answer. For shuffled digits ``source`` is the place of
    the digit it was made of and ``order`` (pixels,) says which of its pixels went where:
    image.flat = digit.flat[order].
    """

    largest: Array
    image: Array
    output: Array
    source: int | None = None
    order: NDArray[np.int64] | None = None

    def share_above(self, limit: float = 0.9) -> float:
        """Share of the noise, 0..1, that gets an answer above the limit."""
        return float((self.largest > limit).mean())


def noise_confidence(
    network: Network, rng: np.random.Generator, count: int, images: Array | None = None
) -> Noise:
    """The answers to ``count`` images of noise, and the most confident of them.

    Noise is static, every pixel uniform in 0..1; or, with images (n, rows, columns), the pixels
    of one image after the other, shuffled: the same ink without a shape.
    """
    if count < 1:
        raise ValueError(f"noise: expected a count of at least 1, found {count}")
    rows = None if images is None else np.reshape(images, (len(images), -1))
    largest = np.empty(count)
    best: Noise | None = None
    for start in range(0, count, _BLOCK):
        places = np.arange(start, min(start + _BLOCK, count))
        order = None
        if rows is None:
            made = rng.random((len(places), network.w[0].shape[1]))
        else:
            each = np.tile(np.arange(rows.shape[1]), (len(places), 1))
            order = rng.permuted(each, axis=1)
            made = np.take_along_axis(rows[places % len(rows)], order, axis=1)
        output = forward_batch(network, made).output
        largest[places] = output.max(axis=1)
        top = int(largest[places].argmax())
        if best is None or output[top].max() > best.output.max():
            image = made[top].reshape(network.image_shape).copy()
            source = None if rows is None else int(places[top] % len(rows))
            best = Noise(
                largest,
                image,
                output[top].copy(),
                source,
                None if order is None else order[top].copy(),
            )
    assert best is not None  # count is at least 1
    return best


def shifted(images: ArrayLike, down: int, right: int) -> Array:
    """Images (..., rows, columns) moved by so many pixels; what comes in from outside is 0."""
    images = np.asarray(images, float)
    moved = np.roll(images, (down, right), axis=(-2, -1))
    for axis, step in ((-2, down), (-1, right)):
        size = images.shape[axis]
        came_from = np.arange(size) - step
        outside = (came_from < 0) | (came_from >= size)
        np.moveaxis(moved, axis, 0)[outside] = 0
    return moved


def shifted_accuracy(network: Network, digits: Digits, pixels: int) -> float:
    """Share answered correctly, 0..1, when digits are moved: the mean over the four directions."""
    shares = [
        (forward_batch(network, images).output.argmax(axis=1) == digits.labels).mean()
        for images in _moved(digits.images, pixels)
    ]
    return float(np.mean(shares))


def _moved(images: Array, pixels: int) -> Iterator[Array]:
    return (shifted(images, pixels * down, pixels * right) for down, right in DIRECTIONS.values())


def change_of_mind(network: Network, image: Array, most: int) -> tuple[str, int | None]:
    """The direction in which the fewest pixels change the network's answer, and how many.

    Not within ``most`` pixels: the direction in which the answer's output falls furthest, None.
    """
    before = int(forward_batch(network, image[None]).output.argmax())
    for pixels in range(1, most + 1):
        output = forward_batch(network, np.stack(list(_moved(image, pixels)))).output
        changed = np.flatnonzero(output.argmax(axis=1) != before)
        if len(changed):
            return list(DIRECTIONS)[int(changed[0])], pixels
    return list(DIRECTIONS)[int(output[:, before].argmin())], None
