"""Squish once more: a layer's sums without a bias, and what its function makes of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts.raw import Raw


def table(raw: Raw) -> dict[str, Any]:
    w, sigmoid = raw.w[0], raw.functions[0] == "sigmoid"
    sums = w @ raw.pixels.ravel()
    many = raw.images.reshape(len(raw.images), -1) @ w.T
    other = strangers(raw, sums, many)
    out, out_many = squash(sums, sigmoid), squash(many, sigmoid)
    rank = sorted(range(len(sums)), key=lambda i: sums[i])
    largest, nearest = rank[-1], min(rank, key=lambda i: abs(sums[i]))
    first = followed(raw, sums)
    ends = [
        max(range(1000), key=lambda i: many[i, first]),
        min(range(1000), key=lambda i: many[i, first]),
    ]
    reach, step = scale([*sums, *many[other], *(many[i, first] for i in ends)])
    all_reach, all_step = scale([*sums, *many.ravel()])
    low = out_many < 0.1 if sigmoid else out_many <= 0
    high = out_many > 0.9 if sigmoid else out_many > 0
    mid = ~(low | high)
    counted = [[0.0, 0.0, 0.0]]
    for row in zip(low, mid, high, strict=True):
        counted.append([counted[-1][k] + row[k].sum() / many.size for k in range(3)])
    passing = [int(i) for i in np.linspace(0, len(many) - 1, 24)]
    sure = out[largest] > (0.95 if sigmoid else 0)
    if not sigmoid:
        flat = rank[0]
    elif sure:
        flat = largest
    else:
        flat = max(rank, key=lambda i: abs(sums[i]))
    return {
        "kind": raw.functions[0],
        "digit": -1 if raw.label is None else raw.label,
        "image": raw.pixels,
        "other_image": raw.images[other],
        "n": len(w),
        "sums": sums,
        "other_sums": many[other],
        "first": first,
        "first_sum": sums[first],
        "extremes": raw.images[ends],
        "extreme_sums": [many[i, first] for i in ends],
        "low": min(sums),
        "high": max(sums),
        "reach": reach,
        "step": step,
        "top": 1.0 if sigmoid else reach,
        "up": 0.5 if sigmoid else step,
        "out": out,
        "order": rank,
        "largest": largest,
        "largest_sum": sums[largest],
        "largest_out": out[largest],
        "nearest": nearest,
        "nearest_sum": sums[nearest],
        "nearest_out": out[nearest],
        "zeros": sum(1 for value in out if value == 0),
        **{
            name: float(squash(np.array([z]), sigmoid)[0])
            for name, z in (("near_out", 5), ("nearer_out", 10), ("nearest_one_out", 20))
        },
        "nudge": 0.1 * reach,
        "nudge_steep": -0.05 * reach if sigmoid else 0.3 * reach,
        "nudge_flat": (0.7 if sigmoid else -0.7) * reach,
        "images": 1000,
        "values": 1000 * len(w),
        "all_reach": all_reach,
        "all_step": all_step,
        "all_top": 1.0 if sigmoid else all_reach,
        "all_up": 0.5 if sigmoid else all_step,
        "counted": np.array(counted),
        "low_share": np.count_nonzero(low) / many.size,
        "mid_share": np.count_nonzero(mid) / many.size,
        "high_share": np.count_nonzero(high) / many.size,
        "parade": np.array([*(raw.images[i] for i in passing), raw.pixels]),
        "parade_sums": np.array([*(many[i] for i in passing), sums]),
        "flat": flat,
        "swing": min(0.5 * abs(sums[flat]), max(abs(w[flat] * raw.pixels.ravel()))),
        "is_sure": bool(sure),
        "is_torn": bool(0.1 <= out[nearest] <= 0.9),
        "is_decided": bool(np.count_nonzero(mid) / many.size < 0.4),
    }


def sections(t: dict[str, Any]) -> list[str]:
    any_number = "any-number-own" if t["digit"] < 0 else "any-number"
    if t["kind"] == "relu":
        return [
            any_number,
            "the-wish-relu",
            "the-squeeze-relu",
            "never-quite-relu",
            "the-curve-relu",
            "steep-and-flat-relu",
            "the-formula-relu",
            "the-sums",
            "the-largest-relu" if t["high"] > 0 else "the-largest-short-relu",
            "the-nearest-relu" if t["low"] <= 0 else "the-nearest-none-relu",
            "all-images-relu",
            "flat-ends-relu",
        ]
    return [
        any_number,
        "the-wish",
        "the-squeeze",
        "never-quite",
        "the-curve",
        "steep-and-flat",
        "the-formula",
        "the-sums",
        "the-largest" if t["largest_out"] > 0.95 else "the-largest-short",
        "the-nearest" if abs(t["nearest_out"] - 0.5) <= 0.4 else "the-nearest-decided",
        "all-images" if t["mid_share"] < 0.4 else "all-images-open",
        "flat-ends",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    axes = [
        np.arange(-t["reach"], t["reach"] + 1, t["step"]),
        np.arange(-t["all_reach"], t["all_reach"] + 1, t["all_step"]),
        np.arange(0, t["top"] + 0.1, t["up"]),
        np.arange(0, t["all_top"] + 0.1, t["all_up"]),
    ]
    reach = t["reach"]
    shares = [t["low_share"], t["mid_share"], t["high_share"]]
    return [
        t["image"],
        t["other_image"],
        t["first_sum"],
        *t["extremes"],
        *t["extreme_sums"],
        t["out"],
        t["out"][[t["flat"]]],
        [1.0],
        *axes,
        np.linspace(-reach, reach, 97),
        np.linspace(-reach, reach, 241),
        *[100 * share for share in shares],
        *[[share] for share in shares],
    ]


LITERALS: list[str] = [
    f"{sign}{value}".replace("-", "\N{MINUS SIGN}")
    for sign in ("", "-")
    for value in (*range(401), 0.5)
]  # numbers at ticks; that they stand at the right ones is a test of its own


def squash(z: np.ndarray, sigmoid: bool) -> np.ndarray:
    return 1 / (1 + np.exp(-z)) if sigmoid else z * (z > 0)


def scale(values: list[float]) -> tuple[float, float]:
    """The first of 2, 5, 10, … of which eight reach as far as all values, and how many do."""
    most = max(10.0, max(values), -min(values))
    for step in (2, 5, 10, 20, 50, 100, 200, 500, 1000):
        for count in range(1, 9):
            if count * step >= most:
                return float(count * step), float(step)
    raise AssertionError


def strangers(raw: Raw, sums: np.ndarray, many: np.ndarray) -> int:
    """Of the other digits' examples the one with the most different sums on the same axis."""
    reach, _ = scale(list(sums))
    best, found = None, -1
    for digit in range(10):
        if digit == raw.label:
            continue
        i = raw.confident(digit)
        beyond = max(0.0, max(abs(many[i])) - reach)
        merit = -beyond, sum(abs(many[i] - sums))
        if best is None or merit > best:
            best, found = merit, i
    return found


def followed(raw: Raw, sums: np.ndarray) -> int:
    """A neuron that is on, with products of both signs, as few as can be."""
    parts = raw.w[0] * raw.pixels.ravel()
    plus, minus = (parts * (parts > 0)).sum(axis=1), -(parts * (parts < 0)).sum(axis=1)
    fits = [
        i
        for i, a in enumerate(raw.a[0])
        if a > 0
        and a >= 0.6 * raw.a[0].max()
        and min(plus[i], minus[i]) >= 0.15 * max(plus[i], minus[i])
        and min(plus[i], minus[i]) > 0
    ]
    return min(fits, key=lambda i: plus[i] + minus[i]) if fits else int(sums.argmax())
