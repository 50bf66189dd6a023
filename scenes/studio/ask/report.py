"""Progress of several clips at once: bars in a terminal, single lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

STEP = 0.25  # without a terminal: one line each quarter of a clip


def console(stderr: bool = False) -> Console:
    """Where lines go; without a terminal they are not wrapped, so that programs can read on."""
    out = Console(highlight=False, emoji=False, stderr=stderr)
    if out.is_terminal:
        return out
    return Console(highlight=False, emoji=False, stderr=stderr, width=10_000)


def rows(heads: Sequence[str], rows: Sequence[Sequence[str]], plain: int | None = None) -> None:
    """A table in a terminal; elsewhere the first ``plain`` columns, with tabs between them."""
    out = console()
    if not out.is_terminal:
        for row in rows:
            print(*row[:plain], sep="\t")
        return
    table = Table(*heads, box=None, header_style="bold")
    for row in rows:
        table.add_row(*map(escape, row))
    out.print(table)


def bars(out: Console) -> Progress:
    """Progress bars with percentage, remaining and spent time; invisible without a terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f} {task.fields[unit]}"),
        TextColumn("ETA"),
        TimeRemainingColumn(),
        TextColumn("spent"),
        TimeElapsedColumn(),
        console=out,
        disable=not out.is_terminal,
    )


@dataclass
class _Clip:
    """One clip under way."""

    task: TaskID
    expected: int
    frames: int = 0
    next_line: float = STEP
    started: float = field(default_factory=time.monotonic)


class Display:
    """Shows how far the clips are. Use as a context manager."""

    def __init__(self, out: Console, clips: int, frames: int) -> None:
        self.out, self.bars = out, bars(out)
        self.total = frames
        self.clips: dict[str, _Clip] = {}
        self.all = self.bars.add_task("all clips", total=frames, unit="frames", visible=clips > 1)

    def __enter__(self) -> Self:
        self.bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.bars.stop()

    def begin(self, name: str, frames: int, why: str) -> None:
        """A clip starts; frames is the number to expect, why the reason to make it."""
        task = self.bars.add_task(name, total=frames, unit="frames")
        self.clips[name] = _Clip(task, frames)
        what = f"rendering about {frames} frames" if frames else "writing captions"
        self.out.print(f"{name}: {what} ({why})", markup=False)

    def advance(self, name: str, frames: int) -> None:
        """So many more frames are written."""
        clip = self.clips[name]
        clip.frames += frames
        if clip.frames > clip.expected:  # longer than the catalog says
            self._expect(clip, round(1.02 * clip.frames) + 1)
        self.bars.advance(clip.task, frames)
        self.bars.advance(self.all, frames)
        share = clip.frames / max(clip.expected, 1)
        if clip.next_line <= share < 1:
            clip.next_line = share - share % STEP + STEP
            left = (time.monotonic() - clip.started) * (1 - share) / share
            self._line(f"{name}: {share:.0%} of {clip.expected} frames, about {left:.0f} s left")

    def done(self, name: str, what: str) -> None:
        """A clip is finished; what says what was made."""
        clip = self.clips[name]
        self._expect(clip, clip.frames)
        self.bars.remove_task(clip.task)
        self.say(name, f"{what}, rendered in {time.monotonic() - clip.started:.0f} s")

    def failed(self, name: str, why: str) -> None:
        """A clip could not be made."""
        if name in self.clips:
            self._expect(self.clips[name], self.clips[name].frames)
            self.bars.remove_task(self.clips[name].task)
        self.say(name, f"failed: {why}")

    def say(self, name: str, what: str) -> None:
        """One line that stays."""
        self.out.print(f"{name}: {what}", markup=False)

    def note(self, text: str) -> None:
        """A line about all clips."""
        self.out.print(text, markup=False)

    def _expect(self, clip: _Clip, frames: int) -> None:
        self.total += frames - clip.expected
        clip.expected = frames
        self.bars.update(clip.task, total=frames)
        self.bars.update(self.all, total=self.total)

    def _line(self, text: str) -> None:
        if not self.out.is_terminal:
            self.out.print(text, markup=False)
