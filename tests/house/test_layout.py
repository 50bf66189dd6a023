"""The house keeps its rules: who may import whom, what is installed, what the face offers."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

import netglow
from tests.house import layout
from tests.studio.running import ROOT, environment


def test_every_import_keeps_to_the_layout():
    assert layout.faults(ROOT) == []


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("scenes/engine/a.py", "from netglow.scenes.stage.theme import DARK", "the engine imports"),
        ("scenes/engine/a.py", "from netglow.netcore import network", "the engine imports"),
        ("scenes/parts/a.py", "import netglow.scenes.props.bias.row", "parts never import props"),
        ("scenes/layers.py", "from netglow.scenes.props.bias import row", "only the chapter bias"),
        ("scenes/props/relu/a.py", "import netglow.scenes.props.bias.row", "only the chapter bias"),
        ("netcore/a.py", "def f():\n    import manim", "netcore knows numbers only"),
        ("netcore/a.py", "from netglow.scenes import catalog", "netcore knows numbers only"),
        ("scenes/a.py", "from netcore.network import forward", "write netglow.netcore.network"),
        ("scenes/a.py", "from . import catalog", "write it from netglow on"),
        ("scenes/numbers.py", "", "scenes/numbers hides the standard library's"),
        ("scenes/a.py", "from netglow.scenes import b", "circle: "),
    ],
)
def test_each_rule_finds_what_breaks_it(tmp_path, file, text, fault):
    good = {
        "scenes/bias.py": "from netglow.scenes.props.bias.row import Row",
        "scenes/b.py": "from netglow.scenes import a",
        "scenes/a.py": "",
        "scenes/props/bias/row.py": "from netglow.scenes.props.bias import more",
        "scenes/props/bias/more.py": "",
        "netcore/network.py": "import numpy",
    }
    for name, content in (good | {file: text}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    found = layout.faults(tmp_path)
    assert len(found) == 1 and fault in found[0]


def test_every_package_of_the_tree_is_named_in_pyproject():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {p.parent for top in ("scenes", "netcore") for p in (ROOT / top).rglob("*.py")}
    packages = {layout.module_of(folder / "__init__.py", ROOT) for folder in folders}
    assert set(settings["packages"]) == packages | {"netglow.assets"}
    assert all((folder / "__init__.py").is_file() for folder in folders)


# --- the face ---
def test_all_names_of_the_face_are_there_and_documented():
    assert netglow.__all__ == dir(netglow)
    for name in netglow.__all__:
        value = getattr(netglow, name)
        assert name == "THEMES" or value.__doc__, name


def test_type_checkers_are_told_the_names_that_the_face_loads():
    told = {
        one: module
        for module, names in layout.named(ROOT / "scenes" / "face" / "__init__.py")
        if module.startswith("netglow.")
        for one in names
    }
    told["Scene"] = told.pop("NetglowScene")
    loaded = {name: f"netglow.{home}" for name, home in netglow.HOMES.items()}
    assert told == loaded


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="module 'netglow' has no attribute 'Sceen'"):
        _ = netglow.Sceen


def test_importing_netglow_loads_nothing_heavy(tmp_path):
    code = (
        "import sys; before = set(sys.modules); import netglow\n"
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(),
        text=True,
        capture_output=True,
        check=True,
    )
    assert set(done.stdout.split()) <= {"netglow", *sys.stdlib_module_names}
