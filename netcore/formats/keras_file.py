"""Keras: a .keras archive or an .h5 file, read without Keras. Kernels are (in, out).

The layers stand in JSON (config.json, or the attribute model_config), the weights in HDF5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.activations import leaky_name
from netglow.netcore.formats.chain import Chain, Dense
from netglow.netcore.refusal import Refused, plain

FORMAT = "Keras"
GIVE = "give a Sequential of Dense layers"
NOTHING = {"Dropout", "GaussianNoise", "GaussianDropout", "ActivityRegularization"}  # when used
SHAPES = {"Flatten", "Reshape"}  # rows stay in their order
ACTIVATION_LAYERS = {"Softmax": "softmax", "Activation": "", "ReLU": "relu", "LeakyReLU": "leaky"}
LEAK = 0.2  # of activation="leaky_relu"; the layer's own default is 0.3, and always written out


def read(config: Mapping[str, Any], weights: Callable[[int, str], Sequence[NDArray[Any]]]) -> Chain:
    """The layers out of the model's config.

    weights: what the file stores for the dense layer of this number, from 0, and name: the
    kernel (in, out), and a bias if there is one. Raises Refused for other than dense layers.
    """
    if config["class_name"] not in ("Sequential", "Functional", "Model"):
        raise Refused("a Sequential or a chain of layers", plain(config["class_name"], 40), GIVE)
    found = Chain(FORMAT, ())
    count = 0
    before = None
    for entry in config["config"]["layers"]:
        kind, about = str(entry["class_name"]), entry["config"]
        sources = _sources(entry.get("inbound_nodes") or [])
        if len(sources) > 1 or (sources and before is not None and sources != {before}):
            raise Refused("layers one after the other", f"branches at {_name(about)}", GIVE)
        before = str(about.get("name"))
        if kind == "Dense":
            stored = weights(count, before)
            found, count = replace(found, layers=[*found.layers, _dense(about, stored)]), count + 1
        else:
            found = _other(found, kind, about)
    return found


def _name(about: Mapping[str, Any]) -> str:
    return plain(about.get("name", "a layer"), 40)


def _sources(nodes: Any) -> set[str]:
    """The names of the layers whose outputs come in, in Keras 3's or Keras 2's way of writing."""
    found: set[str] = set()
    waiting, seen = [nodes], 0
    while waiting and seen < 10_000:
        value, seen = waiting.pop(), seen + 1
        if isinstance(value, dict):
            history = value.get("keras_history")
            found |= {str(history[0])} if isinstance(history, list) and history else set()
            waiting += value.values()
        elif isinstance(value, list):
            if len(value) in (3, 4) and isinstance(value[0], str) and isinstance(value[1], int):
                found.add(value[0])
            waiting += value
    return found


def _dense(about: Mapping[str, Any], stored: Sequence[NDArray[Any]]) -> Dense:
    wanted = 2 if about.get("use_bias", True) else 1
    if len(stored) != wanted:
        raise Refused(f"{wanted} tensors for {_name(about)}", len(stored), "save the model again")
    if stored[0].ndim != 2 or stored[0].shape[1] != about["units"]:
        shape = f"(in, {plain(about['units'], 12)})"
        raise Refused(
            f"a kernel {shape} in {_name(about)}", stored[0].shape, "save the model again"
        )
    name = _activation(about.get("activation", "linear"))
    return Dense(stored[0].T, stored[1] if wanted == 2 else None, name)


def _activation(given: Any) -> str:
    """Our name of the activation in a config."""
    if isinstance(given, dict):  # an activation layer, or a function of the user's own
        kind = str(given.get("class_name"))
        if kind in ACTIVATION_LAYERS:
            return _of_layer(kind, given.get("config") or {})
        given = kind
    return leaky_name(LEAK) if given == "leaky_relu" else str(given or "linear")


def _of_layer(kind: str, about: Mapping[str, Any]) -> str:
    if kind == "Activation":
        return _activation(about["activation"])
    if kind == "LeakyReLU":
        return leaky_name(float(about.get("negative_slope", about.get("alpha", 0.3))))
    if kind == "ReLU":
        leak = float(about.get("negative_slope") or 0)
        if about.get("max_value") is not None or about.get("threshold"):
            raise Refused("a plain ReLU", "one with a ceiling or a threshold", GIVE)
        return leaky_name(leak) if leak else "relu"
    if about.get("axis", -1) not in (-1, 1):
        raise Refused("a softmax over the last axis", plain(about["axis"], 20), GIVE)
    return "softmax"


def _other(found: Chain, kind: str, about: Mapping[str, Any]) -> Chain:
    """The chain with a layer that has no weights."""
    if kind == "InputLayer":
        given = about.get("batch_shape") or about.get("batch_input_shape") or ()
        sides = [n for n in given[1:] if n != 1]
        whole = len(sides) == 2 and all(type(n) is int and n > 0 for n in sides)
        return replace(found, image_shape=(sides[0], sides[1]) if whole else None)
    if kind in NOTHING or (kind in SHAPES and not found.layers):
        return found
    if kind == "Rescaling" and not found.layers:
        scale, offset = (np.asarray(about[key], np.float64) for key in ("scale", "offset"))
        if scale.ndim or offset.ndim:
            raise Refused("a Rescaling by one number", "several", GIVE)
        # scale * (the scale and offset so far) + offset
        before = np.asarray(found.scale), np.asarray(found.offset)
        return replace(found, scale=scale * before[0], offset=scale * before[1] + offset)
    if kind in ACTIVATION_LAYERS and found.layers and found.layers[-1].activation == "linear":
        last = replace(found.layers[-1], activation=_of_layer(kind, about))
        return replace(found, layers=[*found.layers[:-1], last])
    name = plain(kind, 40)
    raise Refused("dense layers and what follows them", f"a layer {name} ({_name(about)})", GIVE)
