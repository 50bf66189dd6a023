"""A model file and the images as plain arrays: what every fact is computed from a second time.

Nothing in here, nor in the tables beside it, uses what the chapters use: only NumPy, the files,
and the textbook.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from safetensors import safe_open

ASSETS = Path(__file__).resolve().parents[3] / "assets"
DEFAULT = ASSETS / "models" / "default.safetensors"


@dataclass(frozen=True)
class Raw:
    """What a film is made of. ``pixels`` (28, 28) 0..1 is the image that was chosen.

    ``index`` is its place among the test images and ``label`` its digit, both None for an own
    image. ``chosen`` says whether somebody asked for this image.
    """

    path: Path
    pixels: np.ndarray
    index: int | None
    label: int | None
    chosen: bool

    @cached_property
    def _file(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        with safe_open(str(self.path), "numpy") as file:
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            return arrays, {k: _decoded(v) for k, v in (file.metadata() or {}).items()}

    @property
    def meta(self) -> dict[str, Any]:
        """What the file says of itself."""
        return self._file[1]

    def array(self, name: str) -> np.ndarray:
        """An array of the file by its name."""
        return self._file[0][name]

    @cached_property
    def w(self) -> list[np.ndarray]:
        """Weights (out, in), layer by layer."""
        return self._layers("w")

    @cached_property
    def b(self) -> list[np.ndarray]:
        """Biases (out,), layer by layer."""
        return self._layers("b")

    def _layers(self, kind: str) -> list[np.ndarray]:
        count = sum(name.startswith(f"{kind}.") for name in self._file[0])
        return [self.array(f"{kind}.{layer}").astype(float) for layer in range(count)]

    @property
    def functions(self) -> list[str]:
        """Activation functions, layer by layer."""
        return list(self.meta["activations"])

    def pass_of(self, images: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Sums and activations of every layer for images (n, 28, 28): ([z], [a]), (n, units)."""
        a, sums, outs = images.reshape(len(images), -1), [], []
        for w, b, name in zip(self.w, self.b, self.functions, strict=True):
            z = a @ w.T + b
            a = 1 / (1 + np.exp(-z)) if name == "sigmoid" else np.maximum(z, 0)
            sums.append(z)
            outs.append(a)
        return sums, outs

    @cached_property
    def z(self) -> list[np.ndarray]:
        """Sums of the chosen image, layer by layer."""
        return [z[0] for z in self.pass_of(self.pixels[None])[0]]

    @cached_property
    def a(self) -> list[np.ndarray]:
        """Activations of the chosen image, layer by layer, without the image itself."""
        return [a[0] for a in self.pass_of(self.pixels[None])[1]]

    @cached_property
    def outputs(self) -> np.ndarray:
        """Outputs for all test images: (1000, 10)."""
        return self.pass_of(self.images)[1][-1]

    @property
    def answers(self) -> np.ndarray:
        """The answer to each of them."""
        return self.outputs.argmax(axis=1)

    @property
    def images(self) -> np.ndarray:
        """The test images (1000, 28, 28), 0..1."""
        return for_testing()[0]

    @property
    def labels(self) -> np.ndarray:
        """Their digits."""
        return for_testing()[1]

    def confident(self, digit: int) -> int:
        """Place of the first test image of a digit that is read with confidence.

        Confidence: its output is at least 0.9 and all others are below 0.1; if there is none,
        0.5 and 0.5; if there is none either, any that is read rightly; then the first.
        """
        for least in (0.9, 0.5, 0.0):
            for i in np.flatnonzero(self.labels == digit):
                others = np.delete(self.outputs[i], digit)
                if self.outputs[i, digit] >= least and others.max() < 1 - least:
                    return int(i)
        return int(np.flatnonzero(self.labels == digit)[0])


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


_TEST: list[np.ndarray] = []


def for_training() -> tuple[np.ndarray, np.ndarray]:
    """(n, 28, 28) images 0..1 and their labels; large, so nobody keeps them."""
    with np.load(ASSETS / "digits.npz") as file:
        these = ~file["is_test"]
        return file["images"][these] / 255, file["labels"][these].astype(int)


def for_testing() -> tuple[np.ndarray, np.ndarray]:
    """(n, 28, 28) images 0..1 and their labels."""
    if not _TEST:
        with np.load(ASSETS / "digits.npz") as file:
            these = file["is_test"]
            _TEST[:] = file["images"][these] / 255, file["labels"][these].astype(int)
    return _TEST[0], _TEST[1]


def raw_of(
    model: Path | None = None,
    digit: int | None = None,
    index: int | None = None,
    image: Path | None = None,
) -> Raw:
    """What a film with these choices is made of."""
    path = model or DEFAULT
    if image is not None:
        return Raw(path, own_pixels(image), None, None, True)
    nobody = Raw(path, np.zeros((28, 28)), None, None, False)
    place = nobody.confident(3 if digit is None else digit) if index is None else index
    chosen = digit is not None or index is not None
    return Raw(path, nobody.images[place], place, int(nobody.labels[place]), chosen)


def own_pixels(image: Path) -> np.ndarray:
    """An own image that has the form of the data set already: white on black, 28 by 28."""
    with Image.open(image) as file:
        return np.asarray(file.convert("L"), float) / 255


def say(value: Any, spec: str) -> str:
    """A value as the words have it; a second way of filling a brace."""
    one = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    if spec in ("one", "One", "many", "Many", "name", "Name"):
        name = one[int(value)]
        text = {
            "one": ("an " if name == "eight" else "a ") + name,
            "many": name + ("es" if name == "six" else "s"),
            "name": name,
        }[spec.lower()]
        return text.capitalize() if spec[0].isupper() else text
    if isinstance(value, str):
        return value
    if not spec:
        spec = ",d"
    text = f"{value:{spec}}"
    if float(text.rstrip("%").replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace("-", "\N{MINUS SIGN}")


def filled(text: str, values: dict[str, Any]) -> str:
    """A text with its braces filled."""
    return re.sub(r"\{(\w+)(?::([^}]*))?\}", lambda m: say(values[m[1]], m[2] or ""), text)
