"""The wheel, installed beside a user's own ``scenes`` and ``netcore``: neither breaks the other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import av
import pytest

from tests.studio.running import ROOT, environment

README = (ROOT / "README.md").read_text("utf-8").split("## Your own scene")[1].split("\n## ")[0]
(SCENE,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
OWN = {
    "scenes/__init__.py": "HERE = 'a scenes folder of my own'\n",
    "netcore.py": "raise RuntimeError('this is not the netcore you want')\n",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel that pip makes from a copy of what git tracks."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    names = subprocess.check_output(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True
    )
    for name in names.splitlines():
        target = tree / name
        if (ROOT / name).is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", folder, tree]
    done = subprocess.run(command, text=True, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    (made,) = folder.glob("netglow-*.whl")
    return made


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """The Python of a fresh environment with the wheel, and the libraries of this one."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    made = scripts / "python"
    command = [made, "-m", "pip", "install", "-q", "--no-deps", wheel]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.check_output([made, "-c", code], text=True).strip())
    # A path line brings the libraries, but no editable install: that is a .pth of theirs.
    libraries = {sysconfig.get_path("purelib"), *(p for p in sys.path if "site-packages" in p)}
    (site / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n")
    return made


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A user's Manim project with names that Netglow uses in its own house."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in (OWN | {"mirror.py": SCENE}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return folder


def run(python: Path, project: Path, *args: object) -> str:
    done = subprocess.run(
        [python, *map(str, args)],
        cwd=project,
        env=environment(),
        text=True,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_only_netglow_is_in_it_and_all_assets(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"netglow"}
    assets = subprocess.check_output(["git", "ls-files", "assets"], cwd=ROOT, text=True).split()
    assert {f"netglow/{name}" for name in assets} <= set(names)
    assert "netglow/py.typed" in names
    assert not [name for name in names if "test" in name.split("/")[-1] or "/face/" in name]


def test_it_is_the_installed_one_that_runs(python, project):
    code = "import netglow, scenes; print(netglow.__file__); print(scenes.HERE)"
    where, own = run(python, project, "-c", code).splitlines()
    assert Path(where).is_relative_to(python.parents[1])
    assert own == "a scenes folder of my own"


def test_the_command_line_works_there(python, project):
    assert "ForwardPass" in run(python, project, "-m", "netglow", "list")
    assert "3" in run(python, project, "-m", "netglow", "predict", "--digit", "3")
    args = ("render", "ForwardPass", "-q", "t", "--format", "png", "-o", "out")
    run(python, project, "-m", "netglow", *args)
    told = json.loads((project / "out" / "clips" / "ForwardPass.json").read_text("utf-8"))
    assert told["predicted"] == 3
    assert (project / "out" / "clips" / "ForwardPass.png").stat().st_size > 1000
    script = python.with_name("netglow")
    assert script.is_file() or script.with_suffix(".exe").is_file()


def test_the_readmes_scene_works_there_with_plain_manim(python, project):
    run(python, project, "-m", "manim", "-ql", "--fps", "2", "mirror.py", "Mirror")
    (film,) = project.glob("media/videos/mirror/*/Mirror.mp4")
    with av.open(str(film)) as video:
        assert sum(1 for _ in video.decode(video=0)) > 10
