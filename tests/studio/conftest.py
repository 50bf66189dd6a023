"""Fixtures of the command line's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def says(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """``says(*args)``: exit code, standard output and standard error, run in this process."""
    from netglow.scenes.studio.ask.cli import main

    def run(*args: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return code, out, err

    return run


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
