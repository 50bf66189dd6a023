"""A zip archive that is looked at before it is opened: no bombs, no surprises."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from netglow.netcore.formats import limits
from netglow.netcore.refusal import Refused, plain

COPY = "copy or save the file again"
_ENTRY = b"PK\x01\x02"  # begins each line of an archive's list of contents
_HEADER = 10_000  # bytes of a .npy header


class Archive:
    """The files in a zip archive, within the limits; Refused for one beyond them.

    A damaged archive raises what zipfile and zlib raise.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > 2 * limits.PARTS:
            raise Refused(f"at most {limits.PARTS} files in the archive", "more", COPY)
        self.budget = limits.Budget()
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._parts = {info.filename: info for info in self._zip.infolist()}
        total = sum(info.file_size for info in self._parts.values())
        if total > limits.FILE:
            raise Refused(f"at most {limits.FILE:,} bytes in the archive", f"{total:,}", COPY)
        if any(info.flag_bits & 1 for info in self._parts.values()):
            raise Refused("an archive that is not encrypted", "a password", COPY)
        kinds = {info.compress_type for info in self._parts.values()}
        if kinds - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused("an archive stored or deflated", "another compression", COPY)

    @property
    def names(self) -> list[str]:
        """The names of the files, in the archive's order."""
        return list(self._parts)

    def size(self, name: str) -> int:
        """How many bytes the file has."""
        return self._parts[name].file_size

    def read(self, name: str, most: int = limits.FILE) -> bytes:
        """The file's bytes; Refused if it is not there or has more than ``most``."""
        if name not in self._parts:
            raise Refused(f"a file {name!r} in the archive", "none", COPY)
        if self.size(name) > most:
            raise Refused(
                f"at most {most:,} bytes in {plain(name, 60)}", f"{self.size(name):,}", COPY
            )
        return self._zip.read(name)

    def json(self, name: str) -> Any:
        """The value of a JSON file."""
        return json.loads(self.read(name, limits.STRUCTURE))

    def array(self, name: str) -> NDArray[Any]:
        """The array of a .npy file; Refused for Python objects, whose loading executes code."""
        return read_npy(self.read(name), name, self.budget)


def read_npy(data: bytes, name: str, budget: limits.Budget) -> NDArray[Any]:
    """An array out of a .npy file's bytes, which hold what its header says and no objects."""
    file = io.BytesIO(data)
    version = npy.read_magic(file)
    if version not in ((1, 0), (2, 0)):
        raise Refused(f".npy version 1 or 2 in {plain(name, 60)}", version, COPY)
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, fortran, dtype = read(file, max_header_size=_HEADER)
    if dtype.hasobject:
        raise Refused(
            "numbers or text",
            f"pickled Python objects in {plain(name, 60)}, and loading them executes code",
            "save plain arrays",
        )
    if dtype.kind not in "fiubU" or dtype.names or dtype.subdtype:
        raise Refused(
            "numbers or text", f"{plain(dtype, 60)} in {plain(name, 60)}", "save plain arrays"
        )
    count = budget.count(shape, plain(name, 60))
    rest = data[file.tell() :]
    if len(rest) != count * dtype.itemsize:
        raise Refused(
            f"{count * dtype.itemsize:,} bytes in {plain(name, 60)}", f"{len(rest):,}", COPY
        )
    if not count:
        return np.zeros(shape, dtype)
    return np.frombuffer(rest, dtype).reshape(shape, order="F" if fortran else "C")
