"""Learning once more: costs by the textbook's formulas, the dial by brute force."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import ndimage

from tests.chapters.facts.raw import Raw, for_testing, for_training


def table(raw: Raw) -> dict[str, Any]:
    images, labels = learned(raw)
    digit = 3 if raw.label is None else raw.label
    nets = networks(raw)
    recipe = raw.meta.get("recipe") or {}
    name = recipe.get("cost", "quadratic")
    passes = [run(raw, w, b, images) for w, b in nets]
    answers = [outputs.argmax(axis=1) for outputs, _, _ in passes]
    example = example_of(name, digit, passes, labels, recorded=len(nets) > 1)
    outputs = passes[0][0][example]
    wanted = np.array([1.0 if k == digit else 0.0 for k in range(10)])
    costs = cost_of(name, outputs, wanted)
    target = (labels[:, None] == np.arange(10)).astype(float)
    means = [cost_of(name, out, target).sum(axis=1).mean() for out, _, _ in passes]
    shares = [(a == labels).mean() for a in answers]
    dial = valley(raw, name, nets[0], passes[0], target)
    last = nets[-1][0][0].reshape(-1, 28, 28)
    ink = for_training()[0].mean(axis=0)
    weight = [
        likeness(image) * (image**2 * (ink > 0.1 * ink.max())).sum() / (image**2).sum()
        for image in last
    ]
    neuron = int(np.argmax(weight))
    test = [run(raw, w, b, raw.images)[0].argmax(axis=1) == raw.labels for w, b in nets]
    shown = some(labels, example)
    deformed = recipe.get("augmentation") or {}
    recorded = len(nets) > 1
    epochs = raw.array("checkpoint.epoch") if recorded else np.zeros(0)
    asked = "small" if recipe.get("weight_decay") else "answers"
    asked = "smooth" if recipe.get("smoothness") else asked
    values, dial_costs, (into, source) = dial
    lowest = int(np.argmin(dial_costs))
    is_right = bool(values[lowest] > nets[0][0][-1][into, source])
    return {
        "examples": len(labels),
        "is_from_them": raw.meta.get("data_checksum") == CHECKSUM,
        "shown": shown,
        "shown_images": images[shown],
        "shown_labels": labels[shown],
        "place": shown.index(example),
        "digit": digit,
        "image": images[example],
        "outputs": outputs,
        "wanted": wanted,
        "differences": np.where(wanted == 1, 1 - outputs, outputs),
        "costs": costs,
        "cost": sum(costs),
        "cost_name": name,
        "is_recorded": recorded,
        "epochs": epochs,
        "epochs_done": int(epochs[-1]) if recorded else 0,
        "mean_costs": np.array(means),
        "mean_first": means[0],
        "mean_last": means[-1],
        "shares_right": np.array(shares),
        "share_first": shares[0],
        "share_last": shares[-1],
        "total": sum(w.size for w in raw.w) + sum(b.size for b in raw.b),
        "dial_from": source,
        "dial_to": into,
        "dial_value": nets[0][0][-1][into, source],
        "dial_values": values,
        "dial_costs": dial_costs,
        "dial_best": values[lowest],
        "dial_near": values[0 if is_right else -1],
        "dial_far": values[-1 if is_right else 0],
        "downhill": "right" if is_right else "left",
        "dials": np.array([w[-1][into] for w, _ in nets]),
        "turned": deformed.get("rotation", 0.0),
        "moved": deformed.get("shift", 0.0),
        "bent": deformed.get("elastic", 0.0),
        "versions": versions(images[example], deformed),
        "steps": int(np.ceil(len(labels) / recipe["batch"])) * raw.meta["epochs_done"],
        "asked": asked,
        "neuron": neuron,
        "neuron_number": neuron + 1,
        "snapshots": np.array([w[0][neuron].reshape(28, 28) for w, _ in nets]),
        "is_static": likeness(last[neuron]) <= 0.3,
        "unseen": 1000,
        "first_unseen": for_testing()[0][:6],
        "right_before": np.count_nonzero(test[0]),
        "right_after": np.count_nonzero(test[-1]),
        "share_after": np.count_nonzero(test[-1]) / 1000,
        "is_right_before": test[0],
        "is_right_after": test[-1],
    }


def sections(t: dict[str, Any]) -> list[str]:
    kinds = {"small": "", "smooth": "-smooth", "answers": "-free"}
    static = "out-of-static" + ("-static" if t["is_static"] else kinds[t["asked"]])
    return [
        "examples",
        *(["a-little-different"] if t["turned"] and t["moved"] and t["bent"] else []),
        "the-cost",
        "one-dial",
        "all-at-once",
        static,
        "never-seen",
        "the-dare-is-won",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    way = t["dials"]
    reached = [
        way[int(s)] + (s - int(s)) * (way[min(int(s) + 1, len(way) - 1)] - way[int(s)])
        for s in (share * (len(way) - 1) for share in (0.0, 0.2, 0.35, 1.0))
    ]
    steps = np.arange(len(way))
    costs = [
        np.interp(share * (len(way) - 1), steps, t["mean_costs"]) for share in (0.0, 0.2, 0.35, 1.0)
    ]
    down = t["dial_best"] - t["dial_value"]
    turned = [t["dial_value"] + share * down for share in (0, 0.75, 1)]
    at = [np.interp(value, t["dial_values"], t["dial_costs"]) for value in turned]
    return [
        t["shown_images"],
        t["image"],
        *t["versions"],
        t["outputs"],
        t["wanted"],
        *t["snapshots"],
        *t["first_unseen"],
        *reached,
        *costs,
        *[[value] for value in turned],
        *at,
        t["dial_values"],
        t["right_before"],
        t["right_after"],
        t["cost"],
    ]


def labels(t: dict[str, Any], raw: Raw) -> dict[str, list[dict[str, Any]]]:
    epochs = [{"epoch": int(epoch)} for epoch in t["epochs"]]
    return {"epoch": epochs, "tick": epochs}


LITERALS = ["def read(pixels):", "return digit", "+", "\N{MINUS SIGN}"]
CHECKSUM = "1b746f45bf13a96d052584a5bd6383125cbb97a0a6428e7ae4ab7067a7a87132"


def networks(raw: Raw) -> list[tuple[list[np.ndarray], list[np.ndarray]]]:
    """Weights and biases of all checkpoints."""
    layers = range(len(raw.w))
    w = [raw.array(f"checkpoint.w.{k}").astype(float) for k in layers]
    b = [raw.array(f"checkpoint.b.{k}").astype(float) for k in layers]
    return [([x[i] for x in w], [x[i] for x in b]) for i in range(len(w[0]))]


def learned(raw: Raw) -> tuple[np.ndarray, np.ndarray]:
    """Images and labels of what it learned from: all but the first of a shuffled heap."""
    images, labels = for_training()
    recipe = raw.meta.get("recipe") or {}
    heap = np.arange(len(labels))
    np.random.default_rng(recipe.get("seed")).shuffle(heap)
    kept = sorted(heap[recipe.get("validation", 0) :])
    return images[kept], labels[kept]


def versions(image: np.ndarray, most: dict[str, float]) -> np.ndarray:
    """(6, 28, 28) the image under deformations drawn like those of training."""
    if not most:
        return np.zeros((0, 28, 28))
    rng, n = np.random.default_rng(1), 6
    turn = np.deg2rad(rng.uniform(-most["rotation"], most["rotation"], n))
    size = 1 + rng.uniform(-most["scale"], most["scale"], (2, n))
    lean = rng.uniform(-most["shear"], most["shear"], n)
    shift = rng.uniform(-most["shift"], most["shift"], (n, 2))
    field = rng.standard_normal((n, 2, 28, 28), dtype=np.float32)
    field = ndimage.gaussian_filter(field, (0, 0, most["smooth"], most["smooth"]), mode="constant")
    field *= most["elastic"] / field.std()
    row, column = np.indices((28, 28)) - 13.5
    made = []
    for k in range(n):
        y, x = row / size[0, k], column / size[1, k]
        x = x + lean[k] * y
        down = np.cos(turn[k]) * y - np.sin(turn[k]) * x + shift[k, 0] + field[k, 0]
        right = np.sin(turn[k]) * y + np.cos(turn[k]) * x + shift[k, 1] + field[k, 1]
        there = [down + 13.5, right + 13.5]
        made.append(ndimage.map_coordinates(image, there, order=1, mode="grid-constant"))
    return np.round(np.array(made) * 255) / 255


def run(
    raw: Raw, w: list[np.ndarray], b: list[np.ndarray], images: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outputs, their sums, and the activations before them, for all images."""
    a = images.reshape(len(images), -1)
    for weights, biases, function in zip(w, b, raw.functions, strict=True):
        before, z = a, a @ weights.T + biases
        a = np.maximum(z, 0) if function == "relu" else 1 / (1 + np.exp(-z))
    return a, z, before


def cost_of(name: str, outputs: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """What each output costs: the negative logarithm of what it gives to the right answer."""
    if name == "quadratic":
        return (outputs - wanted) ** 2
    given = np.where(wanted == 1, outputs, 1 - outputs)
    return -np.log(np.maximum(given, 1e-300))


def example_of(name: str, digit: int, passes: list[Any], labels: np.ndarray, recorded: bool) -> int:
    """The first image of the digit that is read wrong at first and right at last, whose rounded
    numbers add up before and after; then only before; then any that was learned."""
    places = np.flatnonzero(labels == digit)
    first, last = passes[0][0], passes[-1][0]
    learned = [
        i
        for i in places
        if first[i].argmax() != digit and (not recorded or last[i].argmax() == digit)
    ]
    wanted = (np.arange(10) == digit).astype(float)

    def readable(outputs: np.ndarray) -> bool:
        costs = cost_of(name, outputs, wanted)
        off = np.abs(np.round(outputs, 3) - wanted)
        with np.errstate(divide="ignore"):
            again = off**2 if name == "quadratic" else -np.log(1 - off)
        same = np.array_equal(np.round(again, 2), np.round(costs, 2))
        return same and round(sum(np.round(costs * 100))) == round(costs.sum() * 100)

    for wished in ((first, last), (first,)):
        for i in learned:
            if all(readable(outputs[i]) for outputs in wished):
                return int(i)
    return int(learned[0] if learned else places[0])


def valley(
    raw: Raw, name: str, net: Any, passed: Any, target: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[int, int]]:
    """Of the twelve steepest weights of the last layer the first with its lowest cost inside.

    Of what was tried: uphill until the cost has risen twice as much as it can fall, and on the
    other side until it is half as much above the start.
    """
    (w, b), (outputs, _, before) = net, passed
    slope = (outputs - target).T @ before / len(target)
    if name == "quadratic":
        slope = (2 * (outputs - target) * outputs * (1 - outputs)).T @ before / len(target)
    order = sorted(np.ndindex(slope.shape), key=lambda at: -abs(slope[at]))[:12]
    found = []
    for into, source in order:
        values = w[-1][into, source] + np.linspace(-24, 24, 121)
        costs = []
        for value in values:
            other = w[-1].copy()
            other[into, source] = value
            changed = outputs.copy()
            changed[:, into] = 1 / (1 + np.exp(-(before @ other[into] + b[-1][into])))
            costs.append(cost_of(name, changed, target).sum(axis=1).mean())
        found.append((values, np.array(costs), (into, source)))
        if 0 < np.argmin(costs) < 120:
            break
    else:
        found = found[:1]
    values, costs, at = found[-1]
    lowest, fall = int(np.argmin(costs)), costs[60] - costs.min()
    side = 1 if lowest > 60 else -1
    near = far = 60
    while 0 < near < 120 and costs[near] < costs[60] + 2 * fall:
        near -= side
    far = lowest
    while 0 < far < 120 and costs[far] < costs[60] + fall / 2:
        far += side
    seen = slice(min(near, far), max(near, far) + 1)
    return values[seen], costs[seen], at


def likeness(image: np.ndarray) -> float:
    """Correlation of weights with their right and lower neighbours."""
    one = np.concatenate([image[:, 1:].ravel(), image[1:].ravel()])
    other = np.concatenate([image[:, :-1].ravel(), image[:-1].ravel()])
    return float(np.corrcoef(one, other)[0, 1])


def some(labels: np.ndarray, example: int) -> list[int]:
    """40 places: the digits in turn, each round begun three digits later."""
    turn = [(k + 3 * (k // 10)) % 10 for k in range(40)]
    places = [int(np.flatnonzero(labels == digit)[k // 10]) for k, digit in enumerate(turn)]
    if example not in places:
        same = [k for k in range(40) if turn[k] == labels[example]]
        places[same[len(same) // 2]] = example
    return places
