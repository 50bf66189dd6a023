"""MatrixProduct once more: the first layer, entry by entry."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from tests.chapters.facts.raw import ASSETS, Raw


def table(raw: Raw) -> dict[str, Any]:
    w, b, x = raw.w[0], raw.b[0], raw.pixels.ravel()
    relu = raw.functions[0] == "relu"
    parts = np.array([[weight * light for weight, light in zip(row, x, strict=True)] for row in w])
    row = followed(parts, raw.a[0])
    start = best_window(w[row], x)
    first = best_rows(raw.a[0], row)
    part = slice(start, start + 5)
    total = float(np.dot(w[row], x))
    timing = json.loads((ASSETS / "timing.json").read_text("utf-8"))
    slower = timing["loop_seconds"] / timing["product_seconds"]
    return {
        "image": raw.pixels,
        "w": w,
        "b": b,
        "a0": x,
        "products": parts,
        "sums": w @ x,
        "z": w @ x + b,
        "a1": raw.a[0],
        "kind": raw.functions[0],
        "is_relu": relu,
        "neurons": w.shape[0],
        "inputs": 784,
        "layers": len(raw.w),
        "row": row,
        "neuron": row + 1,
        "large": range(first, first + 6),
        "shown": 6,
        "window": range(start, start + 5),
        "wide": 5,
        "parts": w[row, part] * x[part],
        "rest": 779,
        "rest_sum": np.delete(parts[row], np.arange(start, start + 5)).sum(),
        "total": total,
        "agrees": adds_up(w[row, part], x[part], total),
        "code": [
            "z = W @ a0 + b",
            "a1 = np.maximum(0, z)" if relu else "a1 = 1 / (1 + np.exp(-z))",
        ],
        "outcome": raw.a[0],
        "loop_us": timing["loop_seconds"] / 1e-6,
        "product_us": timing["product_seconds"] / 1e-6,
        "ratio": int(round(slower, 1 - int(np.floor(np.log10(slower))))),
        "timed_rows": timing["rows"],
        "timed_columns": timing["columns"],
        "processors": timing["processors"],
        "python": timing["python"],
        "numpy": timing["numpy"],
    }


def sections(t: dict[str, Any]) -> list[str]:
    relu = "-relu" if t["is_relu"] else ""
    return [
        "the-column",
        "one-row",
        "row-times-column",
        "the-matrix",
        "every-row",
        f"bias-and-activation{relu}",
        f"read-it{relu}",
        "it-runs",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    rows, columns, count = list(t["large"]), list(t["window"]), t["neurons"]
    longest = max(t["loop_us"], t["product_us"])
    columns_of = [t[name] for name in ("b", "sums", "z")]
    return [
        t["image"],
        t["w"],
        t["a0"],
        t["a1"],
        np.zeros(count),
        t["products"],
        *[values.reshape(-1, 1) for values in columns_of],
        *columns_of,
        t["a0"].reshape(-1, 1),
        *t["w"][np.ix_(rows, columns)].ravel(),
        *t["a0"][columns],
        *t["parts"],
        t["rest_sum"],
        t["total"],
        *[t[name][k] for name in ("b", "sums", "z", "a1") for k in rows],
        [t["loop_us"] / longest, t["product_us"] / longest],
        [t["loop_us"], t["product_us"]],
    ]


LITERALS = ["=", "+", "×", "≈", "< 0.01", "> 0.99"]


def followed(parts: np.ndarray, lights: np.ndarray) -> int:
    """Of the neurons that are on, with much on both sides, the one with the least to add up."""
    best, size = int(lights.argmax()), np.inf
    for k, row in enumerate(parts):
        up, down = row[row > 0].sum(), -row[row < 0].sum()
        both = min(up, down) > 0 and min(up, down) >= 0.15 * max(up, down)
        if lights[k] > 0 and lights[k] >= 0.6 * max(lights) and both and up + down < size:
            best, size = k, up + down
    return best


def two(values: Any) -> Any:
    return np.round(values, 2)


def adds_up(weights: np.ndarray, lights: np.ndarray, total: float) -> bool:
    """Whether everything that is printed with two decimals is true as it is printed."""
    parts = weights * lights
    lines = all(two(two(w) * two(a)) == two(w * a) for w, a in zip(weights, lights, strict=True))
    return bool(lines and abs(sum(two(parts)) + two(total - sum(parts)) - two(total)) < 1e-6)


def best_window(weights: np.ndarray, lights: np.ndarray) -> int:
    """First of five neighbours in one line of pixels: printed rightly, both signs, much in them."""
    total = (weights * lights).sum()

    def rank(k: int) -> tuple[bool, bool, float]:
        shown = two(weights[k : k + 5] * lights[k : k + 5])
        right = adds_up(weights[k : k + 5], lights[k : k + 5], total)
        return right, shown.min() < 0 < shown.max(), float(abs(shown).sum())

    return max((28 * i + k for i in range(28) for k in range(24)), key=rank)


def best_rows(lights: np.ndarray, row: int) -> int:
    """First of six neighbours, the row among them, that are most unlike each other."""
    starts = [k for k in range(len(lights) - 5) if k <= row < k + 6]
    return max(starts, key=lambda k: np.std(lights[k : k + 6]))
