"""Everything that decides what a training run makes, apart from the images."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from netglow.netcore.backprop import check_cost
from netglow.netcore.network import ACTIVATIONS


@dataclass(frozen=True)
class Augmentation:
    """Largest deformation of a training image; a fresh one is drawn each epoch.

    rotation in degrees, shift in pixels, scale and shear as fractions; elastic is the standard
    deviation, in pixels, of a random displacement smoothed over `smooth` pixels.
    """

    rotation: float = 9.0
    shift: float = 1.0
    scale: float = 0.10
    shear: float = 0.12
    elastic: float = 0.8
    smooth: float = 4.0
    group: int = 16  # images sharing one deformation, all of them in different batches


@dataclass(frozen=True)
class Recipe:
    """How to train. Same recipe, same data, same machine: same model, byte for byte.

    Raises ValueError with one line for values that cannot work.
    """

    name: str = "default"
    hidden: tuple[int, ...] = (16, 16)
    activation: str = "sigmoid"  # of the hidden layers
    output: str = "sigmoid"
    cost: str = "cross-entropy"
    optimizer: str = "adam"  # or "sgd"
    epochs: int = 1000
    batch: int = 64
    lr: float = 0.01
    momentum: float = 0.9  # of sgd, and first moment of adam
    warmup: float = 0.02  # share of the steps in which lr rises; then it falls along a cosine
    weight_decay: float = 0.03  # pulls all weights to zero, times lr
    augmentation: Augmentation | None = field(default_factory=Augmentation)
    validation: int = 450  # training images set aside to judge the best epoch when interrupted
    checkpoints: int = 12
    seed: int = 1

    def __post_init__(self) -> None:
        def need(fine: bool, what: str) -> None:
            if not fine:
                raise ValueError(f"recipe: {what}")

        need(all(n > 0 for n in self.hidden), "hidden layers need at least one unit")
        for name in (self.activation, self.output):
            need(name in ACTIVATIONS, f"activation {name!r} is not one of {', '.join(ACTIVATIONS)}")
        need(self.optimizer in ("adam", "sgd"), f"optimizer {self.optimizer!r} is not adam or sgd")
        need(self.epochs >= 1 and self.batch >= 1, "epochs and batch must be at least 1")
        need(self.lr > 0, "lr must be above 0")
        need(self.checkpoints >= 2, "at least two checkpoints: before training and after it")
        need(self.validation >= 0, "validation must not be negative")
        check_cost(self.cost, self.activations)

    @property
    def activations(self) -> tuple[str, ...]:
        """One name for each layer after the input."""
        return (self.activation,) * len(self.hidden) + (self.output,)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the model file."""
        return dataclasses.asdict(self)

    def with_changes(self, **changes: Any) -> Recipe:
        """A copy with some values changed."""
        return dataclasses.replace(self, **changes)


DEFAULT = Recipe()
RELU = Recipe(name="relu", activation="relu", epochs=500, lr=0.005, weight_decay=0.01)
QUICK = Recipe(name="quick", epochs=16, batch=32, augmentation=None, lr=0.02, weight_decay=0.01)
