"""How large a file, and what it says is in it, may be. All of it is checked before it is read."""

from __future__ import annotations

import math
from collections.abc import Iterable

from netglow.netcore.refusal import Refused

FILE = 256 * 2**20  # bytes
TEXT = 16 * 2**20  # bytes of a file that is one JSON text
STRUCTURE = 4 * 2**20  # bytes of what describes a network within a file
NUMBERS = 2**25  # of a network, and of all tensors that are read for it
PARTS = 2000  # tensors, files in an archive, layers, nodes


def check_count(shape: Iterable[int], what: str) -> int:
    """How many numbers a tensor of this shape has; Refused if they are too many."""
    sides = tuple(shape)
    count = math.prod(sides)
    if min(sides, default=0) < 0 or count > NUMBERS:
        raise Refused(
            f"at most {NUMBERS:,} numbers", f"{what} of shape {sides}", "use a smaller network"
        )
    return count


class Budget:
    """Counts the numbers of all tensors that are read: a file may name the same one many times."""

    def __init__(self) -> None:
        self.left = NUMBERS

    def count(self, shape: Iterable[int], what: str) -> int:
        """As `check_count`, and Refused if all tensors together are too many."""
        count = check_count(shape, what)
        self.left -= count
        if self.left < 0:
            raise Refused(f"at most {NUMBERS:,} numbers in all", "more", "use a smaller network")
        return count
