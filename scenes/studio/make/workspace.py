"""Hidden folders in which clips are made before they are moved to their place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from netglow.scenes.studio.ask.choices import Failure, one_line
from netglow.scenes.studio.make.locks import alone_in

_PREFIX = ".netglow-"


@contextmanager
def workspace(out: Path) -> Iterator[Path]:
    """A hidden folder inside ``out``, so that moving files out of it is one step; always removed.

    What a killed run left behind is removed, too. Raises Failure if ``out`` cannot be written to.
    """
    with ExitStack() as held:
        try:
            out.mkdir(parents=True, exist_ok=True)
            with alone_in(out):
                _remove_abandoned(out)
                folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
                held.callback(shutil.rmtree, folder, ignore_errors=True)
                held.enter_context(alone_in(folder))
        except OSError as error:
            reason = error.strerror or one_line(error)
            raise Failure(f"cannot write to the folder {out}: {reason}") from None
        yield folder


def _remove_abandoned(out: Path) -> None:
    """Remove workspaces whose maker is gone: nobody holds their lock."""
    for left in filter(Path.is_dir, out.glob(f"{_PREFIX}*")):
        with alone_in(left, wait=False) as free:
            if free:
                shutil.rmtree(left, ignore_errors=True)


def check_writable(path: Path) -> None:
    """Raise Failure if a file cannot be written: better now than after minutes of training."""
    try:
        if path.is_dir():
            raise IsADirectoryError(0, "is a folder")
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise Failure(f"cannot write {path}: {error.strerror or one_line(error)}") from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name and rename it: the whole file is there or none."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
