"""Reads a pickle without executing anything in it.

A pickle is a small program; the usual machine for it imports and calls whatever the file names.
This one knows the instructions that plain containers, numbers and text need. What a file wants
to import stays a `Name`, what it wants to call stays a `Call`: two lists of words, for a reader to
look at. No module is imported, no function called, no attribute set.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from netglow.netcore.refusal import Refused, plain

MOST = 200_000  # instructions
_MARK = object()


@dataclass(frozen=True)
class Name:
    """Something of a Python module that a pickle names."""

    text: str


ORDERED = Name("collections.OrderedDict")  # a dictionary here, as it keeps its order


@dataclass(frozen=True, eq=False)
class Call:
    """Something that a pickle wants to have called with arguments."""

    what: Any
    arguments: Any


@dataclass(frozen=True, eq=False)
class Reference:
    """Something that a pickle expects to be stored elsewhere."""

    to: Any


def read(data: bytes) -> Any:
    """The value; Refused for instructions that plain containers do not need.

    A damaged pickle raises ValueError, IndexError, KeyError, TypeError or AttributeError.
    """
    machine = _Machine()
    for count, (code, argument, _) in enumerate(pickletools.genops(data)):
        if count > MOST:
            raise Refused(f"at most {MOST:,} pickle instructions", "more", "save only the weights")
        machine.step(code.name, argument)
    return machine.stack[-1]


class _Machine:
    """A stack and a memory."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.memory: dict[int, Any] = {}

    def step(self, code: str, argument: Any) -> None:
        push, stack = self.stack.append, self.stack
        if code in _VALUES:
            push(argument)
        elif code in _CONSTANTS:
            push(_CONSTANTS[code]())
        elif code in ("BINPUT", "LONG_BINPUT"):
            self.memory[argument] = stack[-1]
        elif code == "MEMOIZE":
            self.memory[len(self.memory)] = stack[-1]
        elif code in ("BINGET", "LONG_BINGET"):
            push(self.memory[argument])
        elif code == "GLOBAL":
            push(Name(argument.replace(" ", ".")))
        elif code == "STACK_GLOBAL":
            name, module = stack.pop(), stack.pop()
            push(Name(f"{module}.{name}"))
        elif code in ("REDUCE", "NEWOBJ"):
            arguments, what = stack.pop(), stack.pop()
            push({} if what == ORDERED else Call(what, arguments))
        elif code == "BINPERSID":
            push(Reference(stack.pop()))
        elif code in _TUPLES:
            push(tuple(self.pop(_TUPLES[code])))
        elif code == "TUPLE":
            push(tuple(self.marked()))
        elif code not in ("PROTO", "FRAME", "STOP"):
            self.change(code)

    def change(self, code: str) -> None:
        """Instructions that fill the container on top of the stack."""
        if code in ("SETITEM", "SETITEMS"):
            items = self.pop(2) if code == "SETITEM" else self.marked()
            _fill(self.stack[-1], items)
        elif code in ("APPEND", "APPENDS"):
            items = self.pop(1) if code == "APPEND" else self.marked()
            if not isinstance(self.stack[-1], list):
                raise TypeError("only lists are appended to")
            self.stack[-1].extend(items)
        elif code in ("BUILD", "POP"):  # BUILD: an object's attributes; nothing here has any
            self.stack.pop()
        else:
            raise Refused(
                "weights", f"the pickle instruction {plain(code, 20)}", "save only the weights"
            )

    def pop(self, count: int) -> list[Any]:
        if len(self.stack) < count:
            raise IndexError("the stack is empty")
        taken, self.stack[-count:] = self.stack[-count:], []
        return taken

    def marked(self) -> list[Any]:
        """What is above the latest mark, which goes, too."""
        at = len(self.stack) - 1
        while self.stack[at] is not _MARK:  # before the first there is none: IndexError
            at -= 1
            if at < 0:
                raise IndexError("no mark")
        taken = self.stack[at + 1 :]
        del self.stack[at:]
        return taken


def _fill(target: Any, items: Sequence[Any]) -> None:
    """Put pairs of key and value into the dictionary."""
    if not isinstance(target, dict):
        raise TypeError("only dictionaries have keys")
    for key, value in zip(items[::2], items[1::2], strict=True):
        if not isinstance(key, str | int):
            raise TypeError("keys are text or whole numbers")
        target[key] = value


_VALUES = {
    *("BININT", "BININT1", "BININT2", "LONG1", "LONG4", "BINFLOAT"),
    *("BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "SHORT_BINBYTES", "BINBYTES"),
}
_CONSTANTS: dict[str, Callable[[], Any]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
    "MARK": lambda: _MARK,
}
_TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
