"""Running the command line for real, and looking into what it made."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from netglow.scenes.catalog import CLIPS

ROOT = Path(__file__).resolve().parents[2]
CLIP, PART = "ForwardPass", "read-the-answer"
SECTION = f"{CLIP}.{PART}"  # the clip that many tests share
SHORTEST = [clip.name for clip in sorted(CLIPS, key=lambda clip: clip.seconds)]


def netglow(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``netglow`` as a shell would, but in this process, which has Manim loaded already."""
    from netglow.scenes.studio.ask.cli import main

    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = main([str(arg) for arg in args])
    return subprocess.CompletedProcess(list(map(str, args)), code, out.getvalue(), err.getvalue())


def process(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``netglow`` in a process of its own."""
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
    """What a shell would start."""
    return [sys.executable, "-m", "netglow", *map(str, args)]


def environment() -> dict[str, str]:
    """This process's environment without Netglow's own choices."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == "NETGLOW_SPEECH" or not name.startswith("NETGLOW_")
    }
    return kept | {"PYTHONIOENCODING": "utf-8"}


def everything_in(folder: Path) -> list[str]:
    """All files and folders below, hidden ones too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
