"""Many clips: skipped when fresh, one after another or side by side in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scenes.studio.choices import Failure, one_line
from scenes.studio.freshness import is_fresh
from scenes.studio.render import Job, render_clip
from scenes.studio.report import Display, console

_events: Any = None  # in a worker process: the queue its progress goes to


@contextmanager
def workspace(out: Path) -> Iterator[Path]:
    """A hidden folder inside ``out``, so that moving files out of it is one step; always removed.

    Raises Failure if ``out`` cannot be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".netglow-", dir=out))
    except OSError as error:
        reason = error.strerror or one_line(error)
        raise Failure(f"cannot write to the folder {out}: {reason}") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(jobs: Sequence[Job], out: Path, workers: int, force: bool) -> None:
    """Make all clips that are not fresh; one line for each."""
    shown = console()
    stale = [job for job in jobs if force or not is_fresh(job.sidecar, job.key)]
    if stale:
        stale[0].choices.story()  # a wrong choice is told once, before anything starts
    with Display(shown, len(stale), sum(job.frames for job in stale)) as display:
        for job in jobs:
            if job not in stale:
                display.say(job.clip, f"{job.picture} is up to date")
        if not stale:
            return
        with workspace(out) as folder:
            if min(workers, len(stale)) > 1:
                _side_by_side(stale, folder, min(workers, len(stale)), display)
            else:
                _in_turn(stale, folder, display)


def _in_turn(jobs: Sequence[Job], folder: Path, display: Display) -> None:
    for job in jobs:
        display.begin(job.clip, job.frames)
        told = render_clip(job, folder, lambda n, clip=job.clip: display.advance(clip, n))
        display.done(job.clip, _summary(job, told))
        shutil.rmtree(folder / job.clip, ignore_errors=True)


def _side_by_side(jobs: Sequence[Job], folder: Path, workers: int, display: Display) -> None:
    # "spawn": Manim's configuration is global, and a fork would copy running threads' locks.
    context = multiprocessing.get_context("spawn")
    events = context.SimpleQueue()
    pool = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(events,))
    try:
        running = {pool.submit(_work, job, folder): job for job in jobs}
        while running:
            finished, _ = wait(running, timeout=0.1, return_when=FIRST_COMPLETED)
            _show(events, display)
            for future in finished:
                job = running.pop(future)
                display.done(job.clip, _summary(job, _result(future)))
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
            process.join(5)
        raise
    pool.shutdown()


def _start_worker(events: Any) -> None:
    global _events
    _events = events
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent cleans up


def _work(job: Job, folder: Path) -> dict[str, Any]:
    _events.put((job.clip, "begin", job.frames))
    return render_clip(job, folder, lambda n: _events.put((job.clip, "advance", n)))


def _show(events: Any, display: Display) -> None:
    while not events.empty():
        clip, what, frames = events.get()
        (display.begin if what == "begin" else display.advance)(clip, frames)


def _result(future: Future[dict[str, Any]]) -> dict[str, Any]:
    try:
        return future.result()
    except BrokenProcessPool:
        raise Failure(
            "a render process ended unexpectedly (out of memory?); try again with --jobs 1"
        ) from None


def _summary(job: Job, told: dict[str, Any]) -> str:
    if job.fmt == "png":
        return str(job.picture)
    return f"{job.picture} ({told['duration']:.1f} s, {told['frames']} frames)"


def cores() -> int:
    """Processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
