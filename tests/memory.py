"""How many test processes there may be, and how much memory each may use.

A test process that exceeds the limit fails the run: what tests keep, they keep by mistake.
"""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest

from netglow.netcore.study.evaluation import evaluate
from netglow.scenes.bench.memory import peak_megabytes
from netglow.scenes.voice.choose import speaker_named

LIMIT = float(os.environ.get("NETGLOW_TEST_MEGABYTES", 1152))  # of one test process
ROOM = 1400  # MB to reckon with for a worker and the programs that its tests start

ENOUGH = 0.55  # of LIMIT: a test process with more than this should let something go
MUCH = 50  # MB that tests of a file may add before they are looked through
_give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc keeps what is freed

_peaks: dict[str, float] = {}  # MB of every test process that has ended
_held = 0.0  # MB after the last collection


def workers(cores: int, megabytes: float) -> int:
    """How many test processes fit: no more than cores, none that would have to swap."""
    return max(1, min(cores, int(megabytes // ROOM)))


def megabytes() -> float:
    """What this process has in memory now."""
    return float(psutil.Process().memory_info().rss / 2**20)


def let_go() -> None:
    """Collect what nobody holds, and give its memory back to the system where that can be asked."""
    gc.collect()
    if _give_back is not None:
        _give_back(0)


@pytest.fixture(scope="session")
def is_short() -> Callable[[], bool]:
    """Whether this process has so much that it should let go what it can make again."""
    return lambda: megabytes() > ENOUGH * LIMIT


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return workers(cores, psutil.virtual_memory().available / 2**20)


def pytest_collection_finish() -> None:
    """What is imported stays: collections need not look through it again and again.

    Nor need they come as often as Python has them, which is a twentieth of the time: there is one
    at the end of every file.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True, scope="module")
def _after_file() -> Iterator[None]:
    """Scenes stand in Manim's reference cycles: they go when the tests of their file end.

    So do engines that speak: they are loaded again sooner than they are needed again.
    """
    yield
    speaker_named.cache_clear()
    evaluate.cache_clear()  # 6 MB a network
    _collect()


@pytest.fixture(autouse=True)
def _after_test() -> Iterator[None]:
    """What a single test leaves behind goes at once if it is much."""
    yield
    if megabytes() > _held + MUCH:
        _collect()


def _collect() -> None:
    global _held
    let_go()
    _held = megabytes()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:  # a worker tells the process that started it
        output["peak"] = peak_megabytes()
        return
    _peaks["main"] = peak_megabytes()
    if max(_peaks.values()) > LIMIT and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    peak = getattr(node, "workeroutput", {}).get("peak")
    if peak is not None:
        _peaks[node.gateway.id] = peak


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    peaks = ", ".join(f"{name} {peak:.0f} MB" for name, peak in sorted(_peaks.items()))
    terminalreporter.write_line(f"peak memory of the test processes: {peaks}")
    for name, peak in _peaks.items():
        if peak > LIMIT:
            terminalreporter.write_line(
                f"FAILED {name}: {peak:.0f} MB are more than the {LIMIT:.0f} MB a test process may "
                "use; find what its tests keep",
                red=True,
            )
