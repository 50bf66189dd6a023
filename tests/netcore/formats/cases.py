"""The files that make_files.py made, and what has to be said for each on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from netglow.netcore.digits import load_digits
from netglow.netcore.formats.hints import Hints, InputScale, Orientation

FILES = Path(__file__).parent / "files"
COUNT = 200
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
IN_ORDER_OF_NAMES = tuple(sorted(WORDS))  # scikit-learn's order of classes


@dataclass(frozen=True)
class Case:
    """One file: what the user says, and what is expected of the network."""

    name: str
    activations: tuple[str, ...]
    large: bool = False  # 28 x 28, Netglow's digits; else 8 x 8
    say: str = ""  # --activations
    scale: str = ""  # --input-scale
    classes: tuple[str, ...] = tuple("0123456789")
    orientation: Orientation | None = None
    sizes: tuple[int, ...] = ()
    wide: float = 1e-5  # largest difference

    @property
    def path(self) -> Path:
        return FILES / self.name

    @property
    def hints(self) -> Hints:
        return Hints(
            activations=tuple(self.say.split(",")) if self.say else None,
            input_scale=InputScale.parse(self.scale) if self.scale else None,
            orientation=self.orientation,
        )

    @property
    def options(self) -> list[str]:
        """The same as options of netglow import."""
        found = []
        for name, value in (
            ("--activations", self.say),
            ("--input-scale", self.scale),
            ("--orientation", self.orientation),
        ):
            found += [name, value] if value else []
        return found

    @property
    def images(self) -> np.ndarray:
        """(200, rows, columns), 0..1."""
        return _large() if self.large else _small()

    @property
    def answers(self) -> np.ndarray:
        """(200, classes) the shares that the library itself gave."""
        return _answers()[self.name]


@cache
def _answers() -> dict[str, np.ndarray]:
    with np.load(FILES / "answers.npz") as found:
        return dict(found)


@cache
def _large() -> np.ndarray:
    return load_digits()[1].images[:COUNT]


@cache
def _small() -> np.ndarray:
    with np.load(FILES / "digits8.npz") as found:
        return found["images"].reshape(-1, 8, 8) / 16


RELU, TANH = ("relu", "softmax"), ("tanh", "softmax")
CHAIN = ("leaky_relu(0.3)", "tanh", "softmax")
CASES = (
    Case("torch.pt", RELU, large=True, say="relu,softmax"),
    Case(
        "torch_checkpoint.pth",
        ("sigmoid", "softmax"),
        large=True,
        say="sigmoid,log_softmax",
        scale="0.13,0.31",
    ),
    Case("torch.safetensors", TANH, say="tanh,softmax"),
    Case("torch_script.onnx", ("leaky_relu(0.1)", "softmax"), scale="0-16"),
    Case("torch_erf.onnx", ("gelu", "softmax")),
    Case("torch.onnx", ("gelu", "softmax"), large=True),
    Case("sklearn.skops", RELU, scale="0-16"),
    Case("sklearn_words.skops", TANH, scale="0-16", classes=IN_ORDER_OF_NAMES),
    Case("sklearn_binary.skops", ("sigmoid", "sigmoid"), scale="0-16", classes=("False", "True")),
    Case("sklearn_linear.skops", ("softmax",), scale="0-16", sizes=(64, 10)),
    Case("sklearn.onnx", RELU, scale="0-16"),
    Case("sklearn_binary.onnx", ("relu", "sigmoid"), scale="0-16", classes=("0", "1")),
    Case("numpy.npz", RELU, say="relu,softmax", scale="0-16"),
    Case("keras.keras", RELU, large=True),
    Case("keras.h5", RELU, large=True),
    Case("keras_chain.keras", CHAIN, scale="0-16", sizes=(64, 12, 12, 10)),
    Case("keras_chain.h5", CHAIN, scale="0-16", sizes=(64, 12, 12, 10)),
    Case("network2.json", ("sigmoid", "sigmoid")),
)
REFUSED = {
    "torch_whole.pt": "loading it executes the file's code",
    "torch_old.pt": "loading one executes code",
}
