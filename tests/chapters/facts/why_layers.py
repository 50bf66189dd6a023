"""WhyLayers once more: which pixels are a loop, a line, an edge."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from tests.chapters.facts import cutting
from tests.chapters.facts.forward_pass import hardest
from tests.chapters.facts.raw import Raw, for_testing


def table(raw: Raw) -> dict[str, Any]:
    return {
        "hidden_layers": len(raw.w) - 1,
        "image": raw.pixels,
        "image_before": image_before(raw),
        "neuron": int(np.argmax(raw.a[0])),
        **pieces(),
    }


def image_before(raw: Raw) -> np.ndarray:
    """What the chapter before ends with: the image that was asked for, or a hard one."""
    place = raw.index if raw.chosen else hardest(raw)
    return raw.pixels if place is None else raw.images[place]


@cache
def pieces() -> dict[str, Any]:
    """Everything that does not depend on the story."""
    chosen = [*cutting.clearest(9, 1, 1)[:3], cutting.clearest(8, 2, 0)[0]]
    images = [for_testing()[0][i] for i in chosen]
    inks = [cutting.largest_ink(image) for image in images]
    side = max(map(cutting.extent, inks)) + 2
    corners = [cutting.square(ink, side) for ink in inks]

    def seen(image: np.ndarray, k: int) -> np.ndarray:
        top, left = corners[k]
        return image[top : top + side, left : left + side]

    def mask(part: Any, k: int) -> np.ndarray:
        return seen(cutting.mask(part), k)

    (loop, line), (upper, lower) = (cutting.cut(chosen[k])[0] for k in (0, 3))
    ring, row = cutting.slices(loop, 5), cutting.lengths(line, 2)
    longest = max(map(cutting.extent, [*ring, *row]))
    around = cutting.extent(loop) + 6
    makes = np.zeros((10, 3))
    makes[9, :2] = makes[8, 0] = makes[8, 2] = 1
    found = np.array([[1, 1, 0], [1, 0, 1]], float)
    answers = np.zeros((2, 10))
    answers[0, [8, 9]], answers[1, [8, 9]] = (0.5, 1), (1, 0.5)
    gathers = np.array([[1, 1, 1, 1, 1, 0, 0], [0, 0, 0, 0, 0, 1, 1]], float)
    return {
        "nine_whole": images[0],
        "top": corners[0][0],
        "left": corners[0][1],
        "nines": np.array([seen(images[k], k) for k in range(3)]),
        "loops": np.array([mask(cutting.cut(chosen[k])[0][0], k) for k in range(3)]),
        "lines": np.array([mask(cutting.cut(chosen[k])[0][1], k) for k in range(3)]),
        "eight": seen(images[3], 3),
        "upper": mask(upper, 3),
        "lower": mask(lower, 3),
        "pieces": np.array(
            [
                seen(np.where(cutting.mask(part), images[k], 0), k)
                for part, k in ((loop, 0), (line, 0), (lower, 3))
            ]
        ),
        "makes": makes,
        "found": found,
        "loop_alone": np.array([1.0, 0, 0]),
        "sent": np.array(
            [[[makes[d, p] * lit[p] for p in range(3)] for d in range(10)] for lit in found]
        ),
        "answers": answers,
        "ring": np.array([mask(part, 0) for part in ring]),
        "row": np.array([mask(part, 0) for part in row]),
        "bits": np.array(
            [alone(images[0], part, longest, corners[0], side) for part in [*ring, *row]]
        ),
        "gathers": gathers,
        "ring_image": alone(images[0], loop, around),
        "ring_parts": np.array([alone(1.0, part, around, of=loop) for part in ring]) > 0,
        "edge": min(range(5), key=lambda k: cutting.off_chord(ring[k]).max()),
    }


def alone(
    image: Any,
    part: cutting.Pixels,
    side: int,
    corner: tuple[int, int] = (0, 0),
    within: int = 28,
    of: cutting.Pixels | None = None,
) -> np.ndarray:
    """The ink of a part in a square around it, or around another; within a larger square."""
    whole = np.where(cutting.mask(part), image, 0.0)
    top, left = (
        max(low, min(at, low + within - side))
        for at, low in zip(cutting.square(of or part, side), corner, strict=True)
    )
    return whole[top : top + side, left : left + side]


def sections(t: dict[str, Any]) -> list[str]:
    layers = t["hidden_layers"]
    return [
        "why-layers" if layers else "why-layers-none",
        "loops-and-lines",
        "a-neuron-each" + {0: "-none", 1: "-one"}.get(layers, ""),
        "lights-up",
        "reads-off",
        "a-ring-of-edges",
        "layer-by-layer" + {0: "-fewer", 1: "-fewer", 2: ""}.get(layers, "-more"),
        "small-steps",
        "speech",
        "a-hope",
        "one-neuron",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    inputs, image = [raw.pixels.ravel(), *raw.a[:-1]], t["image_before"]
    others = [image.ravel(), *[a[0] for a in raw.pass_of(image[None])[1]]]
    return [
        t["image"],
        t["nine_whole"],
        *t["nines"],
        t["eight"],
        *t["pieces"],
        *t["found"],
        t["loop_alone"],
        t["makes"],
        *t["sent"],
        *t["answers"],
        t["ring_image"],
        *t["bits"],
        np.eye(7),  # every small edge has a neuron
        t["gathers"],
        t["makes"][:, :2],
        np.ones(7),
        np.ones(2),
        t["answers"][0],
        *raw.w,
        *raw.a,
        *[w * a for w, a in zip(raw.w, inputs, strict=True)],
        raw.a[0][[t["neuron"]]],
        image,
        *others,
        *[w * a for w, a in zip(raw.w, others, strict=False)],
    ]


LITERALS = ["n", "e", "t", "w", "ur", "k", "net", "work"]
