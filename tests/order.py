"""Which tests stand together in one process, and what comes first.

All tests of a clip share its played scenes. The others stay with their file. The long ones come
first: what begins last decides when the run ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from netglow.scenes.catalog import CLIPS

TESTS = Path(__file__).parent
LONG = ("studio", "bench")  # folders whose tests start programs
OF_CLIPS = ("chapters", "stills")  # folders with tests of clips
_PLACES = {clip.name: place for place, clip in enumerate(CLIPS)}
_FILES = {f"test_{clip.module}.py": clip.name for clip in CLIPS}


def pytest_configure(config: pytest.Config) -> None:
    """Keep the order of the groups; xdist would begin with those of the most tests."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    groups = {item: group_of(item.path, parameters(item)) for item in items}
    items.sort(key=lambda item: (rank(item.path, groups[item]), groups[item]))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(groups[item]))


def parameters(item: pytest.Item) -> Iterable[Any]:
    """The values a test is parametrised with."""
    call = getattr(item, "callspec", None)
    return call.params.values() if call else ()


def group_of(path: Path, values: Iterable[Any] = ()) -> str:
    """The clip that a test in the file ``path`` with these parameters is about, or its file.

    A parameter names a clip: as a clip, as its name, or as a tuple that begins so.
    """
    if _room(path) in OF_CLIPS:
        for value in values:
            first = value[0] if isinstance(value, tuple) and value else value
            name = getattr(first, "name", first)
            if isinstance(name, str) and name in _PLACES:
                return name
        if path.name in _FILES:
            return _FILES[path.name]
    return str(path)


def rank(path: Path, group: str) -> int:
    """The place of a group in the order: programs, clips as in the film, everything else."""
    return -1 if _room(path) in LONG else _PLACES.get(group, len(_PLACES))


def _room(path: Path) -> str:
    """The folder among the tests that a test file is in."""
    return path.relative_to(TESTS).parts[0]
