"""A fully connected network and its one forward pass.

Index convention, used everywhere. Layer 0 is the input: ``a[0]`` is the image flattened row by
row, values 0..1. ``w[l]`` has shape (out, in) and carries layer l to layer l + 1::

    z[l] = w[l] @ a[l] + b[l]
    a[l + 1] = f_l(z[l])

so ``len(a) == len(w) + 1`` and ``len(z) == len(w)``. In memory everything is float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.activations import ACTIVATIONS, relu, sigmoid

__all__ = [
    "ACTIVATIONS",
    "CLASS_NAMES",
    "IMAGE_SHAPE",
    "Array",
    "Network",
    "Trace",
    "as_input",
    "forward",
    "forward_batch",
    "frozen",
    "propagate",
    "relu",
    "sigmoid",
]
Array = NDArray[np.float64]
IMAGE_SHAPE = (28, 28)
CLASS_NAMES = tuple("0123456789")


def frozen(values: ArrayLike, dtype: type = np.float64) -> NDArray[Any]:
    """A private read-only copy of the values."""
    array: NDArray[Any] = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Network:
    """Weights, biases and activations; nothing in it can be changed.

    w: one (out, in) array a layer; b: one (out,) array a layer; activations: one name a layer.
    Raises ValueError with one line for shapes that do not fit and numbers that are not finite.
    """

    w: tuple[Array, ...]
    b: tuple[Array, ...]
    activations: tuple[str, ...]
    image_shape: tuple[int, int] = IMAGE_SHAPE
    class_names: tuple[str, ...] = CLASS_NAMES

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "w", tuple(frozen(w) for w in self.w))
        put(self, "b", tuple(frozen(b) for b in self.b))
        put(self, "activations", tuple(self.activations))
        put(self, "image_shape", tuple(int(n) for n in self.image_shape))
        put(self, "class_names", tuple(str(name) for name in self.class_names))
        self._check()

    def _check(self) -> None:
        if not self.w or not len(self.w) == len(self.b) == len(self.activations):
            raise ValueError(
                "network: expected one weight matrix, one bias vector and one activation a layer, "
                f"found {len(self.w)}, {len(self.b)} and {len(self.activations)}"
            )
        if len(self.image_shape) != 2 or min(self.image_shape) < 1:
            raise ValueError(
                f"network: image shape must be (rows, columns), not {self.image_shape}"
            )
        width = self.image_shape[0] * self.image_shape[1]
        for l, (w, b, name) in enumerate(zip(self.w, self.b, self.activations, strict=True)):
            if name not in ACTIVATIONS:
                raise ValueError(
                    f"network: activation {name!r} of layer {l + 1} is not one of "
                    f"{', '.join(ACTIVATIONS)}"
                )
            if w.ndim != 2 or w.shape[1] != width or w.shape[0] < 1:
                raise ValueError(f"network: w[{l}] must have shape (out, {width}), found {w.shape}")
            if b.shape != w.shape[:1]:
                raise ValueError(f"network: b[{l}] must have shape {w.shape[:1]}, found {b.shape}")
            if not (np.isfinite(w).all() and np.isfinite(b).all()):
                raise ValueError(f"network: w[{l}] or b[{l}] holds NaN or infinity")
            width = len(b)
        if len(self.class_names) != width:
            raise ValueError(
                f"network: {width} outputs need {width} class names, found {len(self.class_names)}"
            )

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units in each layer, the input first: (784, 16, 16, 10)."""
        return (self.w[0].shape[1], *(len(b) for b in self.b))

    @property
    def edge_count(self) -> int:
        """How many weights there are: 12,960 for (784, 16, 16, 10)."""
        return sum(w.size for w in self.w)

    @property
    def parameter_count(self) -> int:
        """Weights and biases together: 13,002 for (784, 16, 16, 10)."""
        return self.edge_count + sum(b.size for b in self.b)


@dataclass(frozen=True, eq=False)
class Trace:
    """Every number of one forward pass, read-only.

    One image: ``z[l]`` and ``a[l]`` have shape (units,). A batch: (n, units).
    """

    z: tuple[Array, ...]
    a: tuple[Array, ...]
    image_shape: tuple[int, int] = IMAGE_SHAPE

    def __post_init__(self) -> None:
        for array in (*self.z, *self.a):
            array.setflags(write=False)

    @property
    def output(self) -> Array:
        """The last layer's activations: (classes,) or (n, classes); sigmoid, softmax: each 0..1."""
        return self.a[-1]

    @property
    def predicted(self) -> int:
        """Class of the largest output, for one image."""
        return int(self.predictions)

    @property
    def predictions(self) -> NDArray[np.int64]:
        """(n,) Classes of the largest outputs, for a batch."""
        return np.asarray(self.output.argmax(axis=-1))

    @property
    def image(self) -> Array:
        """The input in image form: image_shape, or (n, *image_shape) for a batch."""
        return self.a[0].reshape(*self.a[0].shape[:-1], *self.image_shape)


def propagate(
    w: Sequence[NDArray[Any]],
    b: Sequence[NDArray[Any]],
    activations: Sequence[str],
    inputs: NDArray[Any],
) -> tuple[list[NDArray[Any]], list[NDArray[Any]]]:
    """The forward pass itself: (z, a) of every layer, a[0] being the inputs.

    inputs: (units,) for one image or (n, units) for a batch; training runs this in float32.
    """
    z, a = [], [inputs]
    for weights, bias, name in zip(w, b, activations, strict=True):
        z.append(a[-1] @ weights.T + bias)  # (w @ a) for one image, row by row for a batch
        a.append(ACTIVATIONS[name][0](z[-1]))
    return z, a


def as_input(images: ArrayLike, image_shape: tuple[int, int], batch: bool) -> Array:
    """Images as new float64 rows 0..1: (pixels,) or, for a batch, (n, pixels)."""
    given = np.asarray(images)
    pixels = image_shape[0] * image_shape[1]
    lead = given.shape[: int(batch)]
    if len(lead) != int(batch) or given.shape[len(lead) :] not in (image_shape, (pixels,)):
        wanted = f"{'(n, ' if batch else '('}{image_shape[0]}, {image_shape[1]})"
        raise ValueError(f"image: expected shape {wanted} or flattened, found {given.shape}")
    rows = given.reshape(*lead, pixels).astype(np.float64)
    if given.dtype == np.uint8:
        rows /= 255
    if not (np.isfinite(rows).all() and (rows >= 0).all() and (rows <= 1).all()):
        raise ValueError("image: expected numbers 0..1 (or uint8), found values outside")
    return rows


def forward(network: Network, image: ArrayLike) -> Trace:
    """One image through the network.

    image: image_shape or flattened, floats 0..1; uint8 is divided by 255.
    Raises ValueError for another shape or values outside 0..1.
    """
    rows = as_input(image, network.image_shape, batch=False)
    z, a = propagate(network.w, network.b, network.activations, rows)
    return Trace(tuple(z), tuple(a), network.image_shape)


def forward_batch(network: Network, images: ArrayLike) -> Trace:
    """Many images, (n, *image_shape) or (n, pixels), in one matrix product a layer."""
    rows = as_input(images, network.image_shape, batch=True)
    z, a = propagate(network.w, network.b, network.activations, rows)
    return Trace(tuple(z), tuple(a), network.image_shape)
