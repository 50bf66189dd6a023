"""NumPy's .npz: weights and biases by name, in the order of their numbers.

It may hold more, and what `netglow export` writes does: ``activations``, ``class_names`` (text),
``image_shape`` (two numbers) and ``orientation`` ("out-in" or "in-out").
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from netglow.netcore.formats import tensors
from netglow.netcore.formats.archive import Archive
from netglow.netcore.formats.chain import Chain
from netglow.netcore.formats.hints import ORIENTATIONS, Hints
from netglow.netcore.refusal import Refused, plain

FORMAT = "npz"
ABOUT = ("activations", "class_names", "image_shape", "orientation")


def read(archive: Archive, hints: Hints) -> Chain:
    """The layers; Refused for arrays that are no chain of them."""
    arrays = {name.removesuffix(".npy"): archive.array(name) for name in archive.names}
    about = {name: arrays.pop(name) for name in ABOUT if name in arrays}
    if hints.orientation is None and "orientation" in about:
        stated = [way for way in ORIENTATIONS if way == str(about["orientation"])]
        hints = replace(hints, orientation=stated[0] if stated else None)
    layers = tensors.layers(arrays, hints)
    names = _texts(about, "activations")
    if names is not None:
        if len(names) != len(layers):
            raise Refused(f"{len(layers)} activations", len(names), "save one name a layer")
        layers = [replace(one, activation=name) for one, name in zip(layers, names, strict=True)]
    return Chain(FORMAT, layers, _texts(about, "class_names"), _shape(about))


def _texts(about: dict[str, NDArray[Any]], name: str) -> tuple[str, ...] | None:
    if name not in about:
        return None
    if about[name].ndim != 1 or about[name].dtype.kind not in "Uiu":
        raise Refused(
            f"{name} as a list of text", plain(about[name].dtype, 60), "save it as an array"
        )
    return tuple(map(str, about[name].tolist()))


def _shape(about: dict[str, NDArray[Any]]) -> tuple[int, int] | None:
    if "image_shape" not in about:
        return None
    given = about["image_shape"]
    if given.shape != (2,) or given.dtype.kind not in "iu" or (given < 1).any():
        raise Refused(
            "image_shape as two numbers", f"{given.dtype} {given.shape}", "save rows, columns"
        )
    return int(given[0]), int(given[1])
