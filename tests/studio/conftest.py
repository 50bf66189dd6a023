"""Fixtures of the command line's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.studio.running import CLIP, PART, netglow


@pytest.fixture
def says() -> Callable[..., tuple[int, str, str]]:
    """``says(*args)``: exit code, standard output and standard error, run in this folder."""

    def run(*args: object) -> tuple[int, str, str]:
        done = netglow(*args, cwd=Path.cwd())
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture(scope="session")
def section(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with media/clips and in it :data:`SECTION`, in the smallest quality: not to change.

    It is the one clip that all tests share which need one that is there.
    """
    folder = tmp_path_factory.mktemp("section")
    done = netglow("render", CLIP, "--section", PART, "-q", "t", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="session")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo-like picture of a real 7: dark on light, coloured, not square."""
    import numpy as np
    from PIL import Image

    from netglow.netcore.digits import load_digits
    from netglow.netcore.model import load_model
    from netglow.netcore.study.facts import first_confident

    _, test = load_digits()
    seven = test.images[first_confident(load_model().network, test, 7)]
    ink = Image.fromarray(np.uint8(seven * 255)).resize((300, 300), Image.Resampling.BICUBIC)
    paper = Image.new("RGB", (500, 400), (240, 230, 215))
    paper.paste((20, 30, 90), (60, 40), ink)
    path = tmp_path_factory.mktemp("drawing") / "my seven.png"
    paper.save(path)
    return path
