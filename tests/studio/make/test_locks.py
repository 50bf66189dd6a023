"""Locks on folders, in both ways: as POSIX has them, and as they are on Windows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from netglow.scenes.studio.make import locks
from netglow.scenes.studio.make.workspace import workspace

KINDS = (locks.folder_lock, locks.file_lock)
HOLD = """
import sys, time
from pathlib import Path
from netglow.scenes.studio.make import locks
with getattr(locks, sys.argv[1])(Path(sys.argv[2]), wait=True) as mine:
    print(mine, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("kind", KINDS)
def test_one_at_a_time(kind, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    with kind(folder, wait=True) as mine:
        assert mine
        with kind(folder, wait=False) as other:
            assert not other
    with kind(folder, wait=False) as again:
        assert again
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_lock_is_released_by_the_dead(kind, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, kind.__name__, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "True\n"
    with kind(folder, wait=False) as mine:
        assert not mine
    holder.kill()
    holder.communicate()
    with kind(folder, wait=False) as mine:
        assert mine


@pytest.mark.parametrize("kind", KINDS)
def test_workspaces_of_the_dead_are_removed(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "netglow.scenes.studio.make.workspace.alone_in", lambda f, wait=True: kind(f, wait)
    )
    out = tmp_path / "out"
    with workspace(out) as living:
        dead = out / ".netglow-dead"
        dead.mkdir()
        with workspace(out) as other:
            assert living.is_dir() and other.is_dir()
            assert not dead.exists()
    assert [path for path in out.iterdir() if path.is_dir()] == []
