"""How kernels are compiled, kept between runs, and shared out over threads.

Kernels work on pixels, x to the right and y down; pixel (i, j) covers [j, j+1) x [i, i+1). The
last two arguments of a kernel are the band of columns (or rows) [start, stop) it works on, so
that threads can share a frame without locks.

Compiled kernels are kept for the next start, in a folder that is named after what all of them
say: Numba itself would not notice that a constant changed which a kernel imports.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import Any, ParamSpec, TypeVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")
Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Frame = NDArray[Any]  # a picture (h, w, 4) uint8, by Manim's types int64

THREADS = max(1, min(4, os.cpu_count() or 1))
BLOCK = 16  # columns painted at once; bands end on its borders

_pool: ThreadPoolExecutor | None = None


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def digest_of(folder: Path) -> str:
    """Eight hexadecimal digits that change when a file of kernels in the folder does."""
    sources = [folder / f"{name}.py" for name in _FILES]
    text = b"".join(source.read_bytes() for source in sources if source.exists())
    return f"{zlib.crc32(text):08x}"


def _cache_folder() -> Path | None:
    """Where compiled kernels are kept: beside this file or, if that is read-only, with temporary
    files; None if there is no such place, then they are compiled at every start."""
    here = Path(__file__).parent
    user = os.getuid() if hasattr(os, "getuid") else "all"
    chosen = _SETTINGS["CACHE_DIR"]  # NUMBA_CACHE_DIR
    temporary = Path(gettempdir()) / f"netglow-kernels-{user}"
    places = [Path(chosen)] if chosen else [here / "__pycache__", temporary]
    name = f"kernels-{digest_of(here)}"
    return next((place / name for place in places if _can_write(place / name)), None)


_FILES = ("constants", "kernels", "lines", "bloom", "tone", "cells")
_SETTINGS = vars(nb.config)
_FOLDER = _cache_folder()


def _compiled(function: Callable[P, R], **options: Any) -> Callable[P, R]:
    before = _SETTINGS["CACHE_DIR"]
    _SETTINGS["CACHE_DIR"] = str(_FOLDER or "")  # a kernel looks at it once, when it is made
    try:
        compiler = nb.njit(
            nogil=True,
            fastmath=True,
            cache=_FOLDER is not None,
            boundscheck=False,
            error_model="numpy",
            **options,
        )
        made: Callable[P, R] = compiler(function)
        return made
    finally:
        _SETTINGS["CACHE_DIR"] = before  # other users of Numba keep theirs


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function for the processor; it is called as before."""
    return _compiled(function)


def piece(function: Callable[P, R]) -> Callable[P, R]:
    """A piece of a kernel: compiled as if its lines stood where it is called.

    So a kernel that is cut into pieces is as fast as in one.
    """
    return _compiled(function, inline="always")


def in_bands(work: Callable[..., None], start: int, stop: int, *args: Any) -> None:
    """Run ``work(*args, a, b)`` over bands [a, b) that together cover [start, stop)."""
    global _pool
    if THREADS == 1 or stop - start < 64:
        work(*args, start, stop)
        return
    _pool = _pool or ThreadPoolExecutor(THREADS)
    # whole blocks: the picture does not depend on the threads
    step = -(-(stop - start) // (2 * THREADS * BLOCK)) * BLOCK
    cuts = [start, *range(start // BLOCK * BLOCK + step, stop, step), stop]
    list(_pool.map(lambda a, b: work(*args, a, b), cuts[:-1], cuts[1:]))
