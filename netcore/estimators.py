"""Networks that were trained in the same Python session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netglow.netcore.formats.hints import Hints, InputScale
from netglow.netcore.formats.sklearn_models import FORMAT, network_from
from netglow.netcore.model import Model
from netglow.netcore.refusal import ModelError, Refused


def from_sklearn(
    classifier: Any,
    input_scale: str = "0-1",
    image_shape: tuple[int, int] | None = None,
    class_names: Sequence[str] | None = None,
) -> Model:
    """The model of a fitted ``sklearn.neural_network.MLPClassifier``, to be saved or shown.

    input_scale: what it was trained on, the numbers for no ink and for full ink ("0-16"), or mean
    and standard deviation ("0.13,0.31"); image_shape: (rows, columns), a square if not given;
    class_names: in the order of ``classes_``, which they are if not given.
    Raises ModelError with one line for what is no such classifier, or not fitted.
    """
    try:
        scale = InputScale.parse(input_scale)
        names = None if class_names is None else tuple(map(str, class_names))
        hints = Hints(classes=names, image_shape=image_shape, input_scale=scale)
        network, notes = network_from(classifier, hints)
    except Refused as error:
        raise ModelError(f"from_sklearn: {error}") from None
    kind = f"{type(classifier).__module__}.{type(classifier).__name__}"
    return Model(network, meta={"source": {"format": FORMAT, "class": kind}, "notes": list(notes)})
