"""Damaged, cut and swollen files of every format: each loads or is refused with one line, quickly.

The tests try some; ``python -m tests.netcore.formats.fuzz --count 2000`` tries so many a file, and
prints how many were loaded and refused, and the slowest.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.special  # noqa: F401  so that no file pays for loading it

from netglow.netcore.formats.hints import Hints
from netglow.netcore.model import ModelError, load_model, save_model
from tests.netcore.formats.cases import CASES, FILES

SECONDS = 2.0  # of work that one file may take
LONGEST = 430  # letters of a refusal, without the file's name
SAID = {case.name: case.hints for case in CASES}
NAMES = (
    *("torch.pt", "torch_checkpoint.pth", "torch.safetensors", "torch.onnx", "sklearn.onnx"),
    *("sklearn.skops", "numpy.npz", "keras_chain.keras", "keras_chain.h5", "network2.json"),
    *("torch_whole.pt", "torch_erf.onnx", "own.safetensors"),
)
Random = np.random.Generator
Change = Callable[[bytearray, Random], bytearray]


def cut(data: bytearray, rng: Random) -> bytearray:
    return data[: rng.integers(len(data))]


def flip(data: bytearray, rng: Random) -> bytearray:
    for _ in range(rng.integers(1, 20)):
        data[rng.integers(len(data))] = rng.integers(256)
    return data


def flip_early(data: bytearray, rng: Random) -> bytearray:
    """Where most formats say what follows."""
    for _ in range(rng.integers(1, 6)):
        data[rng.integers(min(len(data), 600))] = rng.integers(256)
    return data


def swell(data: bytearray, rng: Random) -> bytearray:
    """A large number somewhere."""
    at, size = rng.integers(len(data)), int(rng.choice([2, 4, 8]))
    data[at : at + size] = bytes([rng.choice([0x7F, 0xFF])]) * size
    return data


def repeat(data: bytearray, rng: Random) -> bytearray:
    begin, end = sorted(rng.integers(len(data), size=2))
    return data[:end] + data[begin:]


def lose(data: bytearray, rng: Random) -> bytearray:
    at = rng.integers(len(data))
    return data[:at] + data[at + rng.integers(1, 200) :]


def letters(data: bytearray, rng: Random) -> bytearray:
    """Other digits, brackets and quotes, which is what hurts text."""
    for _ in range(rng.integers(1, 8)):
        data[rng.integers(len(data))] = rng.choice(list(b'0123456789-.eE[]{}",: \x1b\x00n'))
    return data


CHANGES: tuple[Change, ...] = (cut, flip, flip_early, swell, repeat, lose, letters)


def damaged(data: bytes, rng: Random) -> bytes:
    """The file after one change; in an archive often within one of its files."""
    change = CHANGES[rng.integers(len(CHANGES))]
    if not zipfile.is_zipfile(io.BytesIO(data)) or rng.random() < 0.3:
        return bytes(change(bytearray(data), rng))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        about = [n for n in names if n.endswith((".pkl", ".json", ".h5"))]
        hit = rng.choice(about if about and rng.random() < 0.7 else names)
        for name in names:
            part = bytearray(old.read(name))
            new.writestr(name, bytes(change(part, rng)) if name == hit and part else bytes(part))
    return out.getvalue()


@dataclass
class Count:
    """What came of the damaged copies of one file."""

    name: str
    loaded: int = 0
    refused: int = 0
    slowest: float = 0.0


def original(name: str) -> bytes:
    """A file of the tests; one is Netglow's own."""
    if name != "own.safetensors":
        return (FILES / name).read_bytes()
    case = CASES[2]
    with tempfile.TemporaryDirectory() as folder:
        save_model(Path(folder) / name, load_model(case.path, case.hints))
        return (Path(folder) / name).read_bytes()


def fuzz(name: str, count: int, folder: Path, seed: int = 0) -> Count:
    """Damages a file so often; AssertionError, naming the copy's number, for a wrong answer."""
    found, data = Count(name), original(name)
    hints = SAID.get(name, Hints())
    path = folder / f"damaged{Path(name).suffix}"
    for i in range(count):
        path.write_bytes(damaged(data, np.random.default_rng([seed, i])))
        start = time.process_time()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                load_model(path, hints)
            found.loaded += 1
        except ModelError as error:
            line = str(error)
            assert line.startswith(f"{path}: ") and line.isprintable(), (name, i, line)
            assert len(line) < len(str(path)) + LONGEST, (name, i, line)
            found.refused += 1
        except Exception as error:
            raise AssertionError(f"{name}, copy {i}: {type(error).__name__}: {error}") from error
        taken = time.process_time() - start
        assert taken < SECONDS, (name, i, taken)
        found.slowest = max(found.slowest, taken)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="damaged copies of each file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("names", nargs="*", default=NAMES, metavar="FILE")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in args.names:
            done = fuzz(name, args.count, Path(folder), args.seed)
            print(
                f"{name:22} {done.loaded:6} loaded {done.refused:6} refused, "
                f"slowest {1000 * done.slowest:.0f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
