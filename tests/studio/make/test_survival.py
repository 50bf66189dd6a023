"""Killed, out of room, two at once: no wrong file under a final name, and the next run resumes."""

from __future__ import annotations

import filecmp
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import av
import pytest

from tests.studio.running import CLIP, PART, command, environment, everything_in, netglow, process

PARTS = ("a-real-digit", PART)  # two short clips
TWO = [f"{CLIP}.{part}" for part in PARTS]
BOTH = ("render", CLIP, "--section", ",".join(PARTS), "-q", "t")
ONE = ("render", CLIP, "--section", PART, "-q", "t")
KILLS = 4


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Two clips rendered without any trouble."""
    folder = tmp_path_factory.mktemp("whole")
    done = process(*BOTH, "-o", folder, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "clips"


def start(*args: object, cwd: Path, **kwargs: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*args),
        cwd=cwd,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **kwargs,
    )


def assert_whole(clips: Path) -> None:
    """Every file under a final name is whole, and every record names files that are there."""
    for path in clips.glob("*.mp4"):
        with av.open(str(path)) as video:
            frames = sum(1 for _ in video.decode(video=0))
        assert frames > 20, path
    for path in clips.glob("*.json"):
        record = json.loads(path.read_text("utf-8"))
        assert all((clips / name).stat().st_size > 0 for name in record["files"])


def same(one: Path, other: Path) -> bool:
    names = [p.name for p in one.iterdir()]
    match, different, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    return not different and not missing and sorted(match) == sorted(names)


def test_the_same_inputs_give_the_same_bytes(whole, tmp_path):
    """Also with the clips one after the other instead of side by side."""
    done = netglow(*BOTH, "--jobs", 1, "-o", tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert same(whole, tmp_path / "clips")


def test_killed_at_any_moment(whole, tmp_path):
    """The kill hits the parent alone: its workers must end, too, and what they left is cleared."""
    moments = random.Random(7)
    clips = tmp_path / "clips"
    longest = 8.0
    for _ in range(KILLS):
        run = start(*BOTH, "--jobs", 2, "-o", tmp_path, cwd=tmp_path, start_new_session=True)
        try:
            run.wait(moments.uniform(1.0, longest))
            break  # it was done before the blow fell
        except subprocess.TimeoutExpired:
            os.kill(run.pid, signal.SIGKILL)
            run.communicate()
        assert_no_process_in(run.pid)
        if clips.exists():
            assert_whole(clips)
    before = {p.name: p.stat().st_mtime_ns for p in clips.glob("*.json")}
    done = netglow(*BOTH, "-o", tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name, when in before.items():  # what was finished stays
        assert (clips / name).stat().st_mtime_ns == when
        assert f"{name.removesuffix('.json')}.mp4 is up to date" in done.stdout
    assert same(whole, clips)
    assert not list(clips.glob(".netglow-*"))


def assert_no_process_in(session: int) -> None:
    """All processes of a killed command's session end by themselves."""
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("worker processes go on after their parent was killed")


def test_two_at_once_in_one_folder(whole, tmp_path):
    both = [start(*BOTH, "--jobs", 1, "-o", tmp_path, cwd=tmp_path) for _ in range(2)]
    for run in both:
        _, err = run.communicate(timeout=300)
        assert (run.returncode, err) == (0, "")
    assert same(whole, tmp_path / "clips")
    assert everything_in(tmp_path / "clips") == everything_in(whole)


def limited(size: int):
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_file_that_may_not_grow(whole, tmp_path):
    """A quota: the clip does not fit, the one that was there stays as it was."""
    shutil.copytree(whole, tmp_path / "clips")
    run = start(*ONE, "--theme", "light", "-o", tmp_path, cwd=tmp_path, preexec_fn=limited(20_000))
    _, err = run.communicate(timeout=300)
    assert run.returncode == 1
    assert err.count("\n") == 1
    assert "no room left on the disk" in err
    assert same(whole, tmp_path / "clips")
    assert everything_in(tmp_path / "clips") == everything_in(whole)


def test_a_full_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40k", "none", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs rights; test_a_file_that_may_not_grow stands in")
    try:
        done = netglow(*ONE, "-o", disk, cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "no room left on the disk" in done.stderr
        assert everything_in(disk) == ["clips"]
        again = netglow(*ONE, "-o", tmp_path, cwd=tmp_path)
        assert again.returncode == 0
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_no_right_to_write(tmp_path):
    """/proc lets nobody make folders, not even root."""
    done = netglow(*ONE, "-o", "/proc/netglow", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("netglow: cannot write to the folder /proc/netglow/clips: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_that_fails_does_not_stop_the_others(jobs, whole, tmp_path):
    """The first clip's place is taken by a folder that cannot be replaced."""
    clips = tmp_path / "clips"
    (clips / f"{TWO[0]}.mp4" / "in the way").mkdir(parents=True)
    done = netglow(*BOTH, "--jobs", jobs, "-o", tmp_path, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"netglow: 1 of 2 clips failed: {TWO[0]}\n"
    assert f"{TWO[0]}: failed: " in done.stdout
    assert filecmp.cmp(whole / f"{TWO[1]}.mp4", clips / f"{TWO[1]}.mp4", shallow=False)
    assert not (clips / f"{TWO[0]}.json").exists()
