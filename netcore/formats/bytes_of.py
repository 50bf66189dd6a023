"""Numbers out of raw bytes, also in the 16-bit form that NumPy does not know."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BFLOAT16 = "bfloat16"  # the upper half of a float32


def numbers(data: bytes | memoryview, kind: str, little: bool = True) -> NDArray[Any]:
    """The flat array of a NumPy kind such as "f4", or of BFLOAT16.

    Raises ValueError if the bytes are no whole number of such numbers.
    """
    order = "<" if little else ">"
    if kind == BFLOAT16:
        upper = np.frombuffer(data, f"{order}u2").astype(np.uint32)
        return (upper << 16).view(np.float32)
    return np.frombuffer(data, f"{order}{kind}")
