"""A .safetensors file that is not Netglow's: an 8-byte length, a JSON header, raw numbers.

Its metadata may tell ``activations``, ``class_names`` and ``image_shape`` (each as JSON text), and
those that `netglow export` writes do.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from netglow.netcore.formats import limits, tensors
from netglow.netcore.formats.bytes_of import BFLOAT16, numbers
from netglow.netcore.formats.chain import Chain
from netglow.netcore.formats.hints import Hints
from netglow.netcore.refusal import Refused, plain

FORMAT = "safetensors"
KINDS = {"F16": "f2", "F32": "f4", "F64": "f8", "BF16": BFLOAT16}
COPY = "copy or save the file again"
OTHER = "a .safetensors file without Netglow's metadata"


def header(data: bytes) -> dict[str, Any] | None:
    """The header of a whole file, or of its beginning; None if this is no such file."""
    length = int.from_bytes(data[:8], "little")
    if data[8:9] != b"{" or length > min(limits.STRUCTURE, len(data) - 8):
        return None
    try:
        found = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def metadata(found: dict[str, Any]) -> dict[str, Any]:
    """The texts that the header holds beside the tensors."""
    texts = found.get("__metadata__")
    return texts if isinstance(texts, dict) else {}


def read(data: bytes, hints: Hints) -> Chain:
    """The layers; Refused, with one line, for tensors that are no chain of them."""
    found = header(data)
    if found is None:
        raise Refused("a .safetensors header", "none that can be read", COPY)
    about, budget = metadata(found), limits.Budget()
    body = memoryview(data)[8 + int.from_bytes(data[:8], "little") :]
    arrays = {
        name: _tensor(body, name, entry, budget)
        for name, entry in found.items()
        if name != "__metadata__"
    }
    layers = tensors.layers(arrays, hints)
    names = _list(about, "activations")
    if names is not None and len(names) == len(layers):
        layers = [
            replace(one, activation=str(name)) for one, name in zip(layers, names, strict=True)
        ]
    classes, shape = _list(about, "class_names"), _list(about, "image_shape")
    if shape is not None and (len(shape) != 2 or any(type(n) is not int or n < 1 for n in shape)):
        raise Refused(
            "image_shape as two numbers", plain(shape, 40), "netglow import takes --image-shape"
        )
    return Chain(
        FORMAT,
        layers,
        None if classes is None else tuple(map(str, classes)),
        None if shape is None else (shape[0], shape[1]),
    )


def _tensor(data: memoryview, name: str, entry: Any, budget: limits.Budget) -> NDArray[Any]:
    shape, (begin, end), kind = entry["shape"], entry["data_offsets"], entry["dtype"]
    shown = plain(name, 60)
    if kind not in KINDS:
        raise Refused(
            f"{OTHER} to hold weights and biases only",
            f"{plain(kind, 20)} in {shown!r}",
            tensors.SAVE,
        )
    if any(type(n) is not int for n in (*shape, begin, end)):
        raise Refused(f"whole numbers in the header of {shown!r}", "others", COPY)
    count = budget.count(shape, shown)
    if not 0 <= begin <= end <= len(data):
        raise Refused(f"the bytes {begin} to {end} for {shown!r}", f"{len(data)} bytes", COPY)
    found = numbers(data[begin:end], KINDS[kind])
    if len(found) != count:
        raise Refused(f"{count:,} numbers in {shown!r}", f"{len(found):,}", COPY)
    return found.reshape(shape)


def _list(about: dict[str, Any], name: str) -> list[Any] | None:
    """A list in the metadata; None if there is none."""
    try:
        found = json.loads(about[name])
    except (KeyError, ValueError, TypeError, RecursionError):
        return None
    return found if isinstance(found, list) else None
