"""Layers once more: sizes, what two images cause, who speaks for a neuron and who pushes."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts.raw import Raw


def table(raw: Raw) -> dict[str, Any]:
    hidden = [len(b) for b in raw.b[:-1]]
    named = max(range(10), key=lambda digit: raw.a[-1][digit])
    image, numbers = other(raw, named)
    counts = [(int((w > 0).sum()), int((w < 0).sum())) for w in raw.w[0]]
    focus = min(range(len(counts)), key=lambda i: abs(counts[i][0] - counts[i][1]))
    last = max(1, len(hidden))
    held = raw.a[last - 1]
    sent = raw.w[-1] * held[None, :] if hidden else np.zeros((0, 10))
    pushed = [sum(x for x in sent[:, i] if x > 0) for i in range(len(held))]
    told = [i for i in range(len(held)) if f"{held[i]:.2f}" not in ("0.00", "1.00")]
    source = max(told, key=lambda i: (pushed[i], -i))
    return {
        "inputs": 784,
        "outputs": 10,
        "rows": 28,
        "columns": 28,
        "layers": len(hidden),
        "hidden": tuple(hidden),
        "sizes": ", ".join(map(str, hidden))[::-1].replace(" ,", " dna ", 1)[::-1],
        "size": hidden[0] if hidden and min(hidden) == max(hidden) else 0,
        "fits": bool(hidden) and all(n == 16 for n in hidden) and "recipe" in raw.meta,
        "fewer": tuple(max(n // 2, 1) for n in hidden),
        "more": tuple(-(-3 * n // 2) for n in hidden),
        "image": raw.pixels,
        "a": raw.a,
        "named": named,
        "other_image": image,
        "other_a": numbers,
        "focus": focus,
        "speak_for": counts[focus][0],
        "speak_against": counts[focus][1],
        "source_layer": last,
        "source": source,
        "source_value": held[source],
    }


def other(raw: Raw, named: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """The example of another digit whose first layer is the furthest from the image's."""
    images = raw.images[[raw.confident(digit) for digit in range(10)]]
    _, layers = raw.pass_of(images)
    far = [np.abs(one - raw.a[0]).sum() for one in layers[0]]
    best = max((i for i in range(10) if i != named), key=lambda i: far[i])
    return images[best], [layer[best] for layer in layers]


def sections(t: dict[str, Any]) -> list[str]:
    between = []
    if t["hidden"]:
        kind = "-one" if t["layers"] == 1 else "" if t["size"] else "-unequal"
        between = [f"the-hidden-layers{kind}", "why-this-size" + ("" if t["fits"] else "-other")]
    single = "" if t["hidden"] else "-single"
    return [
        "the-first-layer",
        "the-last-layer",
        *between,
        f"patterns{single}",
        "every-neuron-listens",
        f"its-name{single}",
        "like-a-brain",
        "what-happens",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    return [
        t["image"],
        t["image"].ravel(),
        t["other_image"],
        t["other_image"].ravel(),
        *t["a"],
        *t["other_a"],
        t["inputs"],
        t["outputs"],
        *t["hidden"],
        t["source_value"],
        [t["source_value"]],
        *raw.w,
        *[w * a for w, a in zip(raw.w, [t["image"].ravel(), *t["a"]], strict=False)],
        raw.w[0][[t["focus"]]],
    ]


LITERALS = ["?"]
