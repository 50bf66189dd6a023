"""The run says how much memory each of its processes used, and fails above the limit."""

from __future__ import annotations

import pytest

from tests import memory
from tests.house.runs import pytest_in

HOARD = "KEPT = bytearray(150_000_000)\ndef test_passes(): pass\n"


@pytest.fixture
def run(tmp_path):
    """``run(limit, *arguments)``: exit code and output of a run whose tests keep 150 MB."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_hoard.py").write_text(HOARD)

    def start(limit: float, *arguments: str) -> tuple[int, str]:
        limited = {"NETGLOW_TEST_MEGABYTES": str(limit)}
        done = pytest_in(tmp_path, "-p", "tests.memory", *arguments, **limited)
        return done.returncode, done.stdout

    return start


@pytest.mark.parametrize(("arguments", "name"), [(("-n", "1"), "gw0"), ((), "main")])
def test_a_process_above_the_limit_fails_the_run_and_is_named(run, arguments, name):
    code, output = run(150, *arguments)
    assert "1 passed" in output
    assert code == pytest.ExitCode.TESTS_FAILED
    assert [line.split(":")[0] for line in output.splitlines() if line.startswith("FAILED")] == [
        f"FAILED {name}"
    ]


def test_a_run_below_the_limit_passes_and_lists_every_process(run):
    code, output = run(2000, "-n", "2")
    assert code == pytest.ExitCode.OK
    (line,) = (line for line in output.splitlines() if line.startswith("peak memory"))
    peaks = [float(part.split()[-2]) for part in line.split(", ")]
    assert len(peaks) == 3 and sum(peak > 150 for peak in peaks) >= 1


@pytest.mark.parametrize(
    ("cores", "gigabytes", "workers"),
    [(2, 16, 2), (16, 64, 16), (16, 16, 11), (4, 3, 2), (8, 0.5, 1), (1, 64, 1)],
)
def test_workers_follow_cores_and_memory(cores, gigabytes, workers):
    assert memory.workers(cores, 1024 * gigabytes) == workers
