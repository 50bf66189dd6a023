"""A program counts by what it does, and so does everything it imports, however it is written."""

from __future__ import annotations

import pytest

from netglow.scenes.studio.make import programs
from netglow.scenes.studio.make.programs import files_used, mark_of_file

BEFORE = '''"""What it is."""

LIMIT = 3


def clamp(value, least=0):
    """Not below ``least``."""
    return max(value, least)  # nor above
'''


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("# nor above", "# a comment", True),
        ('"""What it is."""', '"""What it was,\n\nand more."""', True),
        ('    """Not below ``least``."""\n', "", True),
        ("max(value, least)", "max(\n        value,\n        least,\n    )", True),
        ("LIMIT = 3", "LIMIT = 4", False),
        ("least=0", "least=1", False),
        ("max(value, least)", "max(least, value)", False),
    ],
)
def test_comments_docstrings_and_layout_do_not_count(tmp_path, old, new, same):
    before, after = tmp_path / "before.py", tmp_path / "after.py"
    assert old in BEFORE
    before.write_text(BEFORE)
    after.write_text(BEFORE.replace(old, new))
    assert (mark_of_file(before) == mark_of_file(after)) is same


def test_an_asset_counts_by_its_bytes(tmp_path):
    for name, data in (("one.toml", b"a = 1\n"), ("other.toml", b"a = 1 # b\n")):
        (tmp_path / name).write_bytes(data)
    assert mark_of_file(tmp_path / "one.toml") != mark_of_file(tmp_path / "other.toml")


@pytest.fixture
def house(tmp_path, monkeypatch):
    """``house(**files)``: a tree of modules; then which of them ``scenes/chapter.py`` uses."""
    scenes = tmp_path / "scenes"
    monkeypatch.setattr(programs, "_SCENES", scenes)
    monkeypatch.setattr(programs, "_ROOMS", {"scenes": scenes, "netcore": tmp_path / "netcore"})

    def build(chapter: str) -> set[str]:
        for name in ("scenes/parts/edges", "scenes/parts/more", "netcore/facts", "scenes/other"):
            path = tmp_path / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
            (path.parent / "__init__.py").touch()
        (scenes / "parts" / "more.py").write_text("from netglow.netcore import facts")
        (scenes / "chapter.py").write_text(chapter)
        return {n for n in files_used(["netglow.scenes.chapter"]) if "__init__" not in n}

    return build


@pytest.mark.parametrize(
    ("chapter", "used"),
    [
        ("from netglow.scenes.parts.edges import Edges", {"scenes/parts/edges.py"}),
        ("import netglow.scenes.parts.edges as e", {"scenes/parts/edges.py"}),
        ("from .parts import edges", {"scenes/parts/edges.py"}),
        ("from .parts.edges import Edges", {"scenes/parts/edges.py"}),
        ("from . import other", {"scenes/other.py"}),
        ("from ..netcore import facts", {"netcore/facts.py"}),
        (
            "def f():\n    from netglow.scenes.parts import more",
            {"scenes/parts/more.py", "netcore/facts.py"},
        ),
        ("import numpy", set()),
    ],
)
def test_every_way_to_import_is_followed(house, chapter, used):
    assert house(chapter) == used | {"scenes/chapter.py"}


def test_what_comes_through_the_face_is_followed_to_its_own_module():
    files = files_used(["netglow.scenes.catalog"])
    assert "scenes/catalog.py" in files
    assert programs._path_of("netglow") is None
    tree = programs.ast.parse("from netglow import Flow, load_model")
    assert {"netglow.scenes.parts.network.edges", "netglow.netcore.model"} <= set(
        programs._imports(tree, "own")
    )
