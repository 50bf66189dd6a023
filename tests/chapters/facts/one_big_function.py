"""OneBigFunction once more: one neuron, all images, and dials at random."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts.forward_pass import hardest
from tests.chapters.facts.raw import Raw


def table(raw: Raw) -> dict[str, Any]:
    examples = np.array([raw.images[raw.confident(d)] for d in range(10)])
    first = raw.pass_of(examples)[1][0]
    k, others = telling(raw, first)
    seen = np.array([raw.pixels, *[examples[d] for d in others]])
    begin = int(raw.a[-1].argmax()) if raw.label is None else raw.label
    fed = np.array([examples[(begin + step) % 10] for step in (3, 7, 1, 6)])
    yes = [sum(x > 0.5 for x in row) for row in raw.outputs]
    met = raw.index if raw.chosen else hardest(raw)
    place = torn(raw.outputs, yes, met)
    opinions = raw.outputs[place]
    best = sorted(range(len(opinions)), key=lambda d: opinions[d])
    ends = turns(raw)
    total = sum(x.size for x in (*raw.w, *raw.b))
    counts = [*(w.size for w in raw.w), sum(b.size for b in raw.b)]
    reach = np.concatenate([np.full(n, end) for n, end in zip(counts, ends, strict=True)])
    throws = (2 * np.random.Generator(np.random.PCG64(1)).random((3, total)) - 1) * reach
    sigmoid = raw.functions[0] == "sigmoid"
    i = raw.images
    return {
        "image": raw.pixels,
        "w": raw.w[0],
        "b": raw.b[0],
        "a1": raw.a[0],
        "kind": raw.functions[0],
        "code": [
            "z = W @ a0 + b",
            "a1 = 1 / (1 + np.exp(-z))" if sigmoid else "a1 = np.maximum(0, z)",
        ],
        "neuron": k,
        "weights": raw.w[0][k : k + 1],
        "seen": seen,
        "sent": np.array([raw.w[0][k] * image.ravel() for image in seen]),
        "held": [raw.a[0][k], *[first[d, k] for d in others]],
        "inputs": 784,
        "outputs": len(raw.b[-1]),
        "layers": len(raw.w),
        "parameters": total,
        "kinds": raw.functions,
        "all_squish": set(raw.functions) == {"sigmoid"},
        "values": np.concatenate([x.ravel() for x in (*raw.w, *raw.b)]),
        "ends": ends,
        "fed": fed,
        "answers": raw.pass_of(fed)[1][-1],
        "half": 0.5,
        "n": len(raw.labels),
        "one": yes.count(1),
        "several": len(yes) - yes.count(1) - yes.count(0),
        "none": yes.count(0),
        "mostly": 2 * yes.count(1) > len(yes),
        "beliefs": np.array(yes),
        "small": (i[:, ::2, ::2] + i[:, 1::2, ::2] + i[:, ::2, 1::2] + i[:, 1::2, 1::2]) / 4,
        "divided": place,
        "doubtful": raw.images[place],
        "meant": int(raw.labels[place]),
        "opinions": opinions,
        "first": best[-1],
        "second": best[-2],
        "is_divided": max(yes) > 1,
        "is_met": place == met,
        "total": sum(opinions),
        "throws": throws,
        "thrown": np.array([through(raw, dials)[-1] for dials in throws]),
        "output": raw.a[-1],
    }


def sections(t: dict[str, Any]) -> list[str]:
    two = "" if t["several"] and t["none"] else "-never-two" if t["none"] else "-never-none"
    return [
        "a-neuron",
        "the-network" + ("-once" * (t["layers"] == 1) or "-bends" * (not t["all_squish"])),
        "digit-after-digit",
        "does-it-decide" + ("" if t["mostly"] else "-rarely" if t["one"] else "-never"),
        "two-or-none" + (two if t["several"] or t["none"] else "-always-one"),
        ("divided-met" if t["is_met"] else "divided") if t["is_divided"] else "divided-nearest",
        "no-cake",
        "who-picked-it",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    lit = raw.pass_of(t["seen"][-1:])[1]
    sent = [t["seen"][-1].ravel(), *[layer[0] for layer in lit]]
    blocks = [x.size for x in raw.w]
    cuts = np.cumsum(blocks)
    dials = [part for row in (t["values"], *t["throws"]) for part in np.split(row, cuts)]
    return [
        *t["seen"],
        *t["fed"],
        t["image"],
        t["doubtful"],
        t["small"],
        t["beliefs"],
        t["w"],
        t["b"][:, None],
        t["a1"],
        t["weights"],
        *t["sent"][:, None],
        *t["held"],
        *[[held] for held in t["held"]],
        *raw.w,
        *[w * a for w, a in zip(raw.w, sent, strict=False)],
        *sent[1:],
        *dials,
        t["values"],
        *t["throws"],
        *t["answers"],
        *t["thrown"],
        t["output"],
        t["opinions"],
    ]


LITERALS: list[str] = ["z = W @ a0 + b", "a1 = 1 / (1 + np.exp(-z))", "a1 = np.maximum(0, z)"]


def torn(outputs: np.ndarray, yes: list[int], met: int | None) -> int:
    """Of the images with two yes, if possible one that is new, the one with the loudest two."""
    seconds = [sorted(row)[-2] for row in outputs]
    twos = [i for i, count in enumerate(yes) if count > 1]
    if not twos:
        return seconds.index(max(seconds))
    new = [i for i in twos if i != met] or twos
    return max(new, key=lambda i: max(outputs[i]) + seconds[i])


def telling(raw: Raw, first: np.ndarray) -> tuple[int, list[int]]:
    """The lit neuron whose four numbers are farthest apart, none printed as 0 or 1 by rounding."""
    a, squishes = raw.a[0], raw.functions[0] == "sigmoid"
    lit = [unit for unit in range(len(a)) if a[unit] >= max(a) / 2]

    def prints(value: float) -> bool:
        return not squishes or 0.0005 <= value <= 0.9995

    def digits(unit: int) -> list[int]:
        return [d for d in range(10) if d != raw.label and prints(first[d, unit])]

    good = [unit for unit in lit if prints(a[unit]) and len(digits(unit)) > 2]
    every = [d for d in range(10) if d != raw.label]
    tours = {
        unit: three(first[:, unit], a[unit], digits(unit) if good else every)
        for unit in good or lit
    }
    best = max(tours, key=lambda unit: tours[unit][0])
    return best, tours[best][1]


def three(values: Any, start: float, digits: list[int]) -> tuple[float, list[int]]:
    """How far apart four numbers are, and three digits, each the farthest from those before."""
    shown, chosen = [start], []
    for _ in range(3):
        rest = [d for d in digits if d not in chosen]
        chosen.append(max(rest, key=lambda d: min(abs(values[d] - value) for value in shown)))
        shown.append(values[chosen[-1]])
    shown.sort()
    return min(b - a for a, b in zip(shown, shown[1:], strict=False)), chosen


def turns(raw: Raw) -> list[float]:
    """What 95 of 100 dials of a block stay below."""
    blocks = [np.abs(w).ravel() for w in raw.w] + [np.abs(np.concatenate(raw.b))]
    return [float(np.quantile(block, 0.95)) or 1.0 for block in blocks]


def through(raw: Raw, dials: np.ndarray) -> list[np.ndarray]:
    """Activations of the image, layer by layer, with other dials."""
    a, at, found = raw.pixels.ravel(), 0, []
    biases = dials[sum(w.size for w in raw.w) :]
    for w, name in zip(raw.w, raw.functions, strict=True):
        z = dials[at : at + w.size].reshape(w.shape) @ a + biases[: len(w)]
        at, biases = at + w.size, biases[len(w) :]
        a = 1 / (1 + np.exp(-z)) if name == "sigmoid" else np.clip(z, 0, None)
        found.append(a)
    return found
