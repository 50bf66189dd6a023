"""ReLU once more: random starts by the same dice, a turned dial by hand, runs from the file."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from tests.chapters.facts.learning import example_of, likeness, networks, run
from tests.chapters.facts.raw import ASSETS, Raw, for_training

SIZES = (784, 16, 16, 16, 16, 16, 10)
NEURON = 8


def table(raw: Raw) -> dict[str, Any]:
    images = for_training()[0]
    ink = images.reshape(-1, 784).sum(axis=0)
    pixel = int(np.flatnonzero(ink == ink.max())[0])
    stored = json.loads((ASSETS / "depth.json").read_text("utf-8"))
    runs = {
        arm["activation"]: np.array([arm["accuracy"]] + arm["others"]) for arm in stored["arms"]
    }
    start = {kind: dice(kind) for kind in ("sigmoid", "relu")}
    moved = {kind: heard(kind, w, raw.images, pixel) for kind, w in start.items()}
    functions = set(raw.functions[:-1])
    picture, weights = before(raw)
    return {
        "kind": {0: "none", 1: raw.functions[0]}.get(len(functions), "mixed"),
        "hidden": len(raw.w) - 1,
        "is_shallow": len(raw.w) <= 3,
        "picture": picture,
        "weights": weights,
        "image": raw.pixels,
        "flat": -3.5,
        "steep": 0.0,
        "on": 0.5,
        "swing": 0.5,
        "layers": 5,
        "units": 16,
        "s_weights": start["sigmoid"],
        "relu_weights": start["relu"],
        "pixel": pixel,
        "neuron": NEURON,
        "turn": 1.0,
        "unseen": 1000,
        "s_moved": moved["sigmoid"],
        "relu_moved": moved["relu"],
        "full": 0.05,
        "epochs": 40,
        "s_runs": runs["sigmoid"],
        "relu_runs": runs["relu"],
        "early": 5,
        "s_early": runs["sigmoid"][0][5],
        "relu_early": runs["relu"][0][5],
        "s_end": runs["sigmoid"][0][40],
        "relu_end": runs["relu"][0][40],
        "guess": 0.1,
        "first_year": 1969,
        "then_year": 2011,
        "decades": range(1980, 2001, 10),
    }


def sections(t: dict[str, Any]) -> list[str]:
    told = {"sigmoid": "", "relu": "-relu"}.get(t["kind"], "-other")
    if t["kind"] == "sigmoid":
        end = "closing" if t["is_shallow"] else "closing-deep"
    else:
        end = {"relu": "closing-relu", "mixed": "closing-mixed", "none": "closing-none"}[t["kind"]]
    return [
        "one-confession" + told,
        "flat-ends" if t["kind"] == "sigmoid" else "flat-ends-new",
        "whispered",
        "off-or-on-relu" if t["kind"] == "relu" else "off-or-on",
        "passed-on",
        "the-race",
        "its-own-shape",
        end,
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    sigmoid = 1 / (1 + np.exp(-np.array([t["flat"], t["steep"]])))
    lights = [layer / t["full"] for kind in ("s_moved", "relu_moved") for layer in t[kind]]
    read = [raw.pixels.ravel(), *raw.a]
    return [
        t["picture"],
        t["weights"],
        t["image"],
        *[[value] for value in sigmoid],
        [t["on"]],  # of ReLU, what goes in
        [0.8],  # the knob, turned
        *t["s_weights"],
        *t["relu_weights"],
        *lights,
        *[100 * run for run in (*t["s_runs"], *t["relu_runs"])],
        *[100 * t[name] for name in ("s_early", "relu_early", "s_end", "relu_end")],
        100 * t["s_runs"][0][0],
        100 * t["relu_runs"][0][0],
        *raw.w,
        *read,
        *[w * a for w, a in zip(raw.w, read, strict=False)],
    ]


def labels(t: dict[str, Any], raw: Raw) -> dict[str, list[dict[str, Any]]]:
    return {"year": [{"year": y} for y in (t["first_year"], t["then_year"], *t["decades"])]}


LITERALS = ["def read(pixels):", "return digit", "%"]


def dice(kind: str) -> list[np.ndarray]:
    """Weights (out, in) of the deep network before training: normal, by Glorot or by He."""
    rng = np.random.default_rng(1)
    rng.permutation(8000)  # of the images to learn from; none is set aside
    made = []
    for i in range(len(SIZES) - 1):
        into, out = SIZES[i : i + 2]
        last = i == len(SIZES) - 2
        spread = (2 / into) ** 0.5 if kind == "relu" and not last else (2 / (into + out)) ** 0.5
        made.append(rng.normal(0, spread, (out, into)).astype(np.float32).astype(float))
    return made


def heard(kind: str, w: list[np.ndarray], images: np.ndarray, pixel: int) -> list[np.ndarray]:
    """How far all neurons move when the sum of one gets the pixel once more on top."""

    def through(extra: float) -> list[np.ndarray]:
        a, found = images.reshape(len(images), -1), []
        top = a[:, pixel] * extra
        for i, weights in enumerate(w):
            z = np.einsum("ni,oi->no", a, weights)
            if i == 0:
                z[:, NEURON] += top
            hidden = kind == "relu" and i < len(w) - 1
            a = z * (z > 0) if hidden else 1 / (1 + np.exp(-z))
            found.append(a)
        return found

    moves = [abs(b - a).sum(axis=0) for a, b in zip(through(0.0), through(1.0), strict=True)]
    return [move / moves[0][NEURON] for move in moves]


def before(raw: Raw) -> tuple[np.ndarray, np.ndarray]:
    """What Learning ended with: its example, and the weights of the most structured neuron."""
    images, labels_of_them = for_training()
    nets = networks(raw)
    digit = 3 if raw.label is None else raw.label
    name = (raw.meta.get("recipe") or {}).get("cost", "quadratic")
    passes = [run(raw, w, b, images) for w, b in nets]
    example = example_of(name, digit, passes, labels_of_them, recorded=len(nets) > 1)
    ink = images.mean(axis=0)
    last = nets[-1][0][0].reshape(-1, 28, 28)
    merits = [
        likeness(image) * (image**2 * (ink > 0.1 * ink.max())).sum() / (image**2).sum()
        for image in last
    ]
    return images[example], last[int(np.argmax(merits))]
