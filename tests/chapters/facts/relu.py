"""ReLU once more: random starts by the same dice, a turned dial by hand, runs from the file."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from tests.chapters.facts.learning import example_of, learned, likeness, networks, run
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
    own, units = networks(raw)[0][0], len(raw.w[0])
    own_moved = heard_by(raw, networks(raw)[0], pixel, units // 2)
    passes = raw.meta["epochs_done"]
    return {
        "kind": {0: "none", 1: raw.functions[0]}.get(len(functions), "mixed"),
        "hidden": len(raw.w) - 1,
        "is_shallow": len(raw.w) <= 3,
        "own_weights": own,
        "own_neuron": units // 2,
        "own_moved": own_moved,
        "arrives": bool(max(own_moved[-1]) >= 0.015),
        "own_epochs": passes,
        "is_longer": passes >= 200 and len(learned(raw)[1]) >= 8000,
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
        seen = "closing" if t["arrives"] else "closing-faint"
        end = seen if t["is_shallow"] else "closing-deep"
    else:
        end = {"relu": "closing-relu", "mixed": "closing-mixed", "none": "closing-none"}[t["kind"]]
    return [
        "one-confession" + told,
        "flat-ends" if t["kind"] == "sigmoid" else "flat-ends-new",
        "whispered",
        "off-or-on-relu" if t["kind"] == "relu" else "off-or-on",
        "passed-on",
        "the-race" if t["is_longer"] else "the-race-only",
        "its-own-shape",
        end,
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    sigmoid = 1 / (1 + np.exp(-np.array([t["flat"], t["steep"]])))
    whispers = ("s_moved", "relu_moved", "own_moved")
    lights = [layer / t["full"] for kind in whispers for layer in t[kind]]
    steps = [1 / (1 + np.exp(-np.array([z - 0.5, z + 0.5]))) for z in (t["flat"], t["steep"])]
    return [
        t["picture"],
        t["weights"],
        t["image"],
        *[[value] for value in sigmoid],
        [t["on"]],  # of ReLU, what goes in
        *[high - low for low, high in steps],
        1.0,  # a step in, and what ReLU makes of it
        [0.8],  # the knob, turned
        *t["s_weights"],
        *t["relu_weights"],
        *t["own_weights"],
        *lights,
        *[100 * run for run in (*t["s_runs"], *t["relu_runs"])],
        *[100 * t[name] for name in ("s_early", "relu_early", "s_end", "relu_end")],
        100 * t["s_runs"][0][0],
        100 * t["relu_runs"][0][0],
        *raw.w,
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


def heard_by(raw: Raw, net: Any, pixel: int, neuron: int) -> list[np.ndarray]:
    """The same in any network, with its biases and functions."""
    found = []
    for extra in (0.0, 1.0):
        a, layers = raw.images.reshape(len(raw.images), -1), []
        top = extra * a[:, pixel]
        for i, (w, b, name) in enumerate(zip(*net, raw.functions, strict=True)):
            z = np.einsum("ni,oi->no", a, w) + b
            if i == 0:
                z[:, neuron] += top
            a = z * (z > 0) if name == "relu" else 1 / (1 + np.exp(-z))
            layers.append(a)
        found.append(layers)
    moves = [abs(after - first).sum(axis=0) for first, after in zip(*found, strict=True)]
    own = moves[0][neuron]
    return [move / own if own else 0 * move for move in moves]


def before(raw: Raw) -> tuple[np.ndarray, np.ndarray]:
    """What Learning ended with: its example, and the weights of the most structured neuron."""
    images, labels_of_them = learned(raw)
    nets = networks(raw)
    digit = 3 if raw.label is None else raw.label
    name = (raw.meta.get("recipe") or {}).get("cost", "quadratic")
    passes = [run(raw, w, b, images) for w, b in nets]
    example = example_of(name, digit, passes, labels_of_them, recorded=len(nets) > 1)
    ink = for_training()[0].mean(axis=0)
    last = nets[-1][0][0].reshape(-1, 28, 28)
    merits = [
        likeness(image) * (image**2 * (ink > 0.1 * ink.max())).sum() / (image**2).sum()
        for image in last
    ]
    return images[example], last[int(np.argmax(merits))]
