"""Many clips: skipped when fresh, one after another or side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from netglow.scenes.studio.ask.choices import QUALITIES, Failure, one_line
from netglow.scenes.studio.ask.report import Display
from netglow.scenes.studio.make.capacity import room_for
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.pool import side_by_side
from netglow.scenes.studio.make.task import Event, Task, do
from netglow.scenes.studio.make.workspace import workspace

_KILLED = "its process ended unexpectedly (out of memory?)"


def run(
    jobs: Sequence[Job],
    out: Path,
    workers: int,
    force: bool,
    dry_run: bool,
    say: Console,
    lead: str | None = None,
) -> bool:
    """Make all clips that are not fresh, and say why; returns whether there was anything to do.

    A clip that fails does not stop the others; then Failure is raised at the end. With
    ``dry_run`` nothing is made. The clip named ``lead`` comes first, whatever its place; if it was
    not there before, so does its poster.
    """
    tasks = {job: Task.of(job, force) for job in jobs}
    todo = [_led(task, lead) for task in tasks.values() if task]
    todo.sort(key=lambda task: task.job.name != lead)
    if dry_run:
        for job, task in tasks.items():
            say.print(f"{job.name}: {_intent(job, task)}", markup=False)
        return bool(todo)
    with Display(say, len(todo), sum(task.job.frames for task in todo)) as display:
        for job, task in tasks.items():
            if task is None:
                display.say(job.name, f"{job.picture} is up to date")
        if todo:
            _Run(out, display).make(todo, workers)
    return bool(todo)


def _led(task: Task, lead: str | None) -> Task:
    new = task.job.name == lead and not task.job.record.exists()
    return replace(task, poster_first=new)


def _intent(job: Job, task: Task | None) -> str:
    if task is None:
        return f"{job.picture} is up to date"
    return f"would {'write new captions' if task.words_only else 'render'}: {task.why}"


class _Run:
    """Makes clips, shows how far they are, and notes which of them failed."""

    def __init__(self, out: Path, display: Display) -> None:
        self.out, self.display = out, display
        self.failed: dict[Job, str] = {}

    def make(self, tasks: Sequence[Task], workers: int) -> None:
        """Make all; Failure if one of them failed."""
        workers = min(workers, len(tasks), room_for(QUALITIES[tasks[0].job.quality]))
        with workspace(self.out) as folder:
            if len(tasks) > 1:
                self.display.note(
                    f"{len(tasks)} clips to make, {workers} at a time, into {self.out}"
                )
            if workers > 1:
                self._together(tasks, folder, workers)
            else:
                self._one_by_one(tasks, folder)
        if len(tasks) == 1 and self.failed:
            raise Failure(next(iter(self.failed.values())))
        if self.failed:
            names = ", ".join(job.name for job in self.failed)
            raise Failure(f"{len(self.failed)} of {len(tasks)} clips failed: {names}")

    def _together(self, tasks: Sequence[Task], folder: Path, workers: int) -> None:
        pool: Callable[..., list[Task]] = partial(
            side_by_side, folder=folder, on_event=self._show, on_end=self._end
        )
        for task in pool(tasks, workers=workers):  # one was killed and took others with it
            for killed in pool([task], workers=1):
                self._fail(killed, _KILLED)

    def _one_by_one(self, tasks: Sequence[Task], folder: Path) -> None:
        for task in tasks:
            try:
                record = do(task, folder, partial(self._show, task))
                self.display.done(task.job.name, task.summary(record))
            except Exception as error:
                if len(tasks) == 1:
                    raise
                self._fail(task, one_line(error))

    def _show(self, task: Task, event: Event) -> None:
        task.show(event, self.display)

    def _end(self, task: Task, future: Future[dict[str, Any]]) -> None:
        if (error := future.exception()) is not None:
            self._fail(task, one_line(error))
        else:
            self.display.done(task.job.name, task.summary(future.result()))

    def _fail(self, task: Task, reason: str) -> None:
        self.failed[task.job] = reason
        self.display.failed(task.job.name, reason)
