"""Runs of pytest inside a test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.house.imports import ROOT


def pytest_in(folder: Path, *args: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the tests in a folder with xdist as the only plugin; the others take seconds to load.

    variables: of the environment, besides those that this process has.
    """
    own = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "xdist.plugin", *args],
        cwd=folder,
        env=kept | own | variables,
        text=True,
        capture_output=True,
        timeout=120,
    )
