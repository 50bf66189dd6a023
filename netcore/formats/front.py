"""Looks at a file, finds out what it is, and has the right reader read it."""

from __future__ import annotations

import hashlib
import stat
import struct
import tokenize
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from netglow.netcore.formats import limits, plain_safetensors
from netglow.netcore.formats.archive import Archive
from netglow.netcore.formats.chain import Chain, to_network
from netglow.netcore.formats.hints import NONE, Hints
from netglow.netcore.network import Network
from netglow.netcore.refusal import ModelError, Refused, plain

OTHERS = ".npz, .pt, .pth, .skops, .keras, .h5, .onnx, .json"
READABLE = f".safetensors, {OTHERS}"
PICKLES = (".pkl", ".pickle", ".joblib")
PEEK = limits.STRUCTURE + 8  # bytes that show what a file is
COPY = "copy or save the file again"
# What readers of damaged bytes come across.
DAMAGE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    ArithmeticError,
    MemoryError,
    RecursionError,
    NotImplementedError,
    RuntimeError,
    OSError,
    SyntaxError,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
)


@dataclass(frozen=True, eq=False)
class Imported:
    """A network out of another program's file; meta: where it comes from, and notes on it."""

    network: Network
    meta: dict[str, Any]


def is_foreign(path: Path) -> bool:
    """Whether the file is one of another program, rather than Netglow's own or none of any kind.

    Raises OSError if it cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        return False
    with path.open("rb") as file:
        start = file.read(PEEK)
    header = plain_safetensors.header(start)
    if header is not None:
        about = plain_safetensors.metadata(header)
        return not (str(about.get("format")).isdecimal() or "input_scale" in about)
    return _kind(path, start) is not None


def _kind(path: Path, start: bytes) -> str | None:
    """What the beginning of a file, or else its name, says that it is."""
    suffix = path.suffix.lower()
    if start[4:9] == b"\0\0\0\0{":
        return None  # a part of a .safetensors file
    if start[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    if start[:8] == b"\x89HDF\r\n\x1a\n":
        return "hdf5"
    if (start[:1] == b"\x80" and start[1:2] <= b"\x05") or suffix in PICKLES:
        return "pickle"
    if suffix == ".onnx" or (start[:1] == b"\x08" and start[2:3] in (b"\x12", b"\x3a", b"\x42")):
        return "onnx"
    if start.lstrip()[:1] == b"{" or suffix == ".json":
        return "json"
    return None


def read(path: Path, hints: Hints = NONE) -> Imported:
    """The network in another program's file.

    Raises ModelError with one line for what cannot be read; nothing in the file is executed.
    """
    try:
        data = _bytes(path)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # of libraries, about damaged files
            chain = _chain(path, data, hints)
            network, notes = to_network(chain, hints)
    except Refused as error:
        raise ModelError(f"{path}: {plain(error, 330)}") from None
    except DAMAGE as error:
        why = plain(error, 80) or type(error).__name__
        raise ModelError(
            f"{path}: expected a whole file of a network, found a damaged one ({why}); {COPY}"
        ) from None
    mark = hashlib.sha256(data).hexdigest()
    source = {"format": chain.format, "file": plain(path.name, 200), "sha256": mark}
    return Imported(network, {"source": source, "notes": list(dict.fromkeys(notes))})


def _bytes(path: Path) -> bytes:
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Refused("a file", "something else", "name a file with a network")
    if about.st_size > limits.FILE:
        raise Refused(
            f"at most {limits.FILE:,} bytes", f"{about.st_size:,}", "use a smaller network"
        )
    with path.open("rb") as file:
        return file.read(limits.FILE)


def _chain(path: Path, data: bytes, hints: Hints) -> Chain:
    """The layers, by the reader for this kind of file; each is imported when it is needed."""
    if plain_safetensors.header(data) is not None:
        return plain_safetensors.read(data, hints)
    kind = _kind(path, data)
    if kind == "zip":
        return _archive(Archive(data), hints)
    if kind == "hdf5":
        from netglow.netcore.formats import hdf5

        return hdf5.read_h5(data)
    if kind == "onnx":
        from netglow.netcore.formats import onnx_file

        return onnx_file.read(data)
    if kind == "json":
        from netglow.netcore.formats import network2

        return network2.read(data)
    if kind == "pickle":
        raise Refused(
            f"one of {READABLE}",
            "a pickle (or an old PyTorch file), and loading one executes code in it",
            "save a state_dict with today's PyTorch, or scikit-learn's model with skops.io.dump",
        )
    raise Refused(f"one of {READABLE}", "something else", "save the network in one of these")


def _archive(archive: Archive, hints: Hints) -> Chain:
    from netglow.netcore.formats import hdf5, npz, sklearn_models, torch_file

    names = archive.names
    if torch_file.is_torch(archive):
        return torch_file.read(archive, hints)
    if hdf5.WEIGHTS in names and hdf5.CONFIG in names:
        return hdf5.read_archive(archive)
    if "schema.json" in names:
        return sklearn_models.read(archive)
    if names and all(name.endswith(".npy") for name in names):
        return npz.read(archive, hints)
    found = ", ".join(names[:3]) or "nothing"
    raise Refused("the archive of a network (.npz, .pt, .skops, .keras)", plain(found, 80), COPY)
