"""Clips side by side: each in a worker process that ends with its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any

from netglow.scenes.studio.make.task import Event, Task, do

_events: Any = None  # in a worker process: the queue its events go to


def side_by_side(
    tasks: Sequence[Task],
    folder: Path,
    workers: int,
    on_event: Callable[[Task, Event], None],
    on_end: Callable[[Task, Future[dict[str, Any]]], None],
) -> list[Task]:
    """Make clips in worker processes; returns those whose process was killed.

    ``on_end`` is called with every other task and the future that has its record or its error.
    """
    by_name = {task.job.name: task for task in tasks}
    broken = []
    with _pool(workers) as (pool, events):
        running = {pool.submit(_work, task, folder): task for task in tasks}
        while running:
            finished, _ = wait(running, timeout=0.1, return_when=FIRST_COMPLETED)
            while not events.empty():
                name, event = events.get()
                on_event(by_name[name], event)
            for future in finished:
                task = running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    broken.append(task)
                else:
                    on_end(task, future)
    return broken


@contextmanager
def _pool(workers: int) -> Iterator[tuple[ProcessPoolExecutor, Any]]:
    """A pool and the queue of its events; on an error its processes are ended at once."""
    # "spawn": Manim's configuration is global, and a fork would copy running threads' locks.
    context = multiprocessing.get_context("spawn")
    events = context.SimpleQueue()
    pool = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(events,))
    try:
        yield pool, events
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
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(task: Task, folder: Path) -> dict[str, Any]:
    return do(task, folder, lambda event: _events.put((task.job.name, event)))
