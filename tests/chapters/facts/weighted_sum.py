"""WeightedSum once more: the detector, the two images, the neuron and its sums."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from tests.chapters.facts.raw import Raw, for_testing

HIGH, WIDE = 8, 8  # of the block: two rows, the line of four, two rows


def table(raw: Raw) -> dict[str, Any]:
    row, column, stroke, blob = by_hand()
    line, detector = np.zeros((28, 28)), np.zeros((28, 28))
    for i in range(HIGH):
        for k in range(WIDE):
            detector[row + i, column + k] = 1 if 2 <= i < 6 else -1
            line[row + i, column + k] = float(2 <= i < 6)
    k = followed(raw)
    weights = np.array([raw.w[0][k][28 * i : 28 * i + 28] for i in range(28)])
    products = np.array([[weights[i, j] * raw.pixels[i, j] for j in range(28)] for i in range(28)])
    up, down = sides(products)
    at = readable(raw.pixels, weights)
    every = raw.images.reshape(-1, 784) @ raw.w[0][k]
    return {
        "pixels": 28 * 28,
        "line": line,
        "detector": detector,
        "patch_rows": range(row, row + HIGH),
        "patch_columns": range(column, column + WIDE),
        "stroke_image": raw.images[stroke],
        "stroke_digit": int(raw.labels[stroke]),
        "stroke_on_line": np.vdot(line, raw.images[stroke]),
        "stroke_sum": np.vdot(detector, raw.images[stroke]),
        "blob_image": raw.images[blob],
        "blob_digit": int(raw.labels[blob]),
        "blob_on_line": np.vdot(line, raw.images[blob]),
        "blob_sum": np.vdot(detector, raw.images[blob]),
        "image": raw.pixels,
        "digit": raw.label,
        "neuron": k + 1,
        "weights": weights,
        "products": products,
        "example": at,
        "pixel": raw.pixels[at],
        "weight": weights[at],
        "product": raw.pixels[at] * weights[at],
        "up": up,
        "down": down,
        "total": up + down,
        "places": decimals(up, down),
        "rounded": round(up + down),
        "images": len(raw.labels),
        "all_sums": every,
        "lowest": round(min(every)),
        "highest": round(max(every)),
    }


def sections(t: dict[str, Any]) -> list[str]:
    own = t["digit"] is None
    nothing = t["rounded"] == 0
    total = "the-sum" + ("-zero" if nothing else "-own" if own else "")
    return [
        "one-neuron",
        "one-region",
        "the-blob",
        "against",
        "wishes",
        "learned",
        "multiply-own" if own else "multiply",
        total,
        "one-number",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    patch = np.ix_(t["patch_rows"], t["patch_columns"])
    hand = [t["line"], t["detector"]]
    both = [t["stroke_image"], t["blob_image"]]
    return [
        *both,
        t["image"],
        t["stroke_image"][patch],
        *hand,
        *[w * image for w in hand for image in both],
        *[w.reshape(1, 784) for w in (*hand, t["weights"])],
        *[(t["line"] * image).reshape(1, 784) for image in both],
        np.zeros(1),
        t["weights"],
        t["products"],
        t["stroke_on_line"],
        t["blob_on_line"],
        t["stroke_sum"],
        t["blob_sum"],
        t["up"],
        t["down"],
        t["total"],
        t["all_sums"],
    ]


LITERALS = ["×", "=", *[f"{n}".replace("-", "\N{MINUS SIGN}") for n in range(-500, 501, 5)]]


@cache
def by_hand() -> tuple[int, int, int, int]:
    """Row and column of the block, and the places of the two test images."""
    images, found = for_testing()[0], []
    for row in range(28 - HIGH + 1):
        for column in range(28 - WIDE + 1):
            block = images[:, row : row + HIGH, column : column + WIDE]
            inner = block[:, 2:6].sum(axis=(1, 2))
            outer = block[:, :2].sum(axis=(1, 2)) + block[:, 6:].sum(axis=(1, 2))
            stroke = int(np.argmax(inner - outer))
            solid = (inner + outer >= 0.93 * 64) & (inner >= inner[stroke])
            if solid.any() and inner[stroke] >= 0.9 * 32:
                blob = max(np.flatnonzero(solid), key=lambda i: (inner + outer)[i])
                found.append((inner[stroke] - outer[stroke], row, column, stroke, int(blob)))
    best = max(found, key=lambda one: one[0])
    return best[1:]


def followed(raw: Raw) -> int:
    """The neuron of the smallest totals, if its sum is 1 or more and has two sides."""
    ranks = []
    for k, row in enumerate(raw.w[0]):
        up, down = sides(row * raw.pixels.ravel())
        lopsided = min(up, abs(down)) / max(up, abs(down)) < 0.15
        ranks.append((up + down < 1, lopsided, decimals(up, down) > 3, up + abs(down), k))
    return min(ranks)[-1]


def sides(products: np.ndarray) -> tuple[float, float]:
    return float(np.maximum(products, 0).sum()), float(np.minimum(products, 0).sum())


def decimals(up: float, down: float) -> int:
    """So many that the rounded totals add up to the rounded sum."""
    for n in range(2, 6):
        ends = [round(value * 10**n) for value in (up, down, up + down)]
        if ends[0] + ends[1] == ends[2]:
            return n
    return 6


def readable(pixels: np.ndarray, weights: np.ndarray) -> tuple[int, int]:
    """The largest product, of a grey pixel, that is right with two decimals, too."""
    fits = []
    for i, j in np.ndindex(28, 28):
        x, w = pixels[i, j], weights[i, j]
        right = f"{round(round(x, 2) * round(w, 2), 2) + 0.0:.2f}" == f"{round(x * w, 2) + 0.0:.2f}"
        if x > 0.2 and x < 0.95 and right:
            fits.append((abs(x * w), -i, -j))
    _, i, j = max(fits)
    return -i, -j
