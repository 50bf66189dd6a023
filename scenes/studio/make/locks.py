"""Folders that only one process changes at a time, and files that are really on the disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path


def alone_in(folder: Path, wait: bool = True) -> AbstractContextManager[bool]:
    """Hold a folder's lock: whether it could be had, at once if not to ``wait``.

    The system releases it when its holder ends, however it ends.
    """
    lock = file_lock if sys.platform == "win32" else folder_lock
    return lock(folder, wait)


@contextmanager
def folder_lock(folder: Path, wait: bool) -> Iterator[bool]:
    """A lock on the folder itself, which leaves no file behind (POSIX)."""
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


@contextmanager
def file_lock(folder: Path, wait: bool) -> Iterator[bool]:
    """A lock on a file beside the folder, for systems that cannot lock folders (Windows)."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder.with_name(f".{folder.name}.lock"))
    try:
        lock.acquire(blocking=wait)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def to_disk(path: Path) -> None:
    """Wait until a file's content, or the names in a folder, are on the disk."""
    if sys.platform == "win32" and path.is_dir():
        return  # cannot be opened there; the file system keeps names in a journal
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
