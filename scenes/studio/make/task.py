"""What there is to do for one clip, and doing it."""

from __future__ import annotations

import errno
import gc
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netglow.scenes.studio.ask.choices import Failure
from netglow.scenes.studio.ask.report import Display
from netglow.scenes.studio.make.freshness import changes
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.record import missing_files, read_record
from netglow.scenes.studio.make.render import new_captions, render_clip, render_poster

_DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LEAVE_THE_PICTURE = {"narration changed", "captions changed"}
# What happens while a clip is made: it begins (None), frames are written, its poster is there.
Event = int | Path | None


@dataclass(frozen=True)
class Task:
    """A clip to make, and why.

    With ``words_only`` the picture that is there can stay; with ``poster_first`` the poster is
    made before the clip.
    """

    job: Job
    why: str
    words_only: bool = False
    poster_first: bool = False

    @classmethod
    def of(cls, job: Job, force: bool) -> Task | None:
        """What there is to do for a clip; None if it is up to date."""
        record = read_record(job.record)
        if force:
            return cls(job, "asked for")
        if not isinstance(record.get("made_from"), dict):
            return cls(job, "not there yet")
        if missing := missing_files(job.record, record):
            return cls(job, f"{missing[0]} is missing")
        changed = changes(record["made_from"], job.made_from)
        if not changed:
            return None
        drawn = "burned" in (record["made_from"].get("captions"), job.made_from["captions"])
        return cls(job, ", ".join(changed), not drawn and set(changed) <= _LEAVE_THE_PICTURE)

    def show(self, event: Event, display: Display) -> None:
        """Report an event."""
        name = self.job.name
        if event is None:
            display.begin(name, 0 if self.words_only else self.job.frames, self.why)
        elif isinstance(event, int):
            display.advance(name, event)
        else:
            display.say(name, f"its poster is there: {event}")

    def summary(self, record: dict[str, Any]) -> str:
        """What was made."""
        if self.words_only:
            return f"new captions for {self.job.picture}"
        if self.job.fmt == "png":
            return str(self.job.picture)
        return f"{self.job.picture} ({record['duration']:.1f} s, {record['frames']} frames)"


def do(task: Task, folder: Path, on_event: Callable[[Event], None]) -> dict[str, Any]:
    """Make one clip, in a folder of its own inside ``folder``; returns its record.

    ``on_event`` is called with every event. Raises Failure if the disk is full.
    """
    on_event(None)
    try:
        if task.words_only:
            return new_captions(task.job, folder)
        if task.poster_first:
            on_event(render_poster(task.job, folder))
        return render_clip(task.job, folder, on_event)
    except Exception as error:
        if _full_disk(error):
            raise Failure(
                f"{task.job.out}: no room left on the disk; free some and run it again; "
                "what is finished stays"
            ) from None
        raise
    finally:
        shutil.rmtree(folder / task.job.name, ignore_errors=True)
        gc.collect()  # scenes stand in circles of references; without this they pile up


def _full_disk(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in _DISK_IS_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
