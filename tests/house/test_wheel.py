"""The wheel, installed as a user would: what is in it, and that it works beside a user's own code.

The environment is fresh; only what Netglow depends on comes from the one that runs the tests.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath

import av
import pytest

from tests.house.imports import ROOT
from tests.studio.running import CLIP, PART, environment

README = (ROOT / "README.md").read_text("utf-8").split("## Your own scene")[1].split("\n## ")[0]
(SCENE,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
# A user's project: its names are those of Netglow's own folders.
PROJECT = {
    "scenes/__init__.py": "OWNER = 'the user'\n",
    "netcore.py": "OWNER = 'the user'\n",
    "assets.py": "OWNER = 'the user'\n",
    "mirror.py": "import assets, netcore, scenes\n"
    "assert {assets.OWNER, netcore.OWNER, scenes.OWNER} == {'the user'}\n" + SCENE,
}


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={k: v for k, v in environment().items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")},
        text=True,
        capture_output=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tracked() -> list[str]:
    """The project's files, as git sees them: also new ones, but nothing that was generated."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    return [name for name in listed.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy: a build folder that lies about cannot add to it."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", *isolation())
    run(*pip, "-w", out, source, cwd=source)
    (made,) = out.glob("*.whl")
    return made


def isolation() -> list[str]:
    """No isolation, and so no download, where a setuptools that is new enough is installed."""
    try:
        new = int(version("setuptools").split(".")[0]) >= 77
    except PackageNotFoundError:
        new = False
    return ["--no-build-isolation"] if new else []


@pytest.fixture(scope="module")
def names(wheel) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder of the programs of a fresh environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, symlinks=os.name != "nt")
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet")
    run(*pip, "--no-deps", "--no-index", wheel, cwd=folder)
    (packages,) = folder.glob("**/site-packages")
    # Afterwards, so that pip does not take the checkout's own installation for this one's.
    others = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (packages / "dependencies.pth").write_text("\n".join(others) + "\n", "utf-8")
    return programs


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name, source in PROJECT.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(source, "utf-8")
    return folder


# --- what is in it ---
def test_nothing_but_netglow_can_be_imported(names):
    tops = {PurePosixPath(name).parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"netglow"}


def test_all_programs_are_in_it_once(names):
    programs = {name for name in names if name.startswith("netglow/") and name.endswith(".py")}
    ours = [name for name in tracked() if name.endswith(".py")]
    face = {name for name in ours if name.startswith("scenes/face/")}
    below = {name for name in ours if name.startswith(("scenes/", "netcore/"))} - face
    expected = {f"netglow/{name}" for name in below}
    expected |= {f"netglow/{PurePosixPath(name).name}" for name in face}
    assert programs == expected
    assert not any("tests" in PurePosixPath(name).parts for name in names)
    assert "netglow/py.typed" in names


def test_all_assets_are_in_it(names):
    wanted = {f"netglow/{name}" for name in tracked() if name.startswith("assets/")}
    assert {name for name in names if name.startswith("netglow/assets/")} == wanted
    assert "netglow/assets/digits.npz" in wanted


# --- that it works ---
def test_it_runs_from_where_it_is_installed(installed, project):
    code = "import netglow; print(netglow.__file__)"
    where = Path(run(installed / "python", "-c", code, cwd=project).strip())
    assert where.is_relative_to(installed.parent)


def test_list(installed, project):
    assert run(installed / "netglow", "list", cwd=project).startswith("SloppyThrees\t")


def test_predict(installed, project):
    assert "the network reads 3" in run(installed / "netglow", "predict", "--digit", 3, cwd=project)


def test_a_small_render(installed, project):
    args = ("render", CLIP, "--section", PART, "-q", "t", "-o", "m")
    assert f"{CLIP}.{PART}.mp4" in run(installed / "netglow", *args, cwd=project)
    assert frames(project / "m" / "clips" / f"{CLIP}.{PART}.mp4") > 20


def test_the_readmes_own_scene_with_plain_manim(installed, project):
    small = ("-ql", "-r", "256,144", "--fps", 5)
    run(installed / "python", "-m", "manim", *small, "mirror.py", "Mirror", cwd=project)
    (film,) = project.glob("media/videos/mirror/*/Mirror.mp4")
    assert frames(film) > 50


def frames(path: Path) -> int:
    with av.open(str(path)) as video:
        return sum(1 for _ in video.decode(video=0))
