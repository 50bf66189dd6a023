"""The layout's rules, each held to the real tree and to a small one that breaks it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module

import pytest

from tests.house import rules
from tests.house.imports import FACE, ROOT, Import, Tree, file_of, imports, sources

RULES = (
    rules.engine_stands_alone,
    rules.parts_without_props,
    rules.props_are_private,
    rules.netcore_draws_nothing,
    rules.no_circle,
    rules.one_name,
    rules.no_shadows,
    rules.face_agrees,
)
# What breaks each rule: the tree, and what is said of it.
BROKEN: list[tuple[object, Tree, list[str]]] = [
    (
        rules.engine_stands_alone,
        {
            "scenes/engine/light.py": "def f():\n    from netglow.scenes.parts.a import A",
            "scenes/engine/camera.py": "import netglow.scenes.engine.light",
            "scenes/parts/a.py": "",
        },
        ["scenes/engine/light.py imports scenes/parts/a.py"],
    ),
    (
        rules.engine_stands_alone,
        {"scenes/engine/light.py": "from netglow import Bars", FACE: ""},
        [f"scenes/engine/light.py imports {FACE}"],
    ),
    (
        rules.parts_without_props,
        {
            "scenes/parts/a.py": "from netglow.scenes.props.bias import b",
            "scenes/props/bias/b.py": "",
        },
        ["scenes/parts/a.py imports scenes/props/bias/b.py"],
    ),
    (
        rules.props_are_private,
        {
            "scenes/bias.py": "from netglow.scenes.props.bias.b import B",
            "scenes/relu.py": "from netglow.scenes.props.bias.b import B",
            "scenes/props/bias/c.py": "from netglow.scenes.props.bias.b import B",
            "scenes/props/bias/b.py": "",
        },
        ["scenes/relu.py imports scenes/props/bias/b.py"],
    ),
    (
        rules.netcore_draws_nothing,
        {
            "netcore/a.py": "def f():\n    from manim import Dot",
            "netcore/b.py": "from netglow.scenes.stage.story import Story",
            "netcore/c.py": "from netglow.netcore.a import f",
            "netcore/d.py": "from netglow import Story",
        },
        [
            "netcore/a.py imports manim.Dot",
            "netcore/b.py imports netglow.scenes.stage.story.Story",
            "netcore/d.py imports netglow.Story",
        ],
    ),
    (
        rules.no_circle,
        {
            "scenes/a.py": "from netglow.scenes.b import B",
            "scenes/b.py": "from netglow.scenes import c",
            "scenes/c.py": "if TYPE_CHECKING:\n    from netglow.scenes.a import A",
            "scenes/d.py": "from netglow.scenes.a import A",
        },
        ["circle: scenes/a.py <-> scenes/b.py <-> scenes/c.py"],
    ),
    (
        rules.one_name,
        {
            "scenes/a.py": "from scenes.b import B",
            "tests/t.py": "def f():\n    import netcore.model",
            "scenes/b.py": "from . import a",
            "scenes/c.py": "from ..netcore import model",
        },
        [
            "scenes/a.py imports scenes.b.B",
            "tests/t.py imports netcore.model",
            "scenes/b.py imports .a",
            "scenes/c.py imports ..netcore.model",
        ],
    ),
    (
        rules.no_shadows,
        {"scenes/numbers.py": "", "scenes/types/a.py": "", "scenes/parts/numbers.py": ""},
        [
            "scenes/numbers.py hides the module numbers of the standard library",
            "scenes/types hides the module types of the standard library",
        ],
    ),
    (
        rules.face_agrees,
        {
            FACE: "if TYPE_CHECKING:\n"
            "    from netglow.netcore.a import A, B\n"
            "    from netglow.scenes.stage.c import C as D\n"
            "_HOMES = {'netcore.a': ('A',), 'netcore.b': ('B',), 'scenes.stage.c': ('D', 'E')}"
        },
        [
            "B is shown from netglow.netcore.a and loaded from netglow.netcore.b",
            "E is shown from None and loaded from netglow.scenes.stage.c",
        ],
    ),
]


@pytest.fixture(scope="module")
def ours() -> Tree:
    return sources("scenes", "netcore")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds(rule, ours):
    tree = ours | sources("tests") if rule is rules.one_name else ours
    assert rule(tree) == []


@pytest.mark.parametrize(("rule", "tree", "breaches"), BROKEN)
def test_the_rule_can_fail(rule, tree, breaches):
    assert rule(tree) == breaches


def test_every_rule_is_tried():
    assert {rule for rule, *_ in BROKEN} == set(RULES)


def test_the_list_of_packages_is_complete(ours):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    assert rules.packages_are_complete(ours, project) == []
    assert rules.packages_are_complete(
        {"netcore/a.py": "", "scenes/new/b.py": ""},
        {"packages": ["netglow", "netglow.assets", "netglow.netcore", "netglow.scenes.old"]},
    ) == ["netglow.scenes.new is not in the list", "netglow.scenes.old is not a folder of ours"]


def test_imports_are_read_wherever_they_stand():
    source = "import a.b\ndef f():\n    from .. import c\n    from d import e as g, h"
    assert imports(source) == (Import("a.b"), Import("c", 2), Import("d.e"), Import("d.h"))
    tree = {"scenes/a.py": "", "scenes/b/__init__.py": "", FACE: ""}
    assert file_of("netglow.scenes.a.A", tree) == "scenes/a.py"
    assert file_of("netglow.scenes.b.B", tree) == "scenes/b/__init__.py"
    assert file_of("netglow.Bars", tree) == FACE
    assert file_of("numpy.array", tree) is None


# --- the face ---
def test_every_name_of_the_face_loads():
    face = import_module("netglow")
    assert len(face.__all__) > 30
    for name in face.__all__:
        assert getattr(face, name) is not None
    assert dir(face) == face.__all__
    with pytest.raises(AttributeError, match="'netglow' has no attribute 'Nothing'"):
        _ = face.Nothing


COST = """
import sys, time
before = set(sys.modules)
start = time.perf_counter()
import netglow
print(f"import netglow: {1000 * (time.perf_counter() - start):.1f} ms")
print(*sorted({name.split(".")[0] for name in set(sys.modules) - before}))
"""


def test_importing_netglow_loads_nothing_but_itself(tmp_path):
    """So it costs a few milliseconds; the time is printed, not judged: machines differ."""
    done = subprocess.run(
        [sys.executable, "-c", COST], cwd=tmp_path, text=True, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    cost, loaded = done.stdout.splitlines()
    print(cost)
    assert "netglow" in loaded.split()
    assert set(loaded.split()) - {"netglow"} <= sys.stdlib_module_names
