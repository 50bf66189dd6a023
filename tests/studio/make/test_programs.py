"""Which edits of a program make a clip stale, on programs of a few lines."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import netglow
from netglow.scenes.studio.ask.choices import Failure
from netglow.scenes.studio.make.programs import OURS, Programs

CHAPTER = '''"""What the chapter shows."""
from netglow.scenes.parts.dot import Dot

SIZE = 3  # centimetres


class Chapter:
    """One dot."""

    def construct(self, size=SIZE):
        """Draws it."""
        return Dot(size), "not a docstring"
'''
FILES = {
    "scenes/chapter.py": CHAPTER,
    "scenes/__init__.py": "",
    "scenes/parts/__init__.py": "",
    "scenes/parts/dot.py": "from netglow.netcore.numbers import ONE\nDIGITS = 'digits.txt'\n",
    "scenes/parts/other.py": "",
    "scenes/studio/command.py": "",
    "netcore/__init__.py": "",
    "netcore/numbers.py": "ONE = 1\n",
    "assets/digits.txt": "0123456789",
    "assets/unused.txt": "",
}
USED = sorted(set(FILES) - {"scenes/parts/other.py", "scenes/studio/command.py"})
USED.remove("assets/unused.txt")


@pytest.fixture
def marks(tmp_path):
    """``marks(**{path: source})``: marks of a chapter's files after files were written anew."""

    def made(changed: dict[str, str] | None = None) -> dict[str, str]:
        for name, source in (FILES | (changed or {})).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(source, "utf-8")
        packages = {name: tmp_path / name for name in ("scenes", "netcore")}
        face = {"Dot": "scenes.parts.dot", "Other": "scenes.parts.other"}
        programs = Programs(packages, face, tmp_path / "assets")
        return programs.used_by(["netglow.scenes.chapter"], ("netglow.scenes.studio.",))

    return made


def edited(before: str, after: str, path: str = "scenes/chapter.py") -> dict[str, str]:
    assert before in FILES[path]
    return {path: FILES[path].replace(before, after)}


def test_everything_that_is_used_is_found(marks):
    assert list(marks()) == USED


@pytest.mark.parametrize(
    "edit",
    [
        edited("# centimetres", "# inches"),
        edited("SIZE = 3", "\n\nSIZE = (\n    3\n)"),
        edited('"""What the chapter shows."""\n', ""),
        edited('"""One dot."""', '"""A single dot, in the middle."""'),
        edited('"""Draws it."""', "'''Draws\n        it.'''"),
        edited('"not a docstring"', "'not a docstring'"),
        {"scenes/parts/other.py": "ANYTHING = 1"},
    ],
)
def test_what_changes_nothing(marks, edit):
    assert marks() == marks(edit)


@pytest.mark.parametrize(
    "edit",
    [
        edited("SIZE = 3", "SIZE = 4"),
        edited("SIZE = 3", "SIZE = 3.0"),
        edited("size=SIZE", "size=3"),
        edited('"not a docstring"', '"Not a docstring"'),
        edited("return Dot", "return (yield), Dot"),
        edited("ONE = 1", "ONE = True", "netcore/numbers.py"),
        edited("ONE = 1", "ONE = None", "netcore/numbers.py"),
        edited("0123456789", "9876543210", "assets/digits.txt"),
    ],
)
def test_what_makes_a_clip_stale(marks, edit):
    before, after = marks(), marks(edit)
    assert [name for name in before if before[name] != after[name]] == list(edit)


@pytest.mark.parametrize(
    "line",
    [
        "from netglow.scenes.parts.other import Other",
        "from netglow.scenes.parts import other",
        "import netglow.scenes.parts.other",
        "from .parts.other import Other",
        "from .parts import other",
        "from . import parts\nfrom .parts import *\nfrom netglow import *",
        "from netglow import Other",
        "import netglow\nnetglow.Other",
        "import netglow as n\nn.Other",
        "if TYPE_CHECKING:\n    from netglow import Other",
        "def later():\n    from .parts import other",
    ],
)
def test_every_way_to_import_is_followed(marks, line):
    found = marks({"scenes/chapter.py": f"from netglow import Dot\n{line}\n"})
    assert set(found) == {*USED, "scenes/parts/other.py"}


def test_what_is_ignored_is_not_followed(marks):
    source = "from netglow.scenes.studio import command\nfrom netglow import Nothing\n"
    assert set(marks({"scenes/chapter.py": source})) == {"scenes/chapter.py", "scenes/__init__.py"}


def test_an_import_from_outside_the_package_is_refused(marks):
    with pytest.raises(Failure, match=r"chapter\.py: line 2 imports from outside its package"):
        marks({"scenes/chapter.py": "\nfrom ..netcore import numbers\n"})


def test_the_painters_comments_are_free(tmp_path):
    """The case that this is for: the painter is in all chapters."""
    path = Path(netglow.__file__).parents[1] / "engine" / "lines.py"
    source = path.read_text("utf-8")
    bare = ast.unparse(ast.parse(source))  # no comment, another layout
    assert bare != source
    (tmp_path / "lines.py").write_text(bare, "utf-8")
    programs = Programs({"engine": tmp_path}, netglow.HOME_OF)
    assert programs.mark_of(tmp_path / "lines.py") == OURS.mark_of(path)


def test_the_real_face_is_followed(tmp_path):
    (tmp_path / "mine.py").write_text("from netglow import NetworkDiagram, forward", "utf-8")
    folders = {name: Path(netglow.__file__).parents[2] / name for name in ("scenes", "netcore")}
    found = Programs({"own": tmp_path, **folders}, netglow.HOME_OF).used_by(["netglow.own.mine"])
    assert {"scenes/parts/network/network_diagram.py", "netcore/network.py"} <= set(found)
    assert "scenes/face/__init__.py" not in found
