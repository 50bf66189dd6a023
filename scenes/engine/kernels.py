"""How kernels are compiled, kept between runs, and shared out over threads.

Kernels work on pixels, x to the right and y down; pixel (i, j) covers [j, j+1) x [i, i+1). The
last two arguments of a kernel are the band of columns (or rows) [start, stop) it works on, so
that threads can share a frame without locks.

A compiled kernel is kept beside its own file and compiled anew when that file changes. It does
not notice a change in another one: after an edit here, or of a constant that a kernel imports,
remove the ``*.nbi`` files.
"""

from __future__ import annotations

import os
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


def _keep_kernels() -> bool:
    """Let compiled kernels be kept beside this file or, if that is read-only, with temporary files.

    False if there is no place at all: then they are compiled at every start.
    """
    settings = vars(nb.config)
    if settings["CACHE_DIR"] or _can_write(Path(__file__).parent / "__pycache__"):
        return True
    user = os.getuid() if hasattr(os, "getuid") else "all"
    place = Path(gettempdir()) / f"netglow-kernels-{user}"
    settings["CACHE_DIR"] = str(place)
    return _can_write(place)


_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "fastmath": True,
    "cache": _keep_kernels(),
    "boundscheck": False,
    "error_model": "numpy",
}


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function for the processor; it is called as before."""
    compiled: Callable[P, R] = nb.njit(**_OPTIONS)(function)
    return compiled


def piece(function: Callable[P, R]) -> Callable[P, R]:
    """A piece of a kernel: compiled as if its lines stood where it is called.

    So a kernel that is cut into pieces is as fast as in one.
    """
    compiled: Callable[P, R] = nb.njit(inline="always", **_OPTIONS)(function)
    return compiled


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
