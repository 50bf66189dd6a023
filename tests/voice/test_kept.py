"""Spoken sentences on the disk."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.voice import kept as module
from netglow.scenes.voice.kept import kept
from netglow.scenes.voice.sound import rounded
from tests.voice.sounds import tone


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(module.FOLDER, str(tmp_path / "kept"))
    return tmp_path / "kept"


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> np.ndarray:
        self.asked += 1
        return rounded(tone(0.2, 0.05 * self.asked))


def test_made_once_for_what_it_is_made_from(folder):
    make = Maker()
    first = kept(("text", "voice 1"), make)
    np.testing.assert_array_equal(kept(("text", "voice 1"), make), first)
    assert make.asked == 1
    assert np.abs(kept(("text", "voice 2"), make) - first).max() > 0.01
    assert np.abs(kept(("tex", "tvoice 1"), make) - first).max() > 0.01
    assert make.asked == 3
    assert len(list(folder.rglob("*.flac"))) == 3
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 3  # no drafts


def test_half_a_file_is_made_again(folder):
    make = Maker()
    first = kept(("a",), make)
    (path,) = folder.rglob("*.flac")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2][:40])
    again = kept(("a",), make)
    assert make.asked == 2 and len(again) == len(first)
    np.testing.assert_array_equal(kept(("a",), make), again)


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(module.FOLDER, str(tmp_path / "file" / "below"))
    make = Maker()
    assert len(kept(("a",), make)) and len(kept(("a",), make))
    assert make.asked == 2


def test_the_users_cache_by_default(monkeypatch, tmp_path):
    monkeypatch.delenv(module.FOLDER)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert module.folder().name == "speech"
    assert "netglow" in str(module.folder())
