"""What a user says about a file that the file does not say itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Orientation = Literal["out-in", "in-out"]
ORIENTATIONS: tuple[Orientation, ...] = ("out-in", "in-out")
_NUMBER = r"([+-]?\d{1,9}(?:\.\d{1,12})?)"
_RANGE = re.compile(rf"{_NUMBER}-{_NUMBER}")
_MOMENTS = re.compile(rf"{_NUMBER},{_NUMBER}")


@dataclass(frozen=True)
class InputScale:
    """Inputs as the network was trained on: ``scale * ink + offset`` for ink 0..1."""

    text: str
    scale: float
    offset: float

    @classmethod
    def parse(cls, text: str) -> InputScale:
        """From "0-255" (no ink, full ink) or "0.1307,0.3081" (mean, standard deviation).

        Raises ValueError with one line for anything else.
        """
        bare = text.replace(" ", "")
        if found := _RANGE.fullmatch(bare):
            low, high = map(float, found.groups())
            if low != high:
                return cls(bare, high - low, low)
        elif found := _MOMENTS.fullmatch(bare):
            mean, deviation = map(float, found.groups())
            if deviation > 0:
                return cls(bare, 1 / deviation, -mean / deviation)
        raise ValueError(
            f"{text!r} is not a range of inputs such as 0-255, nor mean,std such as 0.1307,0.3081"
        )


@dataclass(frozen=True)
class Hints:
    """All that can be said; None means that the file has to say it.

    activations: one name a layer, or two: of all hidden layers and of the output.
    """

    activations: tuple[str, ...] | None = None
    classes: tuple[str, ...] | None = None
    image_shape: tuple[int, int] | None = None
    input_scale: InputScale | None = None
    orientation: Orientation | None = None


NONE = Hints()
