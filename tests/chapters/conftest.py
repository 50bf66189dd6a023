"""Networks unlike the default one, for the tests of the chapters."""

from __future__ import annotations

from pathlib import Path

import pytest

from netglow.netcore.digits import load_digits
from netglow.netcore.model import Model, load_model, save_model
from netglow.netcore.training import QUICK, train

WEAK = QUICK.with_changes(epochs=2, lr=0.003)


@pytest.fixture(scope="session")
def weak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that stopped learning too early, always alike."""
    path = tmp_path_factory.mktemp("models") / "weak.safetensors"
    save_model(path, train(*load_digits(), WEAK))
    return path


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hastily trained 784-32-10 network, always alike."""
    path = tmp_path_factory.mktemp("model") / "wide.safetensors"
    save_model(path, train(*load_digits(), QUICK.with_changes(hidden=(32,), epochs=2)))
    return path


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default network as if it had been imported: no checkpoints, no history, no recipe."""
    path = tmp_path_factory.mktemp("model") / "bare.safetensors"
    save_model(path, Model(load_model().network))
    return path
