"""Some damaged copies of every file; see fuzz.py for many."""

from __future__ import annotations

import pytest

from tests.netcore.formats.fuzz import NAMES, fuzz

COPIES = 60


@pytest.mark.parametrize("name", NAMES)
def test_damaged_files_load_or_are_refused_with_one_line(name, tmp_path):
    found = fuzz(name, COPIES, tmp_path)
    assert found.loaded + found.refused == COPIES and found.refused > COPIES // 6
