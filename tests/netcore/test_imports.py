"""netcore stands alone: NumPy, SciPy and safetensors, and never Manim."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import netglow.netcore

HERE = Path(netglow.netcore.__file__).parent
ALONE = """
import importlib, sys

class Block:
    def find_spec(self, name, path=None, target=None):
        others = {"manim", "PIL", "av", "rich", "numba", "matplotlib"}
        if name.split(".")[0] in others or name.startswith("netglow.scenes"):
            raise ImportError(f"netcore must not import {name}")

sys.meta_path.insert(0, Block())
for name in sys.argv[1:]:
    importlib.import_module(f"netglow.netcore.{name}")
from netglow.netcore.digits import load_digits, prepare_drawing
from netglow.netcore.study.facts import accuracy
from netglow.netcore.model import load_model
from netglow.netcore.training import QUICK, train
print(accuracy(load_model().network, load_digits()[1]))
prepare_drawing(1 - load_digits()[1].images[0])
train(*load_digits(), QUICK.with_changes(epochs=1))
"""


def modules() -> list[str]:
    paths = (path.relative_to(HERE).with_suffix("") for path in HERE.rglob("*.py"))
    return sorted(".".join(path.parts) for path in paths if path.name != "__init__")


def test_everything_works_with_manim_and_the_like_blocked(default_model):
    done = subprocess.run(
        [sys.executable, "-c", ALONE, *modules()],
        cwd=HERE.parent,
        text=True,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) == default_model.accuracy


def test_only_numpy_scipy_and_safetensors_are_named_at_the_top():
    allowed = {"numpy", "scipy", "safetensors", *sys.stdlib_module_names}
    for path in HERE.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module]
            else:
                continue
            for name in names:
                own = name.startswith("netglow.netcore")
                assert own or name.split(".")[0] in allowed, f"{path.name} imports {name}"


def test_importing_changes_nothing_and_draws_no_random_number():
    """No global seed, no global generator, no output."""
    code = (
        "import numpy as np, importlib, sys; before = np.random.get_state()[1].copy()\n"
        "err = np.geterr()\n"
        "for name in sys.argv[1:]: importlib.import_module('netglow.netcore.' + name)\n"
        "assert (np.random.get_state()[1] == before).all() and np.geterr() == err"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *modules()],
        cwd=HERE.parent,
        text=True,
        capture_output=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
