"""The common step: from the dense layers that a file holds to a Network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.activations import ACTIVATIONS
from netglow.netcore.formats import limits
from netglow.netcore.formats.hints import Hints
from netglow.netcore.network import Array, Network
from netglow.netcore.refusal import Refused, plain

IDENTITY = "identity"
ALIASES = {
    "linear": IDENTITY,
    "none": IDENTITY,
    "logistic": "sigmoid",
    "log_softmax": "softmax",  # its order is the same, so are the predictions
    "logsoftmax": "softmax",
    "leakyrelu": "leaky_relu",
}
LOGITS = "the file ends in plain sums; softmax follows them, which changes no prediction"
MERGED = "layers with nothing between them were multiplied into one"
TWO_OUTPUTS = "one sigmoid output became two, for no and for yes"
NAME = 40  # letters of a class name


@dataclass(frozen=True, eq=False)
class Dense:
    """One layer: w (out, in), b (out,) or none, and what follows; None if the file does not say."""

    w: NDArray[Any]
    b: NDArray[Any] | None = None
    activation: str | None = None

    @property
    def bias(self) -> NDArray[Any]:
        """(out,) the bias; zeros for none."""
        return np.zeros(len(self.w)) if self.b is None else self.b


@dataclass(frozen=True, eq=False)
class Chain:
    """What a file holds: layers, first to last, and what it says about images and classes.

    scale, offset: what the file itself does to an input, before the first layer: numbers, or one
    for each input.
    """

    format: str
    layers: Sequence[Dense]
    classes: tuple[str, ...] | None = None
    image_shape: tuple[int, int] | None = None
    scale: ArrayLike = 1.0
    offset: ArrayLike = 0.0
    notes: tuple[str, ...] = field(default=())


def to_network(chain: Chain, hints: Hints) -> tuple[Network, tuple[str, ...]]:
    """The network, in float32 precision, and notes on what was done to the layers.

    Raises Refused with one line for what is no chain of dense layers, or lacks something that
    only the user can tell.
    """
    budget = limits.Budget()
    for l, layer in enumerate(chain.layers, 1):
        budget.count(layer.w.shape, f"weights of layer {l}")
    layers, notes = [_checked(layer, l) for l, layer in enumerate(chain.layers, 1)], [*chain.notes]
    if not layers:
        raise Refused("a chain of dense layers", "none", "give a file with a trained dense network")
    for l, (one, next_one) in enumerate(pairwise(layers), 2):
        if len(one.w) != next_one.w.shape[1]:
            raise Refused(
                f"layer {l} to take the {len(one.w)} outputs of the layer before",
                f"{next_one.w.shape[1]} inputs",
                "give a plain chain of dense layers",
            )
    layers = _finished(_named(layers, hints), notes)
    layers[0] = _folded(layers[0], chain.scale, chain.offset, "the file's own scale")
    if hints.input_scale is not None:
        layers[0] = _folded(layers[0], hints.input_scale.scale, hints.input_scale.offset, "scale")
        notes.append(f"inputs {hints.input_scale.text} became 0..1 in the first layer")
    else:
        notes.append("inputs are taken as 0..1, 1 = ink; if not: --input-scale")
    network = Network(
        tuple(_single(layer.w, l) for l, layer in enumerate(layers, 1)),
        tuple(_single(layer.bias, l) for l, layer in enumerate(layers, 1)),
        tuple(layer.activation or "" for layer in layers),
        _image_shape(chain, hints, layers[0].w.shape[1]),
        _classes(chain, hints, len(layers[-1].w)),
    )
    return network, tuple(notes)


def _checked(layer: Dense, l: int) -> Dense:
    """The same in float64, if it can be a layer."""
    for name, array, dimensions in (("weights", layer.w, 2), ("bias", layer.bias, 1)):
        if array.ndim != dimensions or 0 in array.shape or array.dtype.kind != "f":
            raise Refused(
                f"float {name} with {dimensions} dimension{'s' * (dimensions > 1)} in layer {l}",
                f"{array.dtype} of shape {array.shape}",
                "give a network of dense layers, not quantized",
            )
        if not np.isfinite(array).all():
            raise Refused(
                f"finite {name} in layer {l}", "NaN or infinity", "train or save it again"
            )
    if layer.bias.shape != layer.w.shape[:1]:
        raise Refused(
            f"{len(layer.w)} biases in layer {l}",
            len(layer.bias),
            "check --orientation, or save it again",
        )
    return replace(layer, w=layer.w.astype(np.float64), b=layer.bias.astype(np.float64))


def _named(layers: list[Dense], hints: Hints) -> list[Dense]:
    """The layers, each with an activation: the user's, or else the file's."""
    count, given = len(layers), hints.activations
    if given is None:
        missing = [l for l, layer in enumerate(layers, 1) if layer.activation is None]
        if missing:
            raise Refused(
                "activations",
                f"weights alone, which do not say what follows layer {missing[0]}",
                "netglow import takes --activations HIDDEN,OUTPUT such as relu,softmax",
            )
        given = tuple(str(layer.activation) for layer in layers)
    elif len(given) == 2:
        given = (given[0],) * (count - 1) + (given[1],)
    if len(given) != count:
        raise Refused(
            f"--activations with {count} names, or two: HIDDEN,OUTPUT", len(given), "name them all"
        )
    return [
        replace(layer, activation=known(name)) for layer, name in zip(layers, given, strict=True)
    ]


def known(name: str) -> str:
    """Our name of an activation; Refused if there is none."""
    name = name.strip().lower()
    name = ALIASES.get(name, name)
    if name not in ACTIVATIONS and name != IDENTITY:
        names = ", ".join([*ACTIVATIONS, IDENTITY])
        raise Refused(
            f"an activation out of {names}", repr(plain(name, NAME)), "choose one of them"
        )
    return name


def _finished(layers: list[Dense], notes: list[str]) -> list[Dense]:
    """Layers that all have one of our activations, and outputs that are one for each class."""
    kept: list[Dense] = []
    for layer in layers:
        if kept and kept[-1].activation == IDENTITY:
            before = kept.pop()
            w, b = layer.w @ before.w, layer.w @ before.bias + layer.bias
            layer = Dense(w, b, layer.activation)
            notes.append(MERGED)
        kept.append(layer)
    last = kept[-1]
    if last.activation == IDENTITY and len(last.w) > 1:
        last = replace(last, activation="softmax")
        notes.append(LOGITS)
    if len(last.w) == 1:
        if last.activation != "sigmoid":
            raise Refused(
                "an output for each class",
                f"a single one with {last.activation}",
                "give a network that tells classes apart",
            )
        last = Dense(np.vstack([-last.w, last.w]), np.concatenate([-last.bias, last.bias]))
        last = replace(last, activation="sigmoid")
        notes.append(TWO_OUTPUTS)
    return [*kept[:-1], last]


def _folded(layer: Dense, scale: ArrayLike, offset: ArrayLike, what: str) -> Dense:
    """The same layer for inputs that have not been through ``scale * x + offset``."""
    sides = {np.shape(scale), np.shape(offset)} - {(), layer.w.shape[1:]}
    if sides:
        raise Refused(f"{what} with one number or {layer.w.shape[1]}", sides.pop(), "save it again")
    shift = np.broadcast_to(np.asarray(offset, np.float64), layer.w.shape[1:])
    return replace(layer, w=layer.w * np.asarray(scale, np.float64), b=layer.bias + layer.w @ shift)


def _single(array: Array, l: int) -> Array:
    """The numbers as a model file keeps them."""
    with np.errstate(over="ignore"):
        kept = array.astype(np.float32).astype(np.float64)
    if not np.isfinite(kept).all():
        raise Refused(
            "numbers that float32 can hold", f"larger ones in layer {l}", "train it again"
        )
    return kept


def _image_shape(chain: Chain, hints: Hints, inputs: int) -> tuple[int, int]:
    side = math.isqrt(inputs)
    shape = hints.image_shape or chain.image_shape or (side, side)
    if math.prod(shape) != inputs:
        stated = f"{shape[0]}x{shape[1]}" if (hints.image_shape or chain.image_shape) else "none"
        raise Refused(
            f"an image shape of {inputs} pixels, the inputs of the first layer",
            stated,
            "netglow import takes --image-shape ROWSxCOLUMNS",
        )
    return shape


def _classes(chain: Chain, hints: Hints, outputs: int) -> tuple[str, ...]:
    names = hints.classes or chain.classes or tuple(map(str, range(outputs)))
    if len(names) != outputs:
        raise Refused(
            f"{outputs} class names, one an output",
            len(names),
            "netglow import takes --classes A,B,...",
        )
    return tuple(plain(name, NAME) for name in names)
