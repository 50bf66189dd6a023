"""Tests of one clip stand together; what takes long comes first."""

from __future__ import annotations

import pytest

from netglow.scenes.catalog import CLIPS, clip_named
from tests.order import TESTS, group_of, rank

CHAPTERS = TESTS / "chapters"


@pytest.mark.parametrize(
    ("path", "values", "group"),
    [
        (CHAPTERS / "test_all_chapters.py", [clip_named("Bias")], "Bias"),
        (CHAPTERS / "test_models.py", [("ReLU", "weak")], "ReLU"),
        (CHAPTERS / "test_bias.py", [{"digit": 7}], "Bias"),
        (CHAPTERS / "test_bias.py", [], "Bias"),
        (TESTS / "stills" / "test_stills.py", ["Layers", "dark"], "Layers"),
        (CHAPTERS / "test_checks.py", [3], str(CHAPTERS / "test_checks.py")),
    ],
)
def test_the_group_is_the_clip_that_a_test_is_about(path, values, group):
    assert group_of(path, values) == group


def test_tests_elsewhere_stay_with_their_file():
    path = TESTS / "studio" / "make" / "test_render.py"
    assert group_of(path, ["Bias"]) == str(path)
    assert group_of(TESTS / "props" / "test_bias.py") != "Bias"


def test_programs_come_first_then_the_clips_in_order():
    clips = [rank(CHAPTERS / "test_models.py", clip.name) for clip in CLIPS]
    assert clips == sorted(clips) and len(set(clips)) == len(clips)
    assert rank(TESTS / "bench" / "test_bench.py", "its file") < clips[0]
    assert rank(TESTS / "engine" / "test_tone.py", "its file") > clips[-1]


def test_every_clip_has_a_test_file_of_its_own():
    files = {path.name for path in CHAPTERS.glob("test_*.py")}
    assert {f"test_{clip.module}.py" for clip in CLIPS} <= files
