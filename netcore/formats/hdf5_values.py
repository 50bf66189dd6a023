"""Arrays and texts in an HDF5 file: stored whole, in the file itself, as plain numbers or text."""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

from netglow.netcore.formats.bytes_of import numbers
from netglow.netcore.formats.hdf5_file import SAVE, File
from netglow.netcore.refusal import Refused, plain

DATASPACE, DATATYPE, EXTERNAL, LAYOUT, FILTERS, ATTRIBUTE = 0x01, 0x03, 0x07, 0x08, 0x0B, 0x0C
FLOAT, TEXT, ANY_LENGTH = 1, 3, 9  # classes of a datatype
COMPACT, WHOLE, CHUNKED = 0, 1, 2  # classes of a layout
# Where exponent and mantissa of an IEEE number lie: bits from, and how many, for each; by bytes.
IEEE = {2: bytes([10, 5, 0, 10]), 4: bytes([23, 8, 0, 23]), 8: bytes([52, 11, 0, 52])}
MOST_TEXTS = 1000


def array(file: File, address: int, name: str) -> NDArray[Any]:
    """The float array at an address; Refused if it is stored in pieces, packed or elsewhere."""
    messages = dict(file.messages(address))
    shown = plain(name, 60)
    if any(kind not in messages for kind in (DATASPACE, DATATYPE, LAYOUT)):
        raise Refused(f"weights {shown!r} in the HDF5 file", "none", SAVE)
    if EXTERNAL in messages:
        raise Refused("weights in the file itself", f"{shown!r} stored elsewhere", SAVE)
    if FILTERS in messages:
        raise Refused("weights that are not compressed", f"compressed {shown!r}", SAVE)
    shape = _shape(messages[DATASPACE])
    count = file.budget.count(shape, shown)
    kind = messages[DATATYPE]
    size = int.from_bytes(kind[4:8], "little")
    if kind[0] & 15 != FLOAT or kind[12:16] != IEEE.get(size) or kind[1] & 64:
        raise Refused(f"float numbers in {shown!r}", f"datatype {kind[0] & 15}", SAVE)
    raw = _bytes(file, messages[LAYOUT], size * count, shown)
    return numbers(raw, f"f{size}", little=not kind[1] & 1).reshape(shape)


def _bytes(file: File, layout: bytes, size: int, shown: str) -> bytes:
    """The bytes of an array, where its layout says that they are."""
    version, where = layout[0], layout[1]
    if version not in (3, 4) or where not in (COMPACT, WHOLE):
        found = "in chunks" if where == CHUNKED else "elsewhere, or in another form"
        raise Refused("weights stored in one piece", f"{shown!r} stored {found}", SAVE)
    if where == COMPACT:
        raw = layout[4 : 4 + int.from_bytes(layout[2:4], "little")]
    else:
        address, length = (int.from_bytes(layout[at : at + 8], "little") for at in (2, 10))
        raw = file.take(address, length) if length else b""
    if len(raw) != size:
        raise Refused(f"{size:,} bytes in {shown!r}", f"{len(raw):,}", "copy or save it again")
    return raw


def _shape(space: bytes) -> tuple[int, ...]:
    """The sides of a dataspace; () for a single value."""
    start = {1: 8, 2: 4}[space[0]]
    found = [space[at : at + 8] for at in range(start, start + 8 * space[1], 8)]
    if any(len(side) != 8 for side in found):
        raise ValueError("a dataspace that ends too soon")
    return tuple(int.from_bytes(side, "little") for side in found)


def texts(file: File, address: int, name: str) -> list[str] | None:
    """The texts in an object's attribute; None if it has none of this name."""
    for kind, body in file.messages(address):
        if kind == ATTRIBUTE:
            found, datatype, space, raw = _attribute(body)
            if found == name:
                return _texts(file, datatype, _shape(space), raw)
    return None


def _attribute(body: bytes) -> tuple[str, bytes, bytes, bytes]:
    """Name, datatype, dataspace and raw value."""
    version = body[0]
    sizes = [int.from_bytes(body[at : at + 2], "little") for at in (2, 4, 6)]
    at = {1: 8, 2: 8, 3: 9}[version]
    parts = []
    for size in sizes:
        parts.append(body[at : at + size])
        at += (size + 7) // 8 * 8 if version == 1 else size
    return parts[0].rstrip(b"\0").decode(), parts[1], parts[2], body[at:]


def _texts(file: File, datatype: bytes, shape: tuple[int, ...], raw: bytes) -> list[str]:
    count, size = math.prod(shape), int.from_bytes(datatype[4:8], "little")
    if count > MOST_TEXTS or count * size > len(raw):
        raise Refused(f"at most {MOST_TEXTS} texts in an attribute", count, SAVE)
    values = [raw[i * size : (i + 1) * size] for i in range(count)]
    kind = datatype[0] & 15
    if kind == TEXT:
        return [value.split(b"\0")[0].decode() for value in values]
    if kind != ANY_LENGTH or datatype[1] & 15 != 1:
        raise Refused("text in an attribute", f"datatype {kind}", SAVE)
    return [_anywhere(file, value) for value in values]


def _anywhere(file: File, value: bytes) -> str:
    """A text of any length: its length, and the heap's address and object that have it."""
    length, heap, index = (int.from_bytes(value[a:b], "little") for a, b in _PARTS)
    return file.heap_object(heap, index)[:length].decode() if length else ""


_PARTS = ((0, 4), (4, 12), (12, 16))
