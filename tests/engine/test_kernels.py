"""Where compiled kernels are kept: beside the painter, else in the temporary folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import netglow.scenes

PROGRAM = """
import numpy as np
from netglow.scenes.engine import painter
frame = np.zeros((4, 4), np.uint8)
painter.over(frame, np.array([1]), np.array([[9, 9, 9, 255]], np.uint8))
assert frame[1].tolist() == [9, 9, 9, 255]
print(painter.nb.config.CACHE_DIR or "beside")
"""


@pytest.mark.parametrize("temporary_too", [False, True])
def test_a_read_only_folder_does_not_stop_the_painter(tmp_path, temporary_too):
    """A file stands where the cache folder would be: not even root can write there."""
    engine = tmp_path / "netglow" / "scenes" / "engine"
    engine.mkdir(parents=True)
    shutil.copy(Path(netglow.scenes.__path__[0]) / "engine" / "painter.py", engine)
    for package in (engine, engine.parent, engine.parents[1]):
        (package / "__init__.py").touch()  # else an installed package of the name comes first
    (engine / "__pycache__").write_text("in the way")
    place = tmp_path / "temporary"
    place.mkdir()
    environment = os.environ | {
        "PYTHONPATH": str(tmp_path),
        "TMPDIR": str(place),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("NUMBA_CACHE_DIR", None)
    if temporary_too:
        (place / f"netglow-kernels-{os.getuid()}").write_text("in the way")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        text=True,
        capture_output=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    kept = list(place.rglob("painter.over*.nbi"))
    assert bool(kept) != temporary_too
