"""Keras's HDF5 files through h5py, which is an extra: weights and the model's config.

HDF5 can refer to other files; links, external and virtual data are refused.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.formats import keras_file, limits
from netglow.netcore.formats.archive import Archive
from netglow.netcore.formats.chain import Chain
from netglow.netcore.refusal import Refused, plain

SIGNATURE = b"\x89HDF\r\n\x1a\n"
CONFIG, WEIGHTS = "config.json", "model.weights.h5"
SAVE = 'save the whole model with model.save("FILE.keras")'


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        import h5py
    except ImportError:
        raise Refused(
            "h5py, which reads HDF5", "it is not installed", "pip install 'netglow[import]'"
        ) from None
    with h5py.File(io.BytesIO(data), "r") as file:
        yield file


def read_archive(archive: Archive) -> Chain:
    """The layers of a .keras archive."""
    config = archive.json(CONFIG)
    with _opened(archive.read(WEIGHTS)) as file:
        groups = _dense_groups(_group(file, "layers"))
        named = {name: group for group, name in groups if name}

        def weights(number: int, name: str) -> Sequence[NDArray[Any]]:
            if name not in named and number >= len(groups):
                raise Refused(f"weights for {plain(name, 40)}", "none", SAVE)
            group = named.get(name) or groups[number][0]
            return [_array(group, str(i)) for i in range(len(group))]

        return keras_file.read(config, weights)


def _dense_groups(layers: Any) -> list[tuple[Any, str]]:
    """Where the weights of dense, dense_1, ... are, with the layers' own names if they stand there.

    Keras calls the groups by kind, in the order of the layers.
    """
    names = [name for name in layers if re.fullmatch(r"dense(_\d{1,4})?", name)]
    names.sort(key=lambda name: int(name[6:] or 0))
    groups = [_group(_group(layers, name), "vars") for name in names[: limits.PARTS]]
    return [(group, _text(group.attrs.get("name", ""))) for group in groups]


def read_h5(data: bytes) -> Chain:
    """The layers of an .h5 file."""
    with _opened(data) as file:
        if "model_config" not in file.attrs:
            raise Refused("a whole Keras model", "an HDF5 file without model_config", SAVE)
        config = json.loads(_text(file.attrs["model_config"]))
        stored = _group(file, "model_weights")

        def weights(number: int, name: str) -> Sequence[NDArray[Any]]:
            if name not in stored:
                raise Refused(f"weights for {plain(name, 40)}", "none", SAVE)
            group = _group(stored, name)
            paths = [_text(path) for path in group.attrs["weight_names"][:3]]
            return [_array(group, path) for path in paths]

        return keras_file.read(config, weights)


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _member(group: Any, path: str) -> Any:
    """What is stored in the file itself under this path; None if there is nothing."""
    import h5py

    for name in path.split("/"):
        link = group.get(name, getlink=True) if isinstance(group, h5py.Group) else None
        if link is None:
            return None
        if not isinstance(link, h5py.HardLink):
            raise Refused("weights in the file itself", "a link to something else", SAVE)
        group = group[name]
    return group


def _group(group: Any, name: str) -> Any:
    import h5py

    found = _member(group, name)
    if not isinstance(found, h5py.Group):
        raise Refused(f"a group {plain(name, 40)!r} in the HDF5 file", "none", SAVE)
    return found


def _array(group: Any, path: str) -> NDArray[Any]:
    import h5py

    found, shown = _member(group, path), plain(path, 60)
    if not isinstance(found, h5py.Dataset):
        raise Refused(f"weights {shown!r} in the HDF5 file", "none", SAVE)
    if found.external or found.is_virtual:
        raise Refused("weights in the file itself", f"{shown!r} stored elsewhere", SAVE)
    if found.dtype.kind != "f" or found.shape is None:
        raise Refused(f"float numbers in {shown!r}", plain(found.dtype, 40), SAVE)
    limits.check_count(found.shape, shown)
    limits.check_count(found.chunks or (), f"a chunk of {shown}")
    return np.asarray(found[()])
