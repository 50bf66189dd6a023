"""Layers out of tensors that are known by name only: which is which, and which way they lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any

from numpy.typing import NDArray

from netglow.netcore.formats import limits
from netglow.netcore.formats.chain import Dense
from netglow.netcore.formats.hints import ORIENTATIONS, Hints, Orientation
from netglow.netcore.refusal import Refused, plain

Tensors = Mapping[str, NDArray[Any]]
Pair = tuple[NDArray[Any], NDArray[Any] | None]
_ROLE = re.compile(
    r"(?:(?P<of>.*?)[./_])?(?P<role>weights?|w|kernel|coefs?|bias(?:es)?|b|intercepts?)"
    r"[._]?(?P<number>\d*)_?(?::0)?",
    re.IGNORECASE,
)
_POSITION = re.compile(r"arr_\d+")  # what np.savez calls an array without a name
CONVENTIONS: dict[str, Orientation] = {"weight": "out-in", "kernel": "in-out", "coef": "in-out"}
MOST_SHUFFLED = 6  # unnumbered layers that are put in order by their shapes
SAVE = "save the weights of a plain chain of dense layers only"


def layers(tensors: Tensors, hints: Hints, in_order: bool = False) -> list[Dense]:
    """The layers without activations, first to last, in the order of the tensors or their names.

    Raises Refused for tensors that belong to no dense layer, and where neither the names nor the
    shapes tell order and orientation.
    """
    if not tensors:
        raise Refused("weights", "no tensors", SAVE)
    if len(tensors) > limits.PARTS:
        raise Refused(f"at most {limits.PARTS} tensors", len(tensors), SAVE)
    pairs, convention = _pairs(tensors)
    names = list(pairs)
    if not in_order:
        names.sort(key=_natural)
    numbered = in_order or len(names) == 1 or all(re.search(r"\d", name) for name in names)
    orders = [names] if numbered else _orders(names)
    wanted = hints.orientation or convention
    fits = [
        (way, order)
        for way in ((wanted,) if wanted else ORIENTATIONS)
        for order in orders
        if _is_chain([pairs[name] for name in order], way)
    ]
    if len(fits) == 1:
        way, order = fits[0]
        turned = [(_turned(pairs[name][0], way), pairs[name][1]) for name in order]
        return [Dense(w, b) for w, b in turned]
    raise _unclear(pairs, names, fits, wanted)


def _pairs(tensors: Tensors) -> tuple[dict[str, Pair], Orientation | None]:
    """Weights and bias of each layer by its name, and how tensors of such names lie."""
    found: dict[str, dict[str, NDArray[Any]]] = {}
    ways: set[Orientation | None] = set()
    for name, tensor in _named(tensors):
        match = _ROLE.fullmatch(name)
        if match is None or tensor.ndim not in (1, 2):
            shape = f"{plain(name, 60)!r} of shape {tensor.shape}"
            raise Refused("weights and biases of dense layers only", f"a tensor {shape}", SAVE)
        role = match["role"].lower()
        part = "b" if role.startswith(("b", "intercept")) else "w"
        if part == "w":
            ways.add(CONVENTIONS.get(role.removesuffix("s") if role != "weights" else role))
        layer = found.setdefault(f"{match['of'] or ''} {match['number']}".strip(), {})
        if part in layer:
            raise Refused("one weight and one bias a layer", f"two like {plain(name, 60)!r}", SAVE)
        layer[part] = tensor
    for name, layer in found.items():
        if "w" not in layer or layer["w"].ndim != 2:
            shown = repr(plain(name, 60) or "b")
            raise Refused("weights with two dimensions in each layer", f"none in {shown}", SAVE)
    way = ways.pop() if len(ways) == 1 else None
    return {name: (layer["w"], layer.get("b")) for name, layer in found.items()}, way


def _named(tensors: Tensors) -> Iterable[tuple[str, NDArray[Any]]]:
    """The tensors; those that np.savez numbered are called by what they look like."""
    if not all(_POSITION.fullmatch(name) for name in tensors):
        yield from tensors.items()
        return
    count = 0
    for name in sorted(tensors, key=_natural):
        count += tensors[name].ndim == 2
        yield f"{'w' if tensors[name].ndim == 2 else 'b'}_{count}", tensors[name]


def _natural(name: str) -> list[tuple[int, str]]:
    """To sort 10 after 9."""
    parts = re.split(r"(\d+)", name)
    return [(int(part[:18]), "") if part.isdecimal() else (-1, part) for part in parts]


def _orders(names: Sequence[str]) -> list[list[str]]:
    if len(names) > MOST_SHUFFLED:
        raise Refused(
            f"numbers in the names of more than {MOST_SHUFFLED} layers", "none", "number the layers"
        )
    return [list(order) for order in permutations(names)]


def _turned(w: NDArray[Any], way: Orientation) -> NDArray[Any]:
    """The weights as (out, in)."""
    return w if way == "out-in" else w.T


def _is_chain(pairs: Sequence[Pair], way: Orientation) -> bool:
    shapes = [_turned(w, way).shape for w, _ in pairs]
    fit = all(b is None or b.size == out for (_, b), (out, _) in zip(pairs, shapes, strict=True))
    return fit and all(one[0] == two[1] for one, two in pairwise(shapes))


def _unclear(
    pairs: Mapping[str, Pair],
    names: Sequence[str],
    fits: Sequence[tuple[Orientation, list[str]]],
    wanted: Orientation | None,
) -> Refused:
    """Says why no order and orientation, or more than one, is possible."""
    shown = ", ".join(f"{plain(name, 20)} {pairs[name][0].shape}" for name in names[:4])
    shown += ", ..." if len(names) > 4 else ""
    if len({way for way, _ in fits}) > 1:
        return Refused(
            "weights whose shapes tell rows from columns",
            f"{shown}, which may be either",
            "netglow import takes --orientation out-in (as PyTorch) or in-out (as Keras)",
        )
    if fits:
        return Refused(
            "one order of layers", f"{len(fits)} ({shown})", "number the layers in their names"
        )
    todo = "check --orientation, or give a plain chain of dense layers"
    return Refused(f"layers that fit each other{f' lying {wanted}' if wanted else ''}", shown, todo)
