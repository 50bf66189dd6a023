"""Training: mini-batches, Adam or SGD, one callback an epoch. Never prints."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netcore.augment import deformed
from netcore.backprop import backpropagate, one_hot
from netcore.digits import Digits
from netcore.model import Checkpoint, Model
from netcore.network import CLASS_NAMES, Network, propagate
from netcore.optimizers import OPTIMIZERS, learning_rate, smoothed
from netcore.recipe import DEFAULT, QUICK, RELU, Recipe

__all__ = ["DEFAULT", "QUICK", "RELU", "Progress", "Recipe", "train"]


@dataclass(frozen=True)
class Progress:
    """What the callback gets after each epoch; epoch 0 is before training."""

    epoch: int
    epochs: int
    cost: float  # mean over the epoch's training batches; before training over all images
    train_accuracy: float  # on training images as they are, not deformed
    test_accuracy: float  # on the unseen images
    seconds: float  # since the start


class _Run:
    """Weights in float32 while they change."""

    def __init__(self, recipe: Recipe, pixels: int, classes: int, rng: np.random.Generator):
        self.recipe = recipe
        self.sizes = (pixels, *recipe.hidden, classes)
        self.w, self.b = [], []
        for fan_in, fan_out, name in zip(
            self.sizes[:-1], self.sizes[1:], recipe.activations, strict=True
        ):
            # Glorot (2010) for the sigmoid, He (2015) for ReLU.
            spread = np.sqrt(2 / fan_in) if name == "relu" else np.sqrt(2 / (fan_in + fan_out))
            self.w.append(rng.normal(0, spread, (fan_out, fan_in)).astype(np.float32))
            self.b.append(np.zeros(fan_out, dtype=np.float32))
        self.mean = [p.copy() for p in self.w + self.b]
        self.step = OPTIMIZERS[recipe.optimizer](recipe.momentum)
        self.steps = 0

    def learn(self, rows: NDArray, targets: NDArray, lr: float, shape: tuple[int, int]) -> float:
        recipe, layers = self.recipe, len(self.w)
        cost, dw, db = backpropagate(
            self.w, self.b, recipe.activations, rows, targets, recipe.cost
        )
        self.step(self.w + self.b, dw + db, lr)
        for w in self.w:
            w *= 1 - lr * recipe.weight_decay
        if recipe.smoothness:
            smoothed(self.w[0], shape, lr * recipe.smoothness)
        self.steps += 1
        keep = min(recipe.averaging, (1 + self.steps) / (10 + self.steps))
        if recipe.averaging:
            for mean, now in zip(self.mean, self.w + self.b, strict=True):
                mean += (1 - keep) * (now - mean)
        else:
            self.mean = self.w + self.b
        return cost

    def right(self, rows: NDArray, labels: NDArray) -> float:
        """Share of the images answered correctly by the weights that would be kept."""
        layers = len(self.w)
        kept = self.mean[:layers], self.mean[layers:]
        output = propagate(*kept, self.recipe.activations, rows)[1][-1]
        return float((output.argmax(axis=1) == labels).mean())

    def network(self, shape: tuple[int, int]) -> Network:
        layers = len(self.w)
        return Network(
            tuple(self.mean[:layers]), tuple(self.mean[layers:]), self.recipe.activations, shape
        )


def checkpoint_epochs(epochs: int, count: int) -> list[int]:
    """About `count` epochs from 0 to the last, closer together early, where most changes."""
    spaced = np.geomspace(1, max(epochs, 1), count - 1)
    return sorted({0, *np.rint(spaced).astype(int).tolist(), epochs})


def train(
    train_digits: Digits,
    test_digits: Digits,
    recipe: Recipe = DEFAULT,
    on_epoch: Callable[[Progress], object] | None = None,
) -> Model:
    """Train a network by the recipe. The test digits are only counted, never learnt or chosen by.

    KeyboardInterrupt (Ctrl-C, also out of the callback) ends the run early; then the network
    that did best on the validation part so far is kept, with the history up to its epoch.
    """
    started = time.monotonic()
    rng = np.random.default_rng(recipe.seed)
    shape = train_digits.images.shape[1:]
    rows = train_digits.images.reshape(len(train_digits), -1).astype(np.float32)
    unseen = test_digits.images.reshape(len(test_digits), -1).astype(np.float32)
    labels = train_digits.labels
    order = rng.permutation(len(rows))
    held, used = order[: recipe.validation], order[recipe.validation :]
    targets = one_hot(labels, len(CLASS_NAMES), np.float32)
    run = _Run(recipe, rows.shape[1], len(CLASS_NAMES), rng)

    wanted = checkpoint_epochs(recipe.epochs, recipe.checkpoints)
    checkpoints = [Checkpoint(0, run.network(shape))]
    history: list[tuple[float, float, float]] = []
    best = (-1.0, 0, checkpoints[0].network)
    batches = -(-len(used) // recipe.batch)
    total = batches * recipe.epochs
    try:
        for epoch in range(1, recipe.epochs + 1):
            how = recipe.augmentation
            images = deformed(rows[used], shape, how, rng) if how else rows[used]
            costs = []
            for batch in np.array_split(rng.permutation(len(used)), batches):
                lr = recipe.lr * learning_rate(run.steps / total, recipe.warmup)
                costs.append(run.learn(images[batch], targets[used[batch]], lr, shape))
            history.append((
                float(np.mean(costs)), run.right(rows[used], labels[used]),
                run.right(unseen, test_digits.labels),
            ))
            network = run.network(shape)
            if epoch in wanted:
                checkpoints.append(Checkpoint(epoch, network))
            judged = run.right(rows[held], labels[held]) if len(held) else 0.0
            if judged >= best[0]:
                best = judged, epoch, network
            if on_epoch:
                on_epoch(Progress(epoch, recipe.epochs, *history[-1], time.monotonic() - started))
        kept = recipe.epochs, network
    except KeyboardInterrupt:
        if best[1] == 0:
            raise
        kept = best[1:]

    epoch, network = kept
    checkpoints = [c for c in checkpoints if c.epoch < epoch] + [Checkpoint(epoch, network)]
    curves = np.array(history[:epoch]).T
    meta = {
        "data": train_digits.name, "data_checksum": train_digits.checksum, "seed": recipe.seed,
        "recipe": recipe.as_dict(), "accuracy": history[epoch - 1][2],
        "accuracy_sample": len(test_digits), "epochs_done": epoch,
    }
    names = ("cost", "train_accuracy", "test_accuracy")
    return Model(network, tuple(checkpoints), dict(zip(names, curves, strict=True)), meta)
