"""Bombs, programs and lies: one line each, within two seconds, and nothing is executed."""

from __future__ import annotations

import time
import tracemalloc
import warnings
from pathlib import Path

import pytest

from netglow.netcore.model import ModelError, load_model
from tests.netcore.formats.hostile import hostile

NAMES = tuple(hostile(Path()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def files(folder) -> dict[str, tuple[str, bytes, str]]:
    return hostile(folder)


@pytest.mark.parametrize("what", NAMES)
def test_one_line_at_once_and_nothing_happens(what, files, folder, tmp_path):
    name, data, said = files[what]
    path = tmp_path / name
    path.write_bytes(data)
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ModelError) as error:
            load_model(path)
    assert time.process_time() - start < 2
    line = str(error.value)
    assert line.startswith(f"{path}: expected ") and said in line
    assert line.isprintable() and len(line) < len(str(path)) + 400
    assert not (folder / "touched").exists()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "a.npz"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(10**12)
    tracemalloc.start()
    with pytest.raises(ModelError, match="at most"):
        load_model(path)
    assert tracemalloc.get_traced_memory()[1] < 50e6
    tracemalloc.stop()
