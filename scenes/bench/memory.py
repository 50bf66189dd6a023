"""The most memory a process has used so far."""

from __future__ import annotations

import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """This process's own peak of resident memory, in MB (2^20 bytes).

    Not ``ru_maxrss`` where Linux has better: a process starts with the peak of the one that
    started it, and keeps it.
    """
    try:
        lines = STATUS.read_text("ascii").splitlines()
    except OSError:  # not Linux
        return _peak_elsewhere()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(kilobytes) / 1024


def _peak_elsewhere() -> float:
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 2**20
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
