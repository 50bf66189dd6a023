"""Many clips: skipped when fresh, one after another or side by side in processes of their own."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any

from rich.console import Console

from netglow.scenes.studio.ask.choices import QUALITIES, Failure, one_line
from netglow.scenes.studio.ask.report import Display
from netglow.scenes.studio.make.freshness import changes
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.render import render_clip, retell
from netglow.scenes.studio.make.sidecar import missing_files, read_sidecar
from netglow.scenes.studio.make.workspace import workspace

_DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_events: Any = None  # in a worker process: the queue its progress goes to


@dataclass(frozen=True)
class Task:
    """A clip to make, and why; with ``words_only`` the picture there is can stay."""

    job: Job
    why: str
    words_only: bool = False

    @classmethod
    def of(cls, job: Job, force: bool) -> Task | None:
        """What there is to do for a clip; None if it is up to date."""
        told = read_sidecar(job.sidecar)
        if force:
            return cls(job, "asked for")
        if not isinstance(told.get("made_from"), dict):
            return cls(job, "not there yet")
        if missing := missing_files(job.sidecar, told):
            return cls(job, f"{missing[0]} is missing")
        changed = changes(told["made_from"], job.made_from)
        if not changed:
            return None
        return cls(job, ", ".join(changed), changed == ["narration changed"])


def run(
    jobs: Sequence[Job], out: Path, workers: int, force: bool, dry_run: bool, say: Console
) -> bool:
    """Make all clips that are not fresh, and say why; gives whether there was anything to do.

    A clip that fails does not stop the others; then Failure is raised at the end. With
    ``dry_run`` nothing is made.
    """
    tasks = {job: Task.of(job, force) for job in jobs}
    todo = [task for task in tasks.values() if task]
    if dry_run:
        for job, task in tasks.items():
            say.print(f"{job.name}: {_intent(job, task)}", markup=False)
        return bool(todo)
    with Display(say, len(todo), sum(task.job.frames for task in todo)) as display:
        for job, task in tasks.items():
            if task is None:
                display.say(job.name, f"{job.picture} is up to date")
        if todo:
            _make(todo, out, workers, display)
    return bool(todo)


def _intent(job: Job, task: Task | None) -> str:
    if task is None:
        return f"{job.picture} is up to date"
    return f"would {'write new captions' if task.words_only else 'render'}: {task.why}"


def _make(tasks: Sequence[Task], out: Path, workers: int, display: Display) -> None:
    failed: dict[Job, str] = {}
    with workspace(out) as folder:
        workers = min(workers, len(tasks), _room_for(tasks))
        if workers > 1:
            broken = _side_by_side(tasks, folder, workers, display, failed)
            for task in broken:  # a process was killed, and took others with it: one at a time
                for _ in _side_by_side([task], folder, 1, display, failed):
                    _note(task, "its process ended unexpectedly (out of memory?)", display, failed)
        else:
            for task in tasks:
                try:
                    told = _do(
                        task,
                        folder,
                        lambda n, clip=task.job.name: display.advance(clip, n),
                        lambda task=task: _begin(task, display),
                    )
                    display.done(task.job.name, _summary(task, told))
                except Exception as error:
                    if len(tasks) == 1:
                        raise
                    _note(task, one_line(error), display, failed)
    if failed:
        raise Failure(_told(failed, len(tasks)))


def _told(failed: dict[Job, str], clips: int) -> str:
    if clips == 1:
        return next(iter(failed.values()))
    return f"{len(failed)} of {clips} clips failed: {', '.join(job.name for job in failed)}"


def _note(task: Task, reason: str, display: Display, failed: dict[Job, str]) -> None:
    failed[task.job] = reason
    display.failed(task.job.name, reason)


def _begin(task: Task, display: Display) -> None:
    display.begin(task.job.name, 0 if task.words_only else task.job.frames, task.why)


def _do(
    task: Task, folder: Path, on_frames: Callable[[int], None], begin: Callable[[], None]
) -> dict[str, Any]:
    """Make one clip; a full disk is told as one."""
    begin()
    try:
        if task.words_only:
            return retell(task.job, folder)
        return render_clip(task.job, folder, on_frames)
    except Exception as error:
        if _full_disk(error):
            raise Failure(
                f"{task.job.out}: no room left on the disk; free some and run it again; "
                "what is finished stays"
            ) from None
        raise
    finally:
        shutil.rmtree(folder / task.job.name, ignore_errors=True)


def _full_disk(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in _DISK_IS_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


# --- side by side ---
def _side_by_side(
    tasks: Sequence[Task], folder: Path, workers: int, display: Display, failed: dict[Job, str]
) -> list[Task]:
    """Make clips in worker processes; gives those whose process was killed."""
    # "spawn": Manim's configuration is global, and a fork would copy running threads' locks.
    context = multiprocessing.get_context("spawn")
    events = context.SimpleQueue()
    pool = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(events,))
    broken = []
    try:
        running = {pool.submit(_work, task, folder): task for task in tasks}
        while running:
            finished, _ = wait(running, timeout=0.1, return_when=FIRST_COMPLETED)
            _show(events, {task.job.name: task for task in tasks}, display)
            for future in finished:
                task = running.pop(future)
                try:
                    display.done(task.job.name, _summary(task, future.result()))
                except BrokenProcessPool:
                    broken.append(task)
                except Exception as error:
                    _note(task, one_line(error), display, failed)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
            process.join(5)
        raise
    pool.shutdown()
    return broken


def _start_worker(events: Any) -> None:
    global _events
    _events = events
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent cleans up
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(task: Task, folder: Path) -> dict[str, Any]:
    name = task.job.name
    return _do(task, folder, lambda n: _events.put((name, n)), lambda: _events.put((name, None)))


def _show(events: Any, tasks: dict[str, Task], display: Display) -> None:
    while not events.empty():
        clip, frames = events.get()
        if frames is None:
            _begin(tasks[clip], display)
        else:
            display.advance(clip, frames)


def _summary(task: Task, told: dict[str, Any]) -> str:
    job = task.job
    if task.words_only:
        return f"new captions for {job.picture}"
    if job.fmt == "png":
        return str(job.picture)
    return f"{job.picture} ({told['duration']:.1f} s, {told['frames']} frames)"


def cores() -> int:
    """Processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _room_for(tasks: Sequence[Task]) -> int:
    """How many clips fit into the free memory at once, at least one.

    A process needs about 400 MB, and 220 bytes for each pixel of a frame: painter's buffers and
    frames on their way through the encoder.
    """
    import psutil

    quality = QUALITIES[tasks[0].job.quality]
    need = 400e6 + 220 * quality.width * quality.height
    return max(1, int(psutil.virtual_memory().available / need))
