"""How long one layer takes: a plain Python loop against the matrix product.

``python -m netglow.netcore.study.timing`` measures the first layer of a model and writes
assets/timing.json, which the film quotes: a clip must come out the same every time, so it never
measures itself.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import ArrayLike

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import load_model
from netglow.netcore.network import Network, as_input

TIMING = ASSETS / "timing.json"
_CALLS = 200  # products a repeat: one alone is too short for the clock


def pre_activations(
    rows: list[list[float]], biases: list[float], inputs: list[float]
) -> list[float]:
    """``W a + b`` with nothing but Python's own numbers and loops."""
    sums = []
    for row, bias in zip(rows, biases, strict=True):
        total = bias
        for weight, activation in zip(row, inputs, strict=True):
            total += weight * activation
        sums.append(total)
    return sums


def loop_against_product(
    network: Network, image: ArrayLike, repeats: int = 301
) -> tuple[float, float]:
    """(loop, product): median seconds for the sums of the first layer, one image.

    The loop runs over Python lists (faster than over single array entries); turning arrays into
    lists is not counted. Raises ValueError for fewer than one repeat.
    """
    if repeats < 1:
        raise ValueError(f"repeats must be at least 1, not {repeats}")
    w, b, a = network.w[0], network.b[0], as_input(image, network.image_shape, batch=False)
    rows, biases, inputs = w.tolist(), b.tolist(), a.tolist()
    np.testing.assert_allclose(pre_activations(rows, biases, inputs), w @ a + b, atol=1e-9)
    loops, products = [], []
    for _ in range(repeats):
        start = perf_counter()
        pre_activations(rows, biases, inputs)
        middle = perf_counter()
        for _ in range(_CALLS):
            w @ a + b
        loops.append(middle - start)
        products.append((perf_counter() - middle) / _CALLS)
    return median(loops), median(products)


def measure(path: Path = TIMING, repeats: int = 301) -> dict[str, object]:
    """Measure the default model on the first test image and write what was found to ``path``."""
    network = load_model().network
    loop, product = loop_against_product(network, load_digits()[1].images[0], repeats)
    found = {
        "what": "W a + b of the first layer for one image, float64; median of the repeats",
        "rows": network.w[0].shape[0],
        "columns": network.w[0].shape[1],
        "loop_seconds": float(f"{loop:.4g}"),
        "product_seconds": float(f"{product:.4g}"),
        "repeats": repeats,
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }
    path.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    return found


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
    print()
