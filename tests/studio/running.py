"""Running the command line for real, and looking into what it made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from netglow.scenes.catalog import CLIPS

ROOT = Path(__file__).resolve().parents[2]
SHORTEST = [clip.name for clip in sorted(CLIPS, key=lambda clip: clip.seconds)]


def netglow(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``netglow`` in a process of its own, as a shell would."""
    return subprocess.run(
        command(*args),
        cwd=cwd,
        env=environment(),
        text=True,
        capture_output=True,
        timeout=300,
        encoding="utf-8",
    )


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "netglow", *map(str, args)]


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NETGLOW_")}
    return kept | {"PYTHONIOENCODING": "utf-8"}


def everything_in(folder: Path) -> list[str]:
    """All files and folders below, hidden ones too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
