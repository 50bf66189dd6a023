"""PyTorch's .pt and .pth: a state_dict, read without PyTorch and without executing anything.

The file is a zip archive with one pickle, which names the tensors, and a file of raw numbers for
each. The pickle is read by `inert_pickle`, and of what it would call only `_rebuild_tensor_v2` is
understood (what ``torch.load(weights_only=True)`` allows as well). Everything else is refused.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.formats import inert_pickle, limits, tensors
from netglow.netcore.formats.archive import Archive
from netglow.netcore.formats.bytes_of import BFLOAT16, numbers
from netglow.netcore.formats.chain import Chain
from netglow.netcore.formats.hints import Hints
from netglow.netcore.formats.inert_pickle import Call, Name, Reference
from netglow.netcore.refusal import Refused, plain

FORMAT = "PyTorch state_dict"
SAVE = "save torch.save(model.state_dict(), FILE)"
KINDS = {"Float": "f4", "Double": "f8", "Half": "f2", "BFloat16": BFLOAT16}
WITHIN = ("state_dict", "model_state_dict", "model")  # where a checkpoint keeps its weights
TENSOR = ("torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter")


def is_torch(archive: Archive) -> bool:
    """Whether the archive is one of PyTorch's."""
    return any(name.endswith("/data.pkl") for name in archive.names)


def read(archive: Archive, hints: Hints) -> Chain:
    """The layers; Refused for everything but a state_dict of dense layers."""
    (pickle, *others) = [name for name in archive.names if name.endswith("/data.pkl")]
    root = pickle.removesuffix("data.pkl")
    if others or f"{root}constants.pkl" in archive.names:
        raise Refused("a PyTorch state_dict", "a TorchScript program", SAVE)
    value = inert_pickle.read(archive.read(pickle, limits.STRUCTURE))
    for name in WITHIN:
        if isinstance(value, dict) and isinstance(value.get(name), dict):
            value = value[name]
    if isinstance(value, Call):
        raise _objects(value.what)
    if not isinstance(value, dict):
        raise Refused("a PyTorch state_dict", f"a {type(value).__name__}", SAVE)
    order = f"{root}byteorder"
    little = order not in archive.names or archive.read(order, 10).strip() != b"big"
    found = {str(key): _tensor(archive, root, little, tensor) for key, tensor in value.items()}
    return Chain(FORMAT, tensors.layers(found, hints, in_order=True))


def _objects(what: object) -> Refused:
    """Says what else the file would call."""
    while isinstance(what, Call):
        what = what.what
    name = plain(what.text if isinstance(what, Name) else "a call", 60)
    return Refused(
        "a PyTorch state_dict",
        f"a Python object made by {name}, and loading it executes the file's code",
        SAVE,
    )


def _tensor(archive: Archive, root: str, little: bool, value: Any) -> NDArray[Any]:
    if not isinstance(value, Call) or not isinstance(value.what, Name):
        raise Refused("tensors in the state_dict", f"a {type(value).__name__}", SAVE)
    if value.what.text not in TENSOR:
        raise _objects(value.what)
    if value.what.text == TENSOR[1]:  # a parameter around a tensor
        return _tensor(archive, root, little, value.arguments[0])
    storage, offset, shape, strides = value.arguments[:4]
    if not isinstance(storage, Reference):
        raise Refused("a storage in the file", plain(type(storage).__name__), SAVE)
    _, kind, key, _, size = storage.to
    name = kind.text.removeprefix("torch.").removesuffix("Storage") if type(kind) is Name else "?"
    if name not in KINDS:
        raise Refused("weights and biases as float", f"{plain(name, 40)} numbers", SAVE)
    if any(type(n) is not int or n < 0 for n in (offset, size, *shape, *strides)):
        raise Refused("whole numbers in a tensor's shape", "others", SAVE)
    count = archive.budget.count(shape, "a tensor")
    archive.budget.count((size,), "a storage")
    data = numbers(archive.read(f"{root}data/{key}"), KINDS[name], little)
    last = offset + sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
    if len(data) != size or (count and last >= size):
        raise Refused(
            f"{max(size, last + 1):,} numbers in a storage", f"{len(data):,}", "copy it again"
        )
    if not count:
        return np.zeros(shape, data.dtype)
    steps = tuple(step * data.itemsize for step in strides)
    return np.lib.stride_tricks.as_strided(data[offset:], shape, steps).copy()
