"""ThirteenThousand once more: everything counted, thrown and read anew."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts.bias import swayed
from tests.chapters.facts.raw import Raw


def table(raw: Raw) -> dict[str, Any]:
    shapes = [w.shape for w in raw.w]
    units = [out for out, _ in shapes]
    total = sum(out * into + out for out, into in shapes)
    mine = swayed(raw)  # as in Bias
    sent, own = np.zeros(shapes[0]), np.zeros(shapes[0])
    sent[mine] = raw.w[0][mine] * raw.pixels.ravel()
    own[mine] = raw.w[0][mine]
    ends = [nearly_all(w) for w in raw.w] + [nearly_all(np.hstack(raw.b))]
    pixel = max(
        range(shapes[0][1]),
        key=lambda i: abs(sent[mine, i]) if abs(raw.w[0][mine, i]) <= 0.85 * ends[0] else -1,
    )
    sizes = [out * into for out, into in shapes] + [sum(units)]
    per_dial = np.hstack([[end] * size for end, size in zip(ends, sizes, strict=True)])
    random = (2 * np.random.Generator(np.random.PCG64(1)).random((4, total)) - 1) * per_dial
    luck = [read_rightly(raw, *apart(raw, row)) for row in random[1:]]
    steps, shares = training(raw)
    after = float(np.mean(raw.answers == raw.labels))
    above = luck[0] - 1 / units[-1]
    seconds = total
    return {
        "image": raw.pixels,
        "layers": len(shapes),
        "inputs": 784,
        "units": units[0],
        "neuron": mine,
        "own": own,
        "counts": sizes[:-1],
        "units_in": units,
        "first": 784 * units[0],
        "weights": total - sum(units),
        "biases": sum(units),
        "total": total,
        "values": np.hstack([*map(np.ravel, raw.w), *raw.b]),
        "ends": ends,
        "dial": 784 * mine + pixel,
        "dial_row": 1 + pixel // 28,
        "dial_column": 1 + pixel % 28,
        "dial_neuron": mine + 1,
        "dial_value": raw.w[0][mine, pixel],
        "dial_end": ends[0],
        "hours": int(seconds / 60 / 60),
        "minutes": int(seconds / 60) - 60 * int(seconds / 3600),
        "hand": random[0],
        "throws": random[1:],
        "luck": luck,
        "random": luck[0],
        "second": luck[1],
        "third": luck[2],
        "chance": 1 / units[-1],
        "compared": "alike" if -0.03 < above < 0.03 else "worse" if above < 0 else "better",
        "n": len(raw.labels),
        "steps": steps,
        "step_shares": shares,
        "checkpoints": len(steps),
        "half": (len(steps) - len(steps) % 2) // 2,
        "before": shares[0] if shares else after,
        "after": after,
    }


def sections(t: dict[str, Any]) -> list[str]:
    rest = {1: "-none", 2: "-one", 3: ""}.get(t["layers"], "-deep")
    if t["hours"] >= 2:
        time = "" if t["minutes"] >= 2 else "-hours"
    else:
        time = "-hour" if t["hours"] else "-minutes"
    return [
        "one-neuron",
        "the-rest" + rest,
        "dials",
        "by-hand",
        "one-second" + time,
        "at-random" + {"alike": "", "worse": "-worse", "better": "-better"}[t["compared"]],
        "by-examples" + ("" if t["checkpoints"] else "-unrecorded"),
        "learning",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    begun = np.where(np.arange(t["total"]) < 4, t["hand"], 0)  # four are turned slowly
    last = t["steps"][-1] if len(t["steps"]) else t["values"]
    told = [0, t["half"]] if len(t["steps"]) else []  # of the training, while it is spoken of
    rows = [t["values"], begun, t["hand"], *t["throws"], *[t["steps"][i] for i in told], last]
    shares = [*t["luck"], *[t["step_shares"][i] for i in told], t["before"], t["after"]]
    return [
        t["image"],
        t["own"],
        *raw.w,
        *rows,
        *[part for row in rows for part in blocks(raw, row)],
        *[[row[t["dial"]]] for row in (t["values"], t["hand"], last)],
        t["dial_value"],
        t["inputs"],
        *t["counts"],
        t["weights"],
        t["biases"],
        t["total"],
        *[4, t["total"] % 60, t["minutes"], t["hours"]],
        *[100 * share for share in shares],
        *[[share] for share in shares],
    ]


LITERALS = ["+", "\N{MINUS SIGN}", "0", "=", "%"]


def labels(t: dict[str, Any], raw: Raw) -> dict[str, list[dict[str, Any]]]:
    return {
        "product": [{"sources": w.shape[1], "targets": w.shape[0]} for w in raw.w],
        "more": [{"n": len(b)} for b in raw.b],
    }


def nearly_all(values: np.ndarray) -> float:
    """The size that 95 of 100 values do not exceed, between two on a straight line."""
    sizes = sorted(abs(float(v)) for v in values.ravel())
    place = 0.95 * (len(sizes) - 1)
    below, rest = int(place), place - int(place)
    above = sizes[min(below + 1, len(sizes) - 1)]
    return sizes[below] * (1 - rest) + above * rest or 1.0


def blocks(raw: Raw, row: np.ndarray) -> list[np.ndarray]:
    """A row of parameters as the dials of each layer's weights, and those of all biases."""
    found, start = [], 0
    for w in raw.w:
        found.append(row[start : start + w.size])
        start += w.size
    return [*found, row[start:]]


def apart(raw: Raw, row: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Weights and biases, from a row of parameters."""
    *flat, biases = blocks(raw, row)
    w = [part.reshape(like.shape) for part, like in zip(flat, raw.w, strict=True)]
    b = []
    for like in raw.b:
        b.append(biases[: len(like)])
        biases = biases[len(like) :]
    return w, b


def read_rightly(raw: Raw, w: list[np.ndarray], b: list[np.ndarray]) -> float:
    """Share of the test images whose largest output is that of their label."""
    a = raw.images.reshape(-1, 784)
    for weights, biases, name in zip(w, b, raw.functions, strict=True):
        z = np.einsum("ni,ji->nj", a, weights, optimize=True) + biases
        a = z * (z > 0) if name == "relu" else 0.5 + 0.5 * np.tanh(z / 2)
    return float(np.mean([int(np.argmax(a[i])) == raw.labels[i] for i in range(len(a))]))


def training(raw: Raw) -> tuple[list[np.ndarray], list[float]]:
    """What was kept of the training, a row each, and the share that was read rightly then."""
    count = len(raw.array("checkpoint.epoch"))
    if count < 2:
        return [], []
    kept = [
        (
            [raw.array(f"checkpoint.w.{l}")[i].astype(float) for l in range(len(raw.w))],
            [raw.array(f"checkpoint.b.{l}")[i].astype(float) for l in range(len(raw.b))],
        )
        for i in range(count)
    ]
    rows = [np.hstack([*map(np.ravel, w), *b]) for w, b in kept]
    return rows, [read_rightly(raw, w, b) for w, b in kept]
