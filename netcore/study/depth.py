"""Why ReLU: one deep network trained twice, once with sigmoids and once with ReLU.

``python -m netglow.netcore.study.depth`` runs the experiment (under a minute on one core) and
writes assets/depth.json, which the film quotes. Everything but the activation of the hidden
layers and what has to follow it is the same: the digits, their order, the seed, the recipe. What
follows it:
the spread of the first weights, as everywhere in netcore (Glorot for the sigmoid, He for ReLU),
and the learning rate, for each the best of `RATES`, judged on training images set aside. Plain
SGD, because Adam divides by the size of the gradient and so hides a small one.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from netglow.netcore.backprop import gradient, one_hot
from netglow.netcore.digits import ASSETS, Digits, load_digits
from netglow.netcore.model import Model
from netglow.netcore.network import ACTIVATIONS, Network, forward_batch
from netglow.netcore.study.facts import accuracy
from netglow.netcore.training import Recipe, train, untrained

DEPTH = ASSETS / "depth.json"
COMMAND = "python -m netglow.netcore.study.depth"
KINDS = ("sigmoid", "relu")
RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
OTHER_SEEDS = (2, 3)
JUDGED = 1000  # training images set aside to choose the rates
MEASURED = 1000  # images over which gradients and slopes are taken
RECIPE = Recipe(
    name="depth",
    hidden=(16,) * 5,
    optimizer="sgd",
    epochs=40,
    lr=RATES[0],
    weight_decay=0.0,
    augmentation=None,
    validation=0,
    checkpoints=2,
)


@dataclass(frozen=True)
class Arm:
    """One of the two networks and how it did.

    accuracy: on unseen images, 0..1, before training and after each epoch (epochs + 1);
    cost: mean over each epoch (epochs,); others: accuracy with other seeds, one list a seed;
    gradient_start, gradient_end: mean size of dC/dw, one number a layer;
    slope_start, slope_end: mean of f'(z), one number a hidden layer;
    tried: each rate and the accuracy it led to on the images set aside.
    """

    activation: str
    rate: float
    accuracy: list[float]
    cost: list[float]
    others: list[list[float]]
    gradient_start: list[float]
    gradient_end: list[float]
    slope_start: list[float]
    slope_end: list[float]
    tried: list[list[float]]
    recipe: dict[str, Any]


def gradient_sizes(network: Network, digits: Digits) -> list[float]:
    """Mean of |dC/dw| over each layer's weights; C is the mean cost over the digits."""
    targets = one_hot(digits.labels, network.sizes[-1])
    return [float(np.abs(dw).mean()) for dw in gradient(network, digits.images, targets)[1]]


def mean_slopes(network: Network, digits: Digits) -> list[float]:
    """Mean of f'(z) over each hidden layer and the digits; for ReLU the share with z > 0."""
    z = forward_batch(network, digits.images).z[:-1]
    return [
        float(ACTIVATIONS[name][1](sums).mean())
        for name, sums in zip(network.activations, z, strict=False)
    ]


def set_aside(digits: Digits, judged: int = JUDGED) -> tuple[Digits, Digits]:
    """(to learn from, to judge rates by): the last ``judged`` images of the training part."""
    return part(digits, slice(None, -judged)), part(digits, slice(-judged, None))


def part(digits: Digits, which: slice) -> Digits:
    """Some of the digits."""
    return Digits(digits.images[which], digits.labels[which], digits.name, digits.checksum)


def start(activation: str, learn: Digits) -> Network:
    """The network before training."""
    return untrained(learn, RECIPE.with_changes(activation=activation))


def curve(model: Model, unseen: Digits) -> list[float]:
    """Accuracy on the unseen images before training and after each epoch."""
    first = accuracy(model.checkpoints[0].network, unseen)
    return [first, *model.history["test_accuracy"].tolist()]


def run(
    activation: str,
    training: Digits,
    unseen: Digits,
    recipe: Recipe = RECIPE,
    rates: Sequence[float] = RATES,
    seeds: Sequence[int] = OTHER_SEEDS,
    judged: int = JUDGED,
) -> Arm:
    """Choose the rate, train with it, measure. The unseen images choose nothing."""
    learn, judge = set_aside(training, judged)
    recipes = [recipe.with_changes(activation=activation, lr=rate) for rate in rates]
    tried = [train(learn, judge, r).accuracy for r in recipes]
    best = recipes[int(np.argmax(tried))]
    model = train(learn, unseen, best)
    others = [train(learn, unseen, best.with_changes(seed=seed)) for seed in seeds]
    batch = part(learn, slice(MEASURED))
    before, after = model.checkpoints[0].network, model.network
    return Arm(
        activation,
        best.lr,
        curve(model, unseen),
        model.history["cost"].tolist(),
        [curve(other, unseen) for other in others],
        gradient_sizes(before, batch),
        gradient_sizes(after, batch),
        mean_slopes(before, batch),
        mean_slopes(after, batch),
        [list(pair) for pair in zip(rates, tried, strict=True)],
        best.as_dict(),
    )


def experiment(path: Path = DEPTH) -> dict[str, Any]:
    """Run both and write what was found to ``path``."""
    training, unseen = load_digits()
    found = {
        "what": "one deep network trained with sigmoids and with ReLU",
        "command": COMMAND,
        "sizes": [training.images[0].size, *RECIPE.hidden, 10],
        "seed": RECIPE.seed,
        "other_seeds": list(OTHER_SEEDS),
        "data": training.name,
        "data_checksum": training.checksum,
        "learned_from": len(training) - JUDGED,
        "judged_on": JUDGED,
        "unseen": len(unseen),
        "measured_on": MEASURED,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "arms": [asdict(run(kind, training, unseen)) for kind in KINDS],
    }
    path.write_text(_written(found), "utf-8")
    return found


def _written(found: dict[str, Any]) -> str:
    """JSON with six digits a number and every list of numbers on one line."""

    def short(value: object) -> object:
        if isinstance(value, float):
            return float(f"{value:.6g}")
        if isinstance(value, list | tuple):
            return [short(v) for v in value]
        return {k: short(v) for k, v in value.items()} if isinstance(value, dict) else value

    def lines(value: object, indent: str) -> str:
        inner = indent + " "
        if (
            isinstance(value, dict)
            and "arms" not in value
            and not any(isinstance(v, list | dict) for v in value.values())
        ):
            return json.dumps(value)
        if isinstance(value, dict):
            rows = [f"{inner}{json.dumps(k)}: {lines(v, inner)}" for k, v in value.items()]
            return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
        if isinstance(value, list) and any(isinstance(v, dict) for v in value):
            return "[" + ", ".join(lines(v, indent) for v in value) + "]"
        return json.dumps(value)

    return lines(short(found), "") + "\n"


def load(path: Path = DEPTH) -> dict[str, Arm]:
    """The stored result by activation. ValueError with one line if the file is not one."""
    try:
        arms = [Arm(**arm) for arm in json.loads(path.read_text("utf-8"))["arms"]]
        found = {arm.activation: arm for arm in arms}
        return {kind: found[kind] for kind in KINDS}
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"{path}: expected the result of the depth experiment ({error!r}); "
            f"make it anew with {COMMAND}"
        ) from None


if __name__ == "__main__":
    for arm in experiment()["arms"]:
        print(
            f"{arm['activation']}: rate {arm['rate']}, {arm['accuracy'][-1]:.1%} right, "
            f"gradient of the first layer {arm['gradient_start'][0]:.1e}",
            file=sys.stderr,
        )
