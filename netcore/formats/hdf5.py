"""Keras's files: a .keras archive, or an .h5 file; weights in HDF5, the model's config in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from netglow.netcore.formats import keras_file, limits
from netglow.netcore.formats.archive import Archive
from netglow.netcore.formats.chain import Chain
from netglow.netcore.formats.hdf5_file import SAVE, File
from netglow.netcore.formats.hdf5_values import array, texts
from netglow.netcore.refusal import Refused, plain

CONFIG, WEIGHTS = "config.json", "model.weights.h5"


def read_archive(archive: Archive) -> Chain:
    """The layers of a .keras archive."""
    config = archive.json(CONFIG)
    file = File(archive.read(WEIGHTS))
    groups = _dense_groups(file)
    named = {name: group for group, name in groups if name}

    def weights(number: int, name: str) -> Sequence[NDArray[Any]]:
        if name not in named and number >= len(groups):
            raise Refused(f"weights for {plain(name, 40)}", "none", SAVE)
        members = file.members(named[name] if name in named else groups[number][0])
        return [array(file, members[str(i)], f"{name}/{i}") for i in range(len(members))]

    return keras_file.read(config, weights)


def _dense_groups(file: File) -> list[tuple[int, str]]:
    """Where the weights of dense, dense_1, ... are, with the layers' own names if they stand there.

    Keras calls the groups by kind, in the order of the layers.
    """
    layers = file.members(_found(file, "layers"))
    names = [name for name in layers if re.fullmatch(r"dense(_\d{1,4})?", name)]
    names.sort(key=lambda name: int(name[6:] or 0))
    groups = [_found(file, "vars", layers[name]) for name in names[: limits.PARTS]]
    return [(group, "".join(texts(file, group, "name") or [])) for group in groups]


def read_h5(data: bytes) -> Chain:
    """The layers of an .h5 file."""
    file = File(data)
    config = texts(file, file.root, "model_config")
    if config is None:
        raise Refused("a whole Keras model", "an HDF5 file without model_config", SAVE)
    stored = _found(file, "model_weights")

    def weights(_: int, name: str) -> Sequence[NDArray[Any]]:
        group = _found(file, name, stored)
        paths = texts(file, group, "weight_names") or []
        return [array(file, _found(file, path, group), path) for path in paths[:3]]

    return keras_file.read(json.loads("".join(config)), weights)


def _found(file: File, path: str, group: int | None = None) -> int:
    found = file.find(path, group)
    if found is None:
        raise Refused(f"{plain(path, 60)!r} in the HDF5 file", "none", SAVE)
    return found
