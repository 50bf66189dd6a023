"""The handwritten digits: 9,000 to learn from, 1,000 the network never sees."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.drawing import Drawing, prepare_drawing
from netglow.netcore.network import frozen

__all__ = ["ASSETS", "Digits", "Drawing", "checksum", "load_digits", "prepare_drawing"]

_UNREADABLE = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
)
ASSETS = Path(__file__).resolve().parents[1] / "assets"  # beside netcore/, installed or not


@dataclass(frozen=True, eq=False)
class Digits:
    """Labelled images, read-only.

    images: (n, 28, 28) float64 0..1, 1 = ink; labels: (n,) int64;
    checksum: SHA-256 of the data set's raw bytes, the same for both parts of the split.
    """

    images: NDArray[np.float64]
    labels: NDArray[np.int64]
    name: str
    checksum: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "images", frozen(self.images))
        object.__setattr__(self, "labels", frozen(self.labels, np.int64))
        if self.images.ndim != 3 or self.labels.shape != self.images.shape[:1]:
            raise ValueError(
                f"{self.name}: expected (n, rows, columns) images and n labels, "
                f"found {self.images.shape} and {self.labels.shape}"
            )

    def __len__(self) -> int:
        return len(self.labels)


def checksum(images: NDArray[Any], labels: NDArray[Any], is_test: NDArray[Any]) -> str:
    """SHA-256 (hex) of the raw bytes: images as uint8, labels as uint8, split as one byte each."""
    raw = (np.ascontiguousarray(part, dtype=np.uint8) for part in (images, labels, is_test))
    return hashlib.sha256(b"".join(part.tobytes() for part in raw)).hexdigest()


def load_digits(path: str | Path | None = None) -> tuple[Digits, Digits]:
    """(train, test) from an .npz with images (n, 28, 28) uint8, labels (n,), is_test (n,) bool.

    path None means assets/digits.npz, which is read once a process: both parts are read-only, and
    everyone gets the same two. Raises OSError if it cannot be read and ValueError with one line if
    it holds something else.
    """
    return _default() if path is None else _read(Path(path))


@cache
def _default() -> tuple[Digits, Digits]:
    return _read(ASSETS / "digits.npz")


def _read(path: Path) -> tuple[Digits, Digits]:
    try:
        with np.load(path, allow_pickle=False) as data:
            images, labels, is_test = data["images"], data["labels"], data["is_test"]
    except _UNREADABLE as error:
        raise ValueError(
            f"{path}: expected an .npz with images, labels and is_test ({error}); "
            "rebuild it as assets/README.md says"
        ) from None
    n = len(images) if images.ndim == 3 else -1
    whole = labels.dtype.kind in "ui" and is_test.dtype == bool
    if images.dtype != np.uint8 or not whole or labels.shape != (n,) or is_test.shape != (n,):
        raise ValueError(
            f"{path}: expected (n, rows, columns) uint8 images, n whole labels and n is_test, "
            f"found {images.dtype} {images.shape}, {labels.dtype} {labels.shape}, "
            f"{is_test.dtype} {is_test.shape}; rebuild it as assets/README.md says"
        )
    if not ((labels >= 0) & (labels <= 9)).all() or is_test.all() or not is_test.any():
        raise ValueError(
            f"{path}: expected labels 0..9 and images in both parts, found labels up to "
            f"{labels.max(initial=0)} and {is_test.sum()} of {n} images for the test; "
            "rebuild it as assets/README.md says"
        )
    name, mark = path.stem, checksum(images, labels, is_test)
    return (
        Digits(images[~is_test] / 255, labels[~is_test], f"{name} training", mark),
        Digits(images[is_test] / 255, labels[is_test], f"{name} test", mark),
    )
