"""Tests of one clip stand together; what takes long comes first."""

from __future__ import annotations

import re

import pytest

from netglow.scenes.catalog import CLIPS
from tests.house.imports import ROOT
from tests.house.runs import pytest_in
from tests.order import group_of, rank

ALL = "tests/chapters/test_all_chapters.py::test_a_poster_is_marked"


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        (f"{ALL}[Bias]", "Bias"),
        ("tests/chapters/test_models.py::test_it_plays[weak-ReLU]", "ReLU"),
        ("tests/chapters/test_bias.py::test_it_is_in_the_film", "Bias"),
        ("tests/chapters/test_bias.py::test_its_digits[7-light]", "Bias"),
        ("tests/stills/test_stills.py::test_still[Layers-the-edges-dark]", "Layers"),
        ("tests/beats/test_beats.py::test_beats[Squish-relu]", "Squish"),
        ("tests/chapters/test_checks.py::test_overlaps[3]", "tests/chapters/test_checks.py"),
    ],
)
def test_the_group_is_the_clip_that_a_test_is_about(nodeid, group):
    assert group_of(nodeid) == group


def test_tests_elsewhere_stay_with_their_file():
    path = "tests/studio/make/test_render.py"
    assert group_of(f"{path}::test_a_clip[Bias]") == path
    assert group_of("tests/props/test_bias.py::test_a_dial") != "Bias"


def test_programs_come_first_then_the_clips_in_order():
    clips = [rank(f"{ALL}[{clip.name}]") for clip in CLIPS]
    assert clips == sorted(clips) and len(set(clips)) == len(clips)
    assert rank("tests/bench/test_bench.py::test_frames") < clips[0]
    assert rank("tests/engine/test_tone.py::test_white[1]") > clips[-1]


def test_every_clip_has_a_test_file_of_its_own():
    files = {path.name for path in (ROOT / "tests" / "chapters").glob("test_*.py")}
    assert {f"test_{clip.module}.py" for clip in CLIPS} <= files


def test_a_group_stays_in_one_process(tmp_path):
    """Also asked of what pytest and xdist do together: it has been lost in an update of theirs."""
    for name in ("one", "two", "three"):
        path = tmp_path / "tests" / "netcore" / f"test_{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(f"def test_{k}(): pass" for k in range(20)))
    done = pytest_in(tmp_path, "-p", "tests.order", "-n", "2", "-v")
    ran = re.findall(r"\[(gw\d)\].* PASSED \S*(test_\w+)\.py", done.stdout)
    assert len(ran) == 60, done.stdout
    assert {worker for worker, _ in ran} == {"gw0", "gw1"}
    assert len({file for _, file in ran}) == len(set(ran)) == 3
