"""What a layer may do to its sums, each function with its slope.

``leaky_relu`` has the slope 0.01 below zero; another one stands in the name: ``leaky_relu(0.2)``.
All but the softmax work number by number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

Function = Callable[..., NDArray[Any]]
LEAK = 0.01
_LEAKY = re.compile(r"leaky_relu\((\d{1,4}(?:\.\d{1,12})?(?:e-\d\d?)?)\)")


def sigmoid(z: ArrayLike) -> NDArray[Any]:
    """1 / (1 + e^-z), elementwise in (0, 1); e is only ever raised to a negative power."""
    z = np.asarray(z)
    e = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1 / (1 + e), e / (1 + e)))


def sigmoid_derivative(z: ArrayLike) -> NDArray[Any]:
    """Derivative of the sigmoid at z: s (1 - s), at most 1/4."""
    e = np.exp(-np.abs(np.asarray(z)))
    return np.asarray(e / (1 + e) ** 2)


def relu(z: ArrayLike) -> NDArray[Any]:
    """max(0, z), elementwise."""
    return np.maximum(z, 0)


def relu_derivative(z: ArrayLike) -> NDArray[Any]:
    """Derivative of ReLU at z: 1 where z > 0, else 0 (also at the corner)."""
    z = np.asarray(z)
    return (z > 0).astype(z.dtype if z.dtype.kind == "f" else np.float64)


def tanh(z: ArrayLike) -> NDArray[Any]:
    """The hyperbolic tangent, elementwise in (-1, 1)."""
    return np.asarray(np.tanh(z))


def tanh_derivative(z: ArrayLike) -> NDArray[Any]:
    """Derivative of tanh at z: 1 - tanh(z)^2."""
    return np.asarray(1 - np.tanh(z) ** 2)


def leaky_relu(leak: float) -> tuple[Function, Function]:
    """z above zero, leak times z below it; with its derivative, which is the leak at the corner."""

    def value(z: ArrayLike) -> NDArray[Any]:
        z = np.asarray(z)
        return np.where(z > 0, z, leak * z)

    def derivative(z: ArrayLike) -> NDArray[Any]:
        z = np.asarray(z)
        return np.where(z > 0, 1, leak).astype(z.dtype if z.dtype.kind == "f" else np.float64)

    return value, derivative


def gelu(z: ArrayLike) -> NDArray[Any]:
    """z times the share of a normal distribution below z; the exact form, not the tanh one."""
    z = np.asarray(z)
    return np.asarray(z * _normal_share(z))


def gelu_derivative(z: ArrayLike) -> NDArray[Any]:
    """Derivative of GELU at z: the share below z plus z times the density there."""
    z = np.asarray(z)
    return np.asarray(_normal_share(z) + z * np.exp(-z * z / 2) / float(np.sqrt(2 * np.pi)))


def _normal_share(z: NDArray[Any]) -> NDArray[Any]:
    from scipy.special import erf  # only networks with GELU need it

    return np.asarray((1 + erf(z / float(np.sqrt(2)))) / 2)


def softmax(z: ArrayLike) -> NDArray[Any]:
    """e^z over its sum along the last axis: shares in (0, 1) that add up to 1."""
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def _no_slope(z: ArrayLike) -> NoReturn:
    raise ValueError("softmax: no output depends on one sum alone; see activations.pulled_back")


class _Activations(dict[str, tuple[Function, Function]]):
    """Functions and slopes by name; one with another leak is made when it is asked for."""

    def __missing__(self, name: str) -> tuple[Function, Function]:
        found = _LEAKY.fullmatch(name)
        if found is None:
            raise KeyError(name)
        return leaky_relu(float(found[1]))

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (
            isinstance(name, str) and _LEAKY.fullmatch(name) is not None
        )


ACTIVATIONS = _Activations(
    sigmoid=(sigmoid, sigmoid_derivative),
    relu=(relu, relu_derivative),
    tanh=(tanh, tanh_derivative),
    leaky_relu=leaky_relu(LEAK),
    gelu=(gelu, gelu_derivative),
    softmax=(softmax, _no_slope),
)


def leaky_name(leak: float) -> str:
    """The name of the function with this leak, to six figures; ValueError outside 0..1."""
    if not 0 <= leak <= 1:
        raise ValueError(f"leaky_relu: expected a leak 0..1, found {leak:g}")
    return "leaky_relu" if f"{leak:.6g}" == f"{LEAK:.6g}" else f"leaky_relu({leak:.6g})"


def pulled_back(name: str, z: NDArray[Any], slopes: NDArray[Any]) -> NDArray[Any]:
    """How the cost changes with the sums z, (n, units), from how it does with their activations.

    slopes: (n, units), dC/da. The softmax's outputs share one total: more of one is less of all.
    """
    if name == "softmax":
        a = softmax(z)
        return np.asarray(a * (slopes - (slopes * a).sum(axis=-1, keepdims=True)))
    return np.asarray(slopes * ACTIVATIONS[name][1](z))
