"""Kernels in bands; where they are kept: beside their file, else in the temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import netglow.scenes
from netglow.scenes.engine import kernels
from tests.engine.painting import HEIGHT, WIDTH, blurred, cells_frame, light_of, tone

PROGRAM = """
import numpy as np
from netglow.scenes.engine import cells
frame = np.zeros((4, 4), np.uint8)
cells.over(frame, np.array([1]), np.array([[9, 9, 9, 255]], np.uint8))
assert frame[1].tolist() == [9, 9, 9, 255]
"""


@pytest.mark.parametrize("temporary_too", [False, True])
def test_a_read_only_folder_stops_no_kernel(tmp_path, temporary_too):
    """A file stands where the cache folder would be: not even root can write there."""
    engine = tmp_path / "netglow" / "scenes" / "engine"
    engine.mkdir(parents=True)
    for name in ("kernels.py", "cells.py"):
        shutil.copy(Path(netglow.scenes.__path__[0]) / "engine" / name, engine)
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
    kept = list(place.rglob("cells.over*.nbi"))
    assert bool(kept) != temporary_too


def test_a_constant_that_a_kernel_imports_makes_all_kernels_anew(tmp_path):
    """Numba looks only at a kernel's own file."""
    for file in Path(kernels.__file__).parent.glob("*.py"):
        shutil.copy(file, tmp_path)
    before = kernels.digest_of(tmp_path)
    (tmp_path / "camera.py").write_text("")
    assert kernels.digest_of(tmp_path) == before  # it has no kernels
    text = (tmp_path / "bloom.py").read_text("utf-8")
    assert "\nBLOOM_CELL = 4" in text
    (tmp_path / "bloom.py").write_text(text.replace("BLOOM_CELL = 4", "BLOOM_CELL = 8"), "utf-8")
    assert kernels.digest_of(tmp_path) != before


def test_every_file_with_kernels_counts(tmp_path):
    folder = Path(kernels.__file__).parent
    with_kernels = [f for f in folder.glob("*.py") if "\n@kernel" in f.read_text("utf-8")]
    assert len(with_kernels) >= 4
    for file in with_kernels:
        shutil.copy(file, tmp_path)
    before = kernels.digest_of(tmp_path)
    for file in with_kernels:
        (tmp_path / file.name).write_text(f"# {before}")
        after = kernels.digest_of(tmp_path)
        assert after != before
        before = after


# --- bands ---
def band_pictures() -> list[np.ndarray]:
    """Lines, bloom, tone map and cells of a crowded picture."""
    rng = np.random.default_rng(3)
    thick = light_of(rng.uniform(-20, 110, (200, 4)), 6, 0.1)
    thin = light_of(rng.uniform(-20, 110, (200, 4)), 0.4, 0.5, head=0.7, tail=0.1)
    bloom = blurred(thick, 4)
    frame = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    tone(frame, thick, bloom)
    boxed = cells_frame(
        rng.uniform(0, 64, (60, 2)), rng.uniform(0.2, 9, (60, 2)), corner=0.4, turn=0.7, halo=0.4
    )
    return [thick, thin, bloom, frame, boxed]


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_many_bands_paint_what_one_does(monkeypatch, threads):
    """But for the last bit of a sum: a run of pixels cut by a band is added up in other steps."""
    monkeypatch.setattr(kernels, "THREADS", 1)
    whole = band_pictures()
    monkeypatch.setattr(kernels, "THREADS", threads)
    for one, many in zip(whole, band_pictures(), strict=True):
        most = 1 if one.dtype == np.uint8 else 1e-6
        assert np.abs(one.astype(float) - many).max() <= most
