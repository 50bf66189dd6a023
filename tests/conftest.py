"""What all tests share: one folder for what Manim keeps, and the fixtures of these modules."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from manim import config

pytest_plugins = ("tests.filming", "tests.memory", "tests.played", "tests.order")

# Manim keeps the outlines of texts here; processes that share the folder trip over each other.
_media = tempfile.TemporaryDirectory(prefix="netglow-tests-")
config.media_dir = _media.name
os.environ["NETGLOW_SPEECH"] = str(Path(_media.name) / "speech")  # not the user's own


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for all runs: texts are laid out only once."""
    return str(tmp_path_factory.getbasetemp() / "media")
