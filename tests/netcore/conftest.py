"""Fixtures of the numeric core's tests: the shipped digits and models, and one by hand."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import Digits, load_digits
from netglow.netcore.model import RELU_MODEL, Model, load_model
from netglow.netcore.network import Network


@pytest.fixture(scope="session")
def digits() -> tuple[Digits, Digits]:
    return load_digits()


@pytest.fixture(scope="session")
def unseen(digits) -> Digits:
    """The 1,000 digits no training run learns from."""
    return digits[1]


@pytest.fixture(scope="session")
def default_model() -> Model:
    return load_model()


@pytest.fixture(scope="session")
def relu_model() -> Model:
    return load_model(RELU_MODEL)


@pytest.fixture(scope="session", params=["default", "relu"])
def shipped(request) -> Model:
    """Both shipped models, one after the other."""
    return request.getfixturevalue(f"{request.param}_model")


@pytest.fixture(scope="session")
def by_hand():
    """``by_hand(hidden="sigmoid")``: two inputs, two hidden units, two outputs."""

    def make(hidden: str = "sigmoid") -> Network:
        return Network(
            w=([[1, -2], [3, 0.5]], [[2, -1], [0, 4]]),
            b=([0.5, -1], [0, -3]),
            activations=(hidden, "sigmoid"),
            image_shape=(1, 2),
            class_names=("left", "right"),
        )

    return make


@pytest.fixture(scope="session")
def few(digits) -> tuple[Digits, Digits]:
    """Enough digits to train on in a moment: 600 and 200."""
    train, test = digits
    return (
        Digits(train.images[:600], train.labels[:600], "few training", train.checksum),
        Digits(test.images[:200], test.labels[:200], "few test", test.checksum),
    )


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)
