"""Training: mini-batches, Adam or SGD, one callback an epoch. Never prints."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.augment import deformed
from netglow.netcore.backprop import backpropagate, one_hot
from netglow.netcore.digits import Digits
from netglow.netcore.model import HISTORY, Checkpoint, Model
from netglow.netcore.network import CLASS_NAMES, Network, frozen, propagate
from netglow.netcore.optimizers import OPTIMIZERS, learning_rate
from netglow.netcore.recipe import DEFAULT, QUICK, RELU, Recipe

__all__ = ["DEFAULT", "QUICK", "RELU", "Progress", "Recipe", "train"]


@dataclass(frozen=True)
class Progress:
    """What the callback gets after each epoch."""

    epoch: int  # from 1
    epochs: int
    cost: float  # mean over the epoch's training batches
    train_accuracy: float  # on training images as they are, not deformed
    test_accuracy: float  # on the unseen images
    seconds: float  # since the start


class _Run:
    """The images as rows, and the weights in float32 while they change."""

    def __init__(self, digits: Digits, recipe: Recipe):
        self.recipe = recipe
        self.shape = digits.images.shape[1:]
        self.rng = np.random.default_rng(recipe.seed)
        order = self.rng.permutation(len(digits))
        held, used = order[: recipe.validation], order[recipe.validation :]
        rows = _rows(digits)
        self.rows, self.labels = rows[used], digits.labels[used]
        self.held_rows, self.held_labels = rows[held], digits.labels[held]
        self.targets = one_hot(self.labels, len(CLASS_NAMES), np.float32)
        self.batches = -(-len(used) // recipe.batch)
        self.done = 0  # batches learnt from
        self.step = OPTIMIZERS[recipe.optimizer](recipe.momentum)
        self.w, self.b = [], []
        sizes = (rows.shape[1], *recipe.hidden, len(CLASS_NAMES))
        for fan_in, fan_out, name in zip(sizes[:-1], sizes[1:], recipe.activations, strict=True):
            # Glorot (2010) for the sigmoid, He (2015) for ReLU.
            spread = np.sqrt(2 / fan_in) if name == "relu" else np.sqrt(2 / (fan_in + fan_out))
            self.w.append(self.rng.normal(0, spread, (fan_out, fan_in)).astype(np.float32))
            self.b.append(np.zeros(fan_out, dtype=np.float32))

    def epoch(self) -> float:
        """Learn from every image once, in batches; returns the mean cost of the batches."""
        how, costs = self.recipe.augmentation, []
        images = deformed(self.rows, self.shape, how, self.rng) if how else self.rows
        for batch in np.array_split(self.rng.permutation(len(self.rows)), self.batches):
            costs.append(self.learn(images[batch], self.targets[batch]))
        return float(np.mean(costs))

    def learn(self, rows: NDArray[Any], targets: NDArray[Any]) -> float:
        """One step on one batch; returns the batch's mean cost before it."""
        recipe = self.recipe
        share = self.done / (self.batches * recipe.epochs)
        lr = recipe.lr * learning_rate(share, recipe.warmup)
        cost, dw, db = backpropagate(self.w, self.b, recipe.activations, rows, targets, recipe.cost)
        self.step(self.w + self.b, dw + db, lr)
        for w in self.w:
            w *= 1 - lr * recipe.weight_decay
        self.done += 1
        return cost

    def right(self, rows: NDArray[Any], labels: NDArray[Any]) -> float:
        """Share of the images answered correctly, 0..1; 0 if there are none."""
        output = propagate(self.w, self.b, self.recipe.activations, rows)[1][-1]
        return float((output.argmax(axis=1) == labels).mean()) if len(labels) else 0.0

    def network(self) -> Network:
        w, b = (tuple(map(frozen, arrays)) for arrays in (self.w, self.b))
        return Network(w, b, self.recipe.activations, self.shape)


def _rows(digits: Digits) -> NDArray[np.float32]:
    return digits.images.reshape(len(digits), -1).astype(np.float32)


def checkpoint_epochs(epochs: int, count: int) -> list[int]:
    """About `count` epochs from 0 to the last, closer together early, where most changes."""
    spaced = np.geomspace(1, max(epochs, 1), count - 1)
    return sorted({0, *np.rint(spaced).astype(int).tolist(), epochs})


def untrained(train_digits: Digits, recipe: Recipe = DEFAULT) -> Network:
    """The network that :func:`train` begins with: its checkpoint of epoch 0."""
    return _Run(train_digits, recipe).network()


def train(
    train_digits: Digits,
    test_digits: Digits,
    recipe: Recipe = DEFAULT,
    on_epoch: Callable[[Progress], object] | None = None,
) -> Model:
    """Train a network by the recipe. The test digits are only counted, never learnt or chosen by.

    KeyboardInterrupt (Ctrl-C, also out of the callback) ends the run early; then the network
    that did best on the validation part so far is kept, with the history up to its epoch. In
    the first epoch there is none yet and the interrupt goes on to the caller.
    Raises ValueError if the recipe sets aside more images than there are.
    """
    if not recipe.validation < len(train_digits):
        raise ValueError(
            f"recipe: {recipe.validation} images for validation leave none to learn from, "
            f"{train_digits.name} has {len(train_digits)}"
        )
    started = time.monotonic()
    run = _Run(train_digits, recipe)
    unseen = _rows(test_digits)
    wanted = checkpoint_epochs(recipe.epochs, recipe.checkpoints)
    checkpoints = [Checkpoint(0, run.network())]
    history: list[tuple[float, float, float]] = []
    best = (-1.0, checkpoints[0])
    try:
        for epoch in range(1, recipe.epochs + 1):
            history.append(
                (
                    run.epoch(),
                    run.right(run.rows, run.labels),
                    run.right(unseen, test_digits.labels),
                )
            )
            now = Checkpoint(epoch, run.network())
            if epoch in wanted:
                checkpoints.append(now)
            judged = run.right(run.held_rows, run.held_labels)
            if judged >= best[0]:
                best = judged, now
            if on_epoch:
                on_epoch(Progress(epoch, recipe.epochs, *history[-1], time.monotonic() - started))
        kept = now
    except KeyboardInterrupt:
        kept = best[1]
        if kept.epoch == 0:
            raise
    return _model(kept, checkpoints, history[: kept.epoch], recipe, train_digits, len(test_digits))


def _model(
    kept: Checkpoint,
    checkpoints: list[Checkpoint],
    history: list[tuple[float, float, float]],
    recipe: Recipe,
    digits: Digits,
    sample: int,
) -> Model:
    """The finished run with its history and provenance."""
    meta = {
        "data": digits.name,
        "data_checksum": digits.checksum,
        "seed": recipe.seed,
        "recipe": recipe.as_dict(),
        "accuracy": history[-1][2],
        "accuracy_sample": sample,
        "epochs_done": kept.epoch,
    }
    curves = dict(zip(HISTORY, np.array(history).T, strict=True))
    earlier = [c for c in checkpoints if c.epoch < kept.epoch]
    return Model(kept.network, (*earlier, kept), curves, meta)
