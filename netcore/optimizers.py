"""How the weights move: Adam, SGD with momentum, the learning rate over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Adam:
    """Kingma & Ba (2015): each number moves by about lr, whatever the size of its gradient."""

    def __init__(self, momentum: float = 0.9, second: float = 0.999):
        self.momentum, self.second, self.steps = momentum, second, 0
        self.mean: list[NDArray[Any]] = []
        self.square: list[NDArray[Any]] = []

    def __call__(
        self, values: Sequence[NDArray[Any]], gradients: Sequence[NDArray[Any]], lr: float
    ) -> None:
        """Move the values, in place, one step down their gradients."""
        if not self.mean:
            self.mean = [np.zeros_like(v) for v in values]
            self.square = [np.zeros_like(v) for v in values]
        self.steps += 1
        fix = np.sqrt(1 - self.second**self.steps)
        rate = lr * fix / (1 - self.momentum**self.steps)
        for value, gradient, mean, square in zip(
            values, gradients, self.mean, self.square, strict=True
        ):
            mean += (1 - self.momentum) * (gradient - mean)
            square += (1 - self.second) * (gradient * gradient - square)
            value -= rate * mean / (np.sqrt(square) + 1e-8 * fix)


class Sgd:
    """Stochastic gradient descent with momentum."""

    def __init__(self, momentum: float = 0.9):
        self.momentum = momentum
        self.speed: list[NDArray[Any]] = []

    def __call__(
        self, values: Sequence[NDArray[Any]], gradients: Sequence[NDArray[Any]], lr: float
    ) -> None:
        """Move the values, in place, one step down their gradients."""
        if not self.speed:
            self.speed = [np.zeros_like(v) for v in values]
        for value, gradient, speed in zip(values, gradients, self.speed, strict=True):
            speed *= self.momentum
            speed += gradient
            value -= lr * speed


OPTIMIZERS = {"adam": Adam, "sgd": Sgd}


def learning_rate(done: float, warmup: float) -> float:
    """Share of the full rate after a share `done` of the steps: a short rise, then a cosine."""
    if done < warmup:
        return (done + 1e-3) / (warmup + 1e-3)
    return float(0.5 + 0.5 * np.cos(np.pi * (done - warmup) / (1 - warmup)))
