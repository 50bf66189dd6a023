"""What MatrixProduct shows: the first layer as a matrix, and what a computer makes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from netglow.netcore.network import Array
from netglow.netcore.study import facts
from netglow.netcore.study.telling_entries import rounding_agrees, telling_rows, telling_window
from netglow.netcore.study.timing import TIMING
from netglow.scenes.facts.base import Facts

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

WINDOW, ROWS = 5, 6  # entries of a row, and rows, that are large enough for numbers
CODE = {"sigmoid": "a1 = 1 / (1 + np.exp(-z))", "relu": "a1 = np.maximum(0, z)"}


@dataclass(frozen=True, eq=False)
class MatrixProductFacts(Facts):
    """The first layer for one image: ``a1 = f(w a0 + b)``, w (neurons, inputs).

    ``row`` is the neuron that is read in numbers, counted from 0, and ``neuron`` the same counted
    from 1; ``large`` are the rows and ``window`` the inputs that are shown as numbers. Its
    products with the inputs in the window are ``parts``; all ``rest`` others add up to
    ``rest_sum``. ``agrees`` says whether these numbers, rounded, still add up as they are printed.

    ``code`` are lines of Python; ``outcome`` (neurons,) is what they really found. The times are
    those of the layer that was measured once, of ``timed_rows`` by ``timed_columns`` weights.
    """

    image: Array
    w: Array
    b: Array
    a0: Array
    products: Array
    sums: Array
    z: Array
    a1: Array
    kind: str
    is_relu: bool
    neurons: int
    inputs: int
    layers: int
    row: int
    neuron: int
    large: range
    shown: int
    window: range
    wide: int
    parts: Array
    rest: int
    rest_sum: float
    total: float
    agrees: bool
    code: list[str]
    outcome: Array
    loop_us: float
    product_us: float
    ratio: int
    timed_rows: int
    timed_columns: int
    processors: int
    python: str
    numpy: str

    @classmethod
    def of(cls, story: Story) -> Self:
        """Of the story's network and image, whatever digit it is."""
        network, trace = story.network, story.trace
        w, b, a0 = network.w[0], network.b[0], trace.a[0]
        row = _neuron(story)
        first = telling_window(w[row], a0, WINDOW, network.image_shape[1])
        window = range(first, first + WINDOW)
        products = facts.contributions(network, trace, 0)
        sums = products.sum(axis=1)
        large = telling_rows(trace.a[1], row, ROWS)
        kind = str(network.activations[0])
        code = ["z = W @ a0 + b", CODE[kind]]
        return cls(
            image=story.image,
            w=w,
            b=b,
            a0=a0,
            products=products,
            sums=sums,
            z=trace.z[0],
            a1=trace.a[1],
            kind=kind,
            is_relu=kind == "relu",
            neurons=len(w),
            inputs=w.shape[1],
            layers=len(network.w),
            row=row,
            neuron=row + 1,
            large=large,
            shown=len(large),
            window=window,
            wide=WINDOW,
            parts=products[row, window],
            rest=w.shape[1] - WINDOW,
            rest_sum=float(sums[row] - products[row, window].sum()),
            total=float(sums[row]),
            agrees=rounding_agrees(w[row, window], a0[window], float(sums[row])),
            code=code,
            outcome=_run(code, W=w, a0=a0, b=b),
            **_times(),
        )


def _neuron(story: Story) -> int:
    """One that is on and can be followed by eye; else the brightest."""
    try:
        return int(facts.readable_neuron(story.network, story.trace))
    except LookupError:
        return int(story.trace.a[1].argmax())


def _run(code: list[str], **names: Any) -> Array:
    """The value of a1 after the lines have run."""
    names["np"] = np
    exec("\n".join(code), names)
    return np.asarray(names["a1"])


def _times() -> dict[str, Any]:
    """What was measured, times in microseconds, their ratio to two digits."""
    found = json.loads(TIMING.read_text("utf-8"))
    ratio = found["loop_seconds"] / found["product_seconds"]
    return {
        "loop_us": 1e6 * found["loop_seconds"],
        "product_us": 1e6 * found["product_seconds"],
        "ratio": int(float(f"{ratio:.2g}")),
        "timed_rows": found["rows"],
        "timed_columns": found["columns"],
        "processors": found["processors"],
        "python": found["python"],
        "numpy": found["numpy"],
    }
