"""The benchmark: every shot runs in every way, and counts the same frames."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from rich.console import Console

from netglow.scenes.bench import WAYS, memory, run
from netglow.scenes.bench.setting import Setting
from netglow.scenes.stage.story import Story
from tests.studio.running import netglow


@pytest.fixture(scope="module")
def results():
    return run.measure_all(["S1", "S2", "S3"], "t", 1, lambda _: None)


def test_every_way_draws_the_same_number_of_frames(results):
    assert list(results["shots"]) == ["S1", "S2", "S3"]
    for ways in results["shots"].values():
        assert tuple(ways) == WAYS
        assert len({numbers["frames"] for numbers in ways.values()}) == 1
        for numbers in ways.values():
            assert numbers["frames"] > 4
            assert numbers["frames_per_second"] > 0
            assert numbers["cpu_seconds"] > 0
            assert 50 < numbers["megabytes"] < 1000


def test_the_memory_is_that_of_the_process_alone():
    """The system's own count, ru_maxrss, starts at what the parent had used."""
    small = "from netglow.scenes.bench.memory import peak_megabytes; print(peak_megabytes())"
    huge = (
        "import subprocess, sys; held = b'x' * 500_000_000\n"
        "print(subprocess.check_output([sys.executable, '-c', sys.argv[1]], text=True))\n"
        "exec(sys.argv[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", huge, small], capture_output=True, text=True, timeout=60
    )
    child, parent = map(float, done.stdout.split())
    assert 5 < child < 200
    assert 480 < parent < 700


def test_elsewhere_the_system_is_asked(monkeypatch, tmp_path):
    own = memory.peak_megabytes()
    monkeypatch.setattr(memory, "_STATUS", tmp_path / "absent")
    assert memory.peak_megabytes() >= 0.99 * own


def test_our_parts_are_faster_than_one_mobject_an_edge(results):
    """A ratio of one run, far from its usual size, so that a busy machine cannot turn it."""
    for shot, least in (("S2", 1.5), ("S3", 3)):
        ways = results["shots"][shot]
        speed = {way: ways[way]["frames_per_second"] for way in WAYS}
        assert speed["netglow"] > least * speed["plain"]


def test_the_table_gives_the_ratios(results):
    out = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    out.print(run.table(results))
    text = out.export_text()
    ways = results["shots"]["S3"]
    share = ways["netglow"]["frames_per_second"] / ways["encode"]["frames_per_second"]
    assert f"{share:.0%}" in text
    assert json.loads(json.dumps(results)) == results


def test_all_parameters_move_from_the_first_checkpoint_to_the_last():
    setting = Setting(Story.choose())
    first, last = setting.story.model.checkpoints[0].network, setting.story.network
    for share, network in ((0, first), (1, last)):
        for w, b, mine in zip(network.w, network.b, range(3), strict=True):
            np.testing.assert_allclose(setting.moved(share).w[mine], w, atol=1e-12)
            np.testing.assert_allclose(setting.moved(share).b[mine], b, atol=1e-12)
    assert sum((a != b).sum() for a, b in zip(first.w, last.w, strict=True)) == 12_960


def test_wrong_use(tmp_path):
    done = netglow("bench", "--shots", "S9", "-o", "b.json", cwd=tmp_path)
    expected = "netglow: there is no shot 'S9'; choose one of S1, S2, S3, F\n"
    assert (done.returncode, done.stderr) == (2, expected)
    assert list(tmp_path.iterdir()) == []
