"""Files that want something bad: each is refused with one line, in no time, and nothing happens."""

from __future__ import annotations

import io
import json
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np

from netglow.netcore.formats.wire import field
from tests.netcore.formats.cases import FILES


class Touch:
    """Unpickling it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def npy(count: object) -> bytes:
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({count},)}}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def torch(pickled: bytes, **parts: bytes) -> bytes:
    return zipped(**{"net/data.pkl": pickled}, **parts)


def safetensors(header: object, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def onnx(graph: bytes) -> bytes:
    return field(1, 8) + field(7, graph)


def tensor(*sides: int, more: bytes = b"") -> bytes:
    dims = b"".join(field(1, n) for n in sides)
    return field(5, dims + field(2, 1) + field(8, "w") + more)


def external() -> bytes:
    place = field(1, "location") + field(2, "/etc/passwd")
    return onnx(tensor(2, 2, more=field(13, place) + field(14, 1)) + field(11, field(1, "x")))


H5 = {  # files of make_files.py, by what is wrong with the weights
    "external": "stored elsewhere",
    "virtual": "stored elsewhere",
    "link": "found links",
    "soft": "a link 'kernel:0'",
    "huge": "at most",
    "packed": "compressed",
    "chunks": "in chunks",
    "whole": "float numbers",
    "latest": "superblock",
}


def _h5(name: str, said: str) -> tuple[str, bytes, str]:
    return "a.h5", (FILES / f"h5_{name}.h5").read_bytes(), said


DEEP = b'{"sizes": ' + b"[" * 200_000
ZEROS = 123_456  # bytes in a zip archive that says something else


def lying(name: str, says: int) -> bytes:
    """A zip archive with ZEROS bytes that says they are so many."""
    return zipped(**{name: bytes(ZEROS)}).replace(struct.pack("<I", ZEROS), struct.pack("<I", says))


TENSOR = "ctorch._utils\n_rebuild_tensor_v2\n"


def storage(size: int, shape: str, strides: str) -> bytes:
    """A pickle (protocol 0 spelt in binary) of {"0.weight": a tensor of this storage}."""
    text = b"\x80\x02}X\x08\x00\x00\x000.weight" + TENSOR.encode()
    text += (
        b"((X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpu"
    )
    text += b"J" + struct.pack("<i", size) + b"tQK\x00"
    return text + shape.encode("latin-1") + strides.encode("latin-1") + b"\x89}tRs."


def repeated(count: int, size: int) -> bytes:
    """A pickle of so many tensors, each one number that is to be read so many times."""
    one = storage(4, f"(J{struct.pack('<i', size).decode('latin-1')}t", "(K\x00t")
    items = one[3:-2]  # without what begins and ends the dictionary
    names = (items.replace(b"0.weight", b"%c.weight" % (65 + i), 1) for i in range(count))
    return one[:3] + b"s".join(names) + b"s."


ONE_MB = {"dtype": "F32", "shape": [512, 512], "data_offsets": [0, 2**20]}


def hostile(folder: Path) -> dict[str, tuple[str, bytes, str]]:
    """What is wrong: name of the file, its bytes, and a part of the line that refuses it.

    ``folder``: where a file called "touched" appears if anything is executed.
    """
    run = pickle.dumps(Touch(folder / "touched"), protocol=2)
    objects = io.BytesIO()
    np.save(objects, np.array([Touch(folder / "touched")], dtype=object), allow_pickle=True)
    four, far = {"net/data/0": bytes(16)}, "(J\xff\xff\xff\x7fK\x01t"
    shape = f"(J{struct.pack('<i', 2**30).decode('latin-1')}K\x02t"
    return {
        "a pickle": ("a.pkl", run, "executes code"),
        "a pickle called .pt": ("a.pt", run, "executes code"),
        "joblib": ("a.joblib", b"\x78\x9c" + run, "executes code"),
        "a pickle in a .pt": ("a.pt", torch(run), "executes the file's code"),
        "a pickle in an .npz": ("a.npz", zipped(**{"w0.npy": objects.getvalue()}), "executes code"),
        "a memory cell far out": ("a.pt", torch(b"\x80\x02}r\xff\xff\xff\x7f."), "expected"),
        "a text of 4 GB": ("a.pt", torch(b"\x80\x02X\xff\xff\xff\xffabc."), "damaged"),
        "a tensor of 2^31": ("a.pt", torch(storage(4, shape, "(K\x00K\x00t"), **four), "at most"),
        "strides beyond the end": (
            "a.pt",
            torch(storage(4, "(K\x02K\x02t", far), **four),
            "numbers in a storage",
        ),
        "a number that is 300 million": (
            "a.pt",
            torch(repeated(30, 2**24), **{"net/data/0": bytes(16)}),
            "in all",
        ),
        "the same bytes 500 times": (
            "a.safetensors",
            safetensors({f"{i}.weight": ONE_MB for i in range(500)}, bytes(2**20)),
            "in all",
        ),
        "a zip bomb .npz": ("a.npz", lying("w0.npy", 2**31), "at most"),
        "a zip bomb .pt": ("a.pt", lying("net/data.pkl", 2**23), "at most"),
        "a zip that says it is small": ("a.npz", lying("w0.npy", 10), "damaged"),
        "many files": ("a.npz", zipped(**{f"{i}.npy": b"" for i in range(30_000)}), "at most"),
        "an array of 8 TB": ("a.npz", zipped(**{"w0.npy": npy(2**40)}), "at most"),
        "an .npy header that computes": ("a.npz", zipped(**{"w0.npy": npy("9**9**9")}), "damaged"),
        "a header of 2 GB": (
            "a.safetensors",
            (2**31).to_bytes(8, "little") + b"{" * 99,
            "expected",
        ),
        "a deep header": ("a.safetensors", safetensors(b"{" + b'"a":[' * 90_000), "expected"),
        "a tensor of 1 TB": (
            "a.safetensors",
            safetensors({"w": {"dtype": "F32", "shape": [2**20, 2**20], "data_offsets": [0, 4]}}),
            "at most",
        ),
        "bytes that are not there": (
            "a.safetensors",
            safetensors({"w": {"dtype": "F32", "shape": [1, 1], "data_offsets": [2**40, 2**41]}}),
            "bytes",
        ),
        "deep JSON": ("a.json", DEEP, "lists in lists"),
        "a number of 10,000 digits": ("a.json", b'{"sizes": ' + b"9" * 10_000 + b"}", "damaged"),
        "weights in /etc/passwd": ("a.onnx", external(), "stored in another one"),
        "an ONNX tensor of 2^60": ("a.onnx", onnx(tensor(2**30, 2**30)), "at most"),
        "an ONNX of a million nothings": ("a.onnx", b"\x08\x01" * 1_000_000, "at most"),
        "a deep schema": ("a.skops", zipped(**{"schema.json": b"[" * 200_000}), "expected"),
        **{f"HDF5, {name}": _h5(name, said) for name, said in H5.items()},
    }
