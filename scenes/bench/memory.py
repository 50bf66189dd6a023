"""The most memory a process has used so far."""

from __future__ import annotations

import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """This process's own peak, in MB of 1024 x 1024 bytes."""
    try:
        lines = _STATUS.read_text("utf-8").splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return _peak_elsewhere()
    return int(peak.split()[1]) / 1024


def _peak_elsewhere() -> float:
    """The same without /proc, which only Linux has.

    Linux would count here what the parent had used before it started this process.
    """
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 2**20
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10  # bytes there, kilobytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
