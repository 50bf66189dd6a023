"""How many clips this machine can render at once: by its cores and by its free memory."""

from __future__ import annotations

import os

from netglow.scenes.studio.ask.choices import Quality

# A process with all it imports, and for every pixel of a frame the painter's buffers and the frames
# on their way through the encoder. Measured peaks: 410 MB at 480p, 790 MB at 1080p; a fifth more is
# reckoned with.
PROCESS_BYTES = 400e6
BYTES_A_PIXEL = 220


def cores() -> int:
    """Processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def clip_bytes(quality: Quality) -> float:
    """Memory that rendering one clip takes, at most."""
    return PROCESS_BYTES + BYTES_A_PIXEL * quality.width * quality.height


def room_for(quality: Quality) -> int:
    """How many clips fit into the free memory at once, at least one."""
    import psutil

    return max(1, int(psutil.virtual_memory().available / clip_bytes(quality)))
