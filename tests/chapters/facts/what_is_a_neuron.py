"""WhatIsANeuron once more: which number, which pixel, which row."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts.raw import Raw


def table(raw: Raw) -> dict[str, Any]:
    image = raw.pixels
    everything = [
        (abs(number - 0.75), layer, i, number)
        for layer, numbers in enumerate(raw.a, start=1)
        for i, number in enumerate(numbers)
    ]
    _, layer, neuron, held = min(everything)
    grey = between(image)
    row = best_row(image)
    return {
        "image": image,
        "rows": 28,
        "columns": 28,
        "count": 784,
        "layer": layer,
        "neuron": neuron,
        "held": held,
        "pixel_row": grey[0],
        "pixel_column": grey[1],
        "value": image[grey],
        "is_half": 0.4 <= image[grey] <= 0.6,
        "dark_column": max(range(28), key=lambda k: (-image[grey[0], k], abs(k - grey[1]), -k)),
        "bright_column": min(range(28), key=lambda k: (-image[grey[0], k], abs(k - grey[1]), k)),
        "row": row,
        "row_values": image[row],
        "strokes": crossings(image[row]),
    }


def sections(t: dict[str, Any]) -> list[str]:
    return [
        "the-network",
        "holds-a-number",
        "one-pixel",
        "its-neuron" if t["is_half"] else "its-neuron-other",
        "activation",
        {1: "one-row-once", 2: "one-row"}.get(t["strokes"], "one-row-other"),
        "all-rows",
        "what-next",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; 0 and 1 are the ends of the scale."""
    return [
        t["image"],
        t["image"].reshape(784),
        t["held"],
        [t["held"]],
        t["value"],
        [t["value"]],
        *t["image"][t["pixel_row"]],
        *([value] for value in t["image"][t["pixel_row"]]),
        t["row_values"],
        t["columns"],
        t["count"],
        *raw.w,
        *[np.zeros(len(b)) for b in raw.b],
    ]


LITERALS: list[str] = []


def between(image: np.ndarray) -> tuple[int, int]:
    """The pixel nearest to a half among the greys that touch ink and paper; else among all."""
    found = []
    for i in range(28):
        for k in range(28):
            around = [
                image[y, x] if 0 <= y < 28 and 0 <= x < 28 else 0.0
                for y, x in ((i - 1, k), (i + 1, k), (i, k - 1), (i, k + 1))
            ]
            told = 0 < image[i, k] < 1 and max(around) >= 0.9 and min(around) <= 0.1
            found.append((not told, round(abs(image[i, k] - 0.5), 9), i, k))
    return min(found)[2:]


def crossings(row: np.ndarray) -> int:
    """Letters for dark, grey and bright; a stroke is bright pixels, strokes have dark between."""
    letters = "".join("d" if v <= 0.2 else "b" if v > 0.5 else "g" for v in row)
    if letters[0] != "d" or letters[-1] != "d" or "b" not in letters:
        return 0
    inside = letters.strip("dg")
    gaps = [gap for gap in inside.split("b") if gap]
    return len(gaps) + 1 if all("d" in gap for gap in gaps) else 0


def best_row(image: np.ndarray) -> int:
    rank = {2: 2, 1: 1}
    merits = [(rank.get(crossings(row), 0), len(set(row.tolist()))) for row in image]
    return merits.index(max(merits))
