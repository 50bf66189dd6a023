"""The JSON of a textbook's network2.py: {"sizes", "weights", "biases", "cost"}.

M. Nielsen, *Neural Networks and Deep Learning*. All layers are sigmoid; weights are lists of rows,
(out, in), and each bias is a list of one number.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.formats import limits
from netglow.netcore.formats.chain import Chain, Dense
from netglow.netcore.refusal import Refused, plain

FORMAT = "network2.py"
KEYS = ("sizes", "weights", "biases")


def read(data: bytes) -> Chain:
    """The layers; Refused for other JSON."""
    if len(data) > limits.TEXT:
        raise Refused(f"at most {limits.TEXT:,} bytes of JSON", f"{len(data):,}", "save it as .npz")
    try:
        found = json.loads(data)
    except RecursionError:
        raise Refused(
            "lists of numbers", "lists in lists in lists", "save it again with network2.py"
        ) from None
    if not isinstance(found, dict) or any(key not in found for key in KEYS):
        keys = ", ".join(map(str, found)) if isinstance(found, dict) else type(found).__name__
        raise Refused(
            'JSON of network2.py with "sizes", "weights" and "biases"',
            plain(keys, 80) or "none of them",
            "save it with net.save(FILE)",
        )
    w = [_numbers(rows, f"the weights of layer {l}") for l, rows in enumerate(found["weights"], 1)]
    b = [_numbers(rows, f"the biases of layer {l}") for l, rows in enumerate(found["biases"], 1)]
    if len(w) != len(b):
        raise Refused("one bias vector a layer", f"{len(w)} and {len(b)}", "save it again")
    layers = [Dense(w, b.ravel(), "sigmoid") for w, b in zip(w, b, strict=True)]
    sizes = [layers[0].w.shape[-1], *(len(layer.w) for layer in layers)] if layers else []
    if sizes != found["sizes"]:
        raise Refused(f"sizes {plain(found['sizes'], 60)}", f"weights of {sizes}", "save it again")
    return Chain(FORMAT, layers)


def _numbers(rows: Any, what: str) -> NDArray[np.float64]:
    try:
        return np.array(rows, dtype=np.float64)
    except (ValueError, TypeError):
        raise Refused(
            f"rows of numbers as {what}", "something else", "save it again with network2.py"
        ) from None
