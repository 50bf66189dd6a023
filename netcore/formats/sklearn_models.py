"""scikit-learn's MLPClassifier: from Python, or from a .skops file.

A .skops file is a zip archive with schema.json, which describes the object, and its arrays as .npy
files. Only the few values that make the network are looked up; nothing is constructed or imported.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.formats.archive import Archive
from netglow.netcore.formats.chain import Chain, Dense
from netglow.netcore.formats.hints import NONE, Hints
from netglow.netcore.network import Network
from netglow.netcore.refusal import Refused, plain

FORMAT = "scikit-learn"
DUMP = "skops.io.dump a fitted MLPClassifier"


class Classifier(Protocol):
    """What is needed of an MLPClassifier that has been fitted."""

    coefs_: Sequence[NDArray[Any]]
    intercepts_: Sequence[NDArray[Any]]
    classes_: ArrayLike
    activation: str
    out_activation_: str


def network_from(classifier: Classifier, hints: Hints = NONE) -> tuple[Network, tuple[str, ...]]:
    """The network of a fitted MLPClassifier, and notes.

    Raises Refused for one that is not fitted, or another kind of estimator.
    """
    from netglow.netcore.formats.chain import to_network

    kind = type(classifier).__name__
    if not hasattr(classifier, "coefs_") or not hasattr(classifier, "classes_"):
        raise Refused(
            "a fitted MLPClassifier", f"a {plain(kind, 40)} without coefs_", "fit it first"
        )
    layers = [np.asarray(w, np.float64) for w in classifier.coefs_]
    biases = [np.asarray(b, np.float64) for b in classifier.intercepts_]
    classes = np.asarray(classifier.classes_).tolist()
    names = str(classifier.activation), str(classifier.out_activation_)
    return to_network(_chain(layers, biases, classes, names), hints)


def read(archive: Archive) -> Chain:
    """The layers; Refused for another object than an MLPClassifier."""
    found = archive.json("schema.json")
    kind = f"{found['__module__']}.{found['__class__']}"
    if found["__class__"] != "MLPClassifier" or not kind.startswith("sklearn."):
        raise Refused("an MLPClassifier", plain(kind, 60), DUMP)
    parts = found["content"]["content"]
    for name in ("coefs_", "intercepts_", "classes_", "activation", "out_activation_"):
        if name not in parts:
            raise Refused(
                "a fitted MLPClassifier", f"one without {name}", "fit it before it is dumped"
            )
    w, b = ([_array(archive, part) for part in parts[n]["content"]] for n in _LISTS)
    classes = _array(archive, parts["classes_"])
    names = _text(parts["activation"]), _text(parts["out_activation_"])
    return _chain(w, b, classes.tolist(), names)


_LISTS = ("coefs_", "intercepts_")


def _array(archive: Archive, part: dict[str, Any]) -> NDArray[Any]:
    """An array in a file of its own; one of objects stands in the schema, value by value."""
    if part["__loader__"] != "NdArrayNode":
        raise Refused("arrays", plain(part["__loader__"], 40), DUMP)
    if part["type"] == "numpy":
        return archive.array(part["file"])
    return np.array([_text(value) for value in part["content"]["content"]])


def _text(part: dict[str, Any]) -> str:
    if part["__loader__"] != "JsonNode":
        raise Refused("text or numbers", plain(part["__loader__"], 40), DUMP)
    return str(json.loads(part["content"]))


def _chain(
    w: Sequence[NDArray[Any]],
    b: Sequence[NDArray[Any]],
    classes: Sequence[Any],
    names: tuple[str, str],
) -> Chain:
    """w as scikit-learn has them, (in, out); names: of the hidden layers and of the output."""
    if len(w) != len(b):
        raise Refused("one bias a layer", f"{len(w)} weights and {len(b)} biases", DUMP)
    after = [names[0]] * (len(w) - 1) + [names[1]]
    layers = [Dense(w.T, b, name) for w, b, name in zip(w, b, after, strict=True)]
    return Chain(FORMAT, layers, tuple(map(str, classes)))
