"""Which tests stand together in one process, and what comes first.

All tests of a clip share its played scenes. The others stay with their file. The long ones come
first: what begins last decides when the run ends.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from netglow.scenes.catalog import CLIPS

LONG = ("studio", "bench")  # folders whose tests start programs
OF_CLIPS = ("beats", "chapters", "stills")  # folders with tests of clips
_PLACES = {clip.name: place for place, clip in enumerate(CLIPS)}
_FILES = {f"test_{clip.module}.py": clip.name for clip in CLIPS}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out whole groups, in their order."""
    from xdist.scheduler import LoadScopeScheduling  # not needed to run tests one after the other

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False  # xdist would begin with groups of the most tests
    return ByGroup(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: (rank(item.nodeid), group_of(item.nodeid)))


def group_of(nodeid: str) -> str:
    """The clip that a test is about, by its parameters or its file's name; else its file."""
    path, _, test = nodeid.partition("::")
    if _room(path) in OF_CLIPS:
        for word in re.findall(r"\w+", test.partition("[")[2]):
            if word in _PLACES:
                return word
        return _FILES.get(path.rpartition("/")[2], path)
    return path


def rank(nodeid: str) -> int:
    """The place of a test's group: programs, clips as in the film, everything else."""
    return -1 if _room(nodeid) in LONG else _PLACES.get(group_of(nodeid), len(_PLACES))


def _room(path: str) -> str:
    """The folder among the tests that a test file is in."""
    return path.split("/")[1]
