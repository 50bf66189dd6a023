"""A training run as a path: what was kept of it, and the straight way from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from netglow.netcore.digits import Digits
from netglow.netcore.model import Checkpoint, Model
from netglow.netcore.network import Network
from netglow.netcore.study import facts


class TrainingPath:
    """The networks of ``checkpoints`` (two or more) and everything between them.

    A share 0..1 of the way gives every step from one checkpoint to the next the same time, so
    the early ones, where most changes, can be seen.
    """

    def __init__(self, checkpoints: Sequence[Checkpoint]) -> None:
        self.epochs = np.array([c.epoch for c in checkpoints], float)
        self.networks = [c.network for c in checkpoints]

    def __len__(self) -> int:
        return len(self.networks)

    def place(self, share: float) -> tuple[int, float]:
        """The step that a share 0..1 of the way lies in, and how far along it is, 0..1."""
        along = float(np.clip(share, 0, 1)) * (len(self) - 1)
        step = min(int(along), len(self) - 2)
        return step, along - step

    def epoch(self, share: float) -> float:
        """The epoch at a share of the way, between two checkpoints a fraction."""
        step, rest = self.place(share)
        return float(self.epochs[step] + (self.epochs[step + 1] - self.epochs[step]) * rest)

    def network(self, share: float) -> Network:
        """All parameters at a share of the way: at a checkpoint real, between two on a line."""
        step, rest = self.place(share)
        first, last = self.networks[step], self.networks[step + 1]
        if rest in (0.0, 1.0):
            return last if rest else first
        w, b = (
            [x + (y - x) * rest for x, y in zip(before, after, strict=True)]
            for before, after in ((first.w, last.w), (first.b, last.b))
        )
        return Network(tuple(w), tuple(b), last.activations, last.image_shape, last.class_names)


class Record:
    """How often a network was right on unseen images, at the epochs at which that is known.

    Of every epoch if the model has a history, else of its checkpoints, evaluated on ``digits``.
    ``sample`` is the number of images.
    """

    def __init__(self, model: Model, digits: Digits) -> None:
        recorded = model.history["test_accuracy"]
        self.sample = model.accuracy_sample if len(recorded) else 0
        if self.sample:
            self.epochs, self.accuracy = np.arange(1, len(recorded) + 1), np.array(recorded)
            before = [c for c in model.checkpoints if c.epoch == 0]
        else:
            self.sample, before = len(digits), list(model.checkpoints)
            self.epochs, self.accuracy = np.empty(0, int), np.empty(0)
        evaluated = [facts.accuracy(c.network, digits) for c in before]
        self.epochs = np.array([*(c.epoch for c in before), *self.epochs], float)
        self.accuracy = np.array([*evaluated, *self.accuracy])

    def at(self, epoch: float) -> float:
        """The accuracy 0..1 that was last known at an epoch."""
        last = int(np.searchsorted(self.epochs, epoch + 1e-6, side="right")) - 1
        return float(self.accuracy[max(last, 0)])
