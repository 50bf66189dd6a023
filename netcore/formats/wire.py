"""The binary form of Protocol Buffers, as far as ONNX needs it: reading within limits, and writing.

A message is a sequence of fields: a number that says which, and a value, which is a whole number,
4 or 8 bytes, or bytes of a length that stands before them (text, a list, another message).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from netglow.netcore.refusal import Refused

MOST = 100_000  # fields of all messages together
COPY = "copy or export the file again"
VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5
Message = dict[int, list[int | bytes]]


class Reader:
    """Reads messages; what it may read in all is bounded. ValueError for damaged bytes."""

    def __init__(self) -> None:
        self.left = MOST

    def message(self, data: bytes) -> Message:
        """The values of each field in their order; 4 and 8 bytes stay bytes."""
        found: Message = {}
        at = 0
        while at < len(data):
            self._count()
            key, at = self._varint(data, at)
            kind = key & 7
            value: int | bytes
            if kind == VARINT:
                value, at = self._varint(data, at)
            else:
                if kind == BYTES:
                    length, at = self._varint(data, at)
                else:
                    length = {EIGHT: 8, FOUR: 4}.get(kind, len(data))
                value, at = data[at : at + length], at + length
            if at > len(data):
                raise ValueError("a field goes beyond the end")
            found.setdefault(key >> 3, []).append(value)
        return found

    def whole_numbers(self, values: Iterable[int | bytes]) -> list[int]:
        """Signed whole numbers of a repeated field, one by one or packed."""
        found: list[int] = []
        for value in values:
            if isinstance(value, int):
                found.append(value)
                continue
            at = 0
            while at < len(value):
                self._count()
                number, at = self._varint(value, at)
                found.append(number)
        return [n - (1 << 64) if n >> 63 else n for n in found]

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Refused(f"at most {MOST:,} fields", "more", "give a smaller network")

    @staticmethod
    def _varint(data: bytes, at: int) -> tuple[int, int]:
        """A whole number, seven bits a byte, and where it ends."""
        value = 0
        for shift in range(0, 70, 7):
            if at >= len(data):
                raise ValueError("a number goes beyond the end")
            value |= (data[at] & 127) << shift
            at += 1
            if data[at - 1] < 128:
                return value & (2**64 - 1), at
        raise ValueError("a number that does not end")


def texts(values: Iterable[int | bytes]) -> list[str]:
    """Text fields; ValueError for other bytes."""
    return [bytes_of(value).decode() for value in values]


def bytes_of(value: int | bytes) -> bytes:
    """The value of a field that has a length; ValueError for a whole number."""
    if isinstance(value, int):
        raise ValueError("a number where bytes belong")
    return value


def last(message: Message, number: int, missing: int = 0) -> int:
    """The whole number of a field that is there once at most."""
    values = message.get(number, [missing])
    if not isinstance(values[-1], int):
        raise ValueError("bytes where a number belongs")
    return values[-1]


def _number(value: int) -> bytes:
    value &= 2**64 - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number: int, value: int | float | str | bytes) -> bytes:
    """One field: a whole number, a 4-byte float, text, or a message that is written already."""
    if isinstance(value, int):
        return _number(number << 3 | VARINT) + _number(value)
    if isinstance(value, float):
        return _number(number << 3 | FOUR) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return _number(number << 3 | BYTES) + _number(len(data)) + data
