"""Bias once more: one neuron's sums, where it draws the line, and who is above it."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts import squish
from tests.chapters.facts.raw import Raw


def table(raw: Raw) -> dict[str, Any]:
    before = squish.table(raw)
    neuron = swayed(raw)
    own, bias = raw.w[0][neuron], raw.b[0][neuron]
    sums = [float(image.ravel() @ own) for image in raw.images]
    ask = large(sums)
    most = max(*map(abs, sums), 1.7 * ask)
    step = ask / 2 if most / ask <= 4 else ask
    reach = next(i * step for i in range(1, 10**6) if i * step >= most)
    places = 2 if ask < 5 else 1
    sigmoid = before["kind"] == "sigmoid"
    biases = sorted([*(ask * i / 10 for i in range(-10, 11)), bias])
    passing = [(b, first_above(sums, b)) for b in biases]
    passing = [(b, i) for b, i in passing if i is not None]
    mine = np.zeros_like(raw.w[0])
    mine[neuron] = own * raw.pixels.ravel()
    return {
        "kind": before["kind"],
        **{f"wide_{name}": before[f"all_{name}"] for name in ("reach", "step", "top", "up")},
        "flat_sum": before["sums"][before["flat"]],
        "flat_swing": before["swing"],
        "neuron": neuron,
        "sums": np.array(sums),
        "images": 1000,
        "faces": raw.images,
        "weights": own.reshape(28, 28),
        "ask": ask,
        "reach": reach,
        "step": step,
        "top": 1.0 if sigmoid else reach,
        "up": 0.5 if sigmoid else step,
        "beads": beads(ask, reach),
        "low_count": sum(s > ask for s in sums),
        "high_count": sum(s > -ask for s in sums),
        "bias": bias,
        "places": places,
        "bias_said": float(f"{bias:.{places}f}"),
        "side": "zero" if abs(bias) / ask <= 0.05 else ["generous", "strict"][int(bias < 0)],
        "count": sum(s > -bias for s in sums),
        "bare_count": sum(s > 0 for s in sums),
        "stops": [b for b, _ in passing],
        "just": [i for _, i in passing],
        "image": raw.pixels,
        "contributions": mine,
        "activation": raw.a[0][neuron],
    }


def sections(t: dict[str, Any]) -> list[str]:
    relu = "-relu" if t["kind"] == "relu" else ""
    side = {"strict": "", "generous": "-generous", "zero": "-zero"}[t["side"]]
    return [
        f"the-line{relu}",
        "hard-to-please",
        f"before-squishing{relu}",
        "its-name",
        "sign-turned",
        "all-images" if t["low_count"] > 0 else "all-images-none",
        "turn-it-up",
        f"learned{side}",
        "weights-and-bias",
        "one-neuron",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    sigmoid = t["kind"] == "sigmoid"
    ends = [-t["ask"], t["ask"], t["bias"]]
    units = len(raw.w[0])
    return [
        *(squish.squash(t["beads"] + bias, sigmoid) for bias in (0, -t["ask"])),
        *(squish.squash(t["sums"] + bias, sigmoid) for bias in ends),
        squish.squash(np.array([t["flat_sum"]]), sigmoid),
        *ends,
        *([bias] for bias in ends),
        t["low_count"],
        t["high_count"],
        t["count"],
        t["bare_count"],
        *t["faces"][t["just"]],
        t["weights"],
        t["image"],
        *raw.w,
        t["activation"] * (np.arange(units) == t["neuron"]),
        [t["activation"]],
    ]


LITERALS: list[str] = []


def swayed(raw: Raw) -> int:
    """The neuron that most images light up only with, or only without, its bias.

    Better is one that at least one image lights up against a large demand.
    """
    found = []
    for i, own in enumerate(raw.w[0]):
        sums = [float(image.ravel() @ own) for image in raw.images]
        changed = sum(bool(s > 0) != bool(s + raw.b[0][i] > 0) for s in sums)
        found.append((max(sums) > large(sums), changed))
    return found.index(max(found))


def large(sums: list[float]) -> float:
    """The next of 1, 2, 5, 10, … that nine sums in ten stay below, whatever their signs."""
    sizes = sorted(map(abs, sums))
    enough = sizes[-(-len(sizes) * 9 // 10) - 1]
    round_ones = [float(f"{digit}e{power}") for power in range(-3, 9) for digit in (1, 2, 5)]
    return next(number for number in round_ones if number >= enough)


def beads(ask: float, reach: float) -> np.ndarray:
    """Sums of the imagined neurons: as near to each other as 24 spaces allow."""
    for parts in (5, 4, 2, 1):
        if parts == 1 or 2 * reach * parts / ask <= 24:
            places = range(-10 * parts * 100, 10 * parts * 100)
            inside = [k * ask / parts for k in places]
            return np.array([v for v in inside if -reach - 1e-9 <= v <= reach + ask + 1e-9])
    raise AssertionError


def first_above(sums: list[float], bias: float) -> int | None:
    """Which image has the smallest sum that is above minus the bias."""
    above = [i for i in range(len(sums)) if sums[i] > -bias]
    return min(above, key=lambda i: sums[i]) if above else None
