"""Where the time of a frame goes: a clip, or one section of it, rendered with a clock in hand.

Painting and encoding take turns here (while rendering, encoding has a thread of its own), so that
the parts add up to the whole. The engine knows nothing of it: the clock wraps the methods that do
the work, for as long as it measures.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from rich.table import Table

from netglow.scenes.bench.measure import EncodeOnly
from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.engine.light import Sheet
from netglow.scenes.engine.overlays import Overlay
from netglow.scenes.engine.renderer import StageRenderer
from netglow.scenes.engine.writer import ClipEncoder

if TYPE_CHECKING:
    from netglow.scenes.catalog import Clip
    from netglow.scenes.stage.scene import NetglowScene
    from netglow.scenes.stage.story import Story
    from netglow.scenes.studio.ask.choices import Quality

OTHER = "other"  # Manim's own work between the parts, and what is held in memory
PARTS: dict[str, tuple[tuple[type, str], ...]] = {
    "edges": ((StageCamera, "display_edges"),),
    "cells": ((StageCamera, "display_cells"),),
    "stills": ((StageCamera, "display_stills"),),
    "text and shapes": ((StageCamera, "display_multiple_vectorized_mobjects"),),
    "images": ((StageCamera, "display_multiple_image_mobjects"),),
    "laying overlays": ((Overlay, "lay_over"),),
    "bloom and tone map": ((Sheet, "develop"),),
    "colour conversion": ((ClipEncoder, "convert"),),
    "encoding": ((ClipEncoder, "write_frame"), (ClipEncoder, "finish")),
    "animations, updaters": (),  # of the scene's class, see _methods
    "the scene's own code": (),
    OTHER: ((StageRenderer, "play"), (StageRenderer, "update_frame")),
}
HEADS = ("part", "ms a frame", "share")


class Clock:
    """Counts seconds by part; what is inside another part counts for itself alone."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.now = now
        self._parts = [OTHER]
        self.restart()

    def restart(self) -> None:
        """Forget what was counted; the parts under way stay under way."""
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self._last = self.now()

    def lap(self) -> None:
        """Count the time up to now for the part under way."""
        now = self.now()
        self.seconds[self._parts[-1]] += now - self._last
        self._last = now

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what happens inside for a part."""
        self.lap()
        self._parts.append(name)
        try:
            yield
        finally:
            self.lap()
            self._parts.pop()

    def wrapped(self, work: Callable[..., Any], name: str) -> Callable[..., Any]:
        """A function that does the same, with the clock on this part."""

        @wraps(work)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.part(name):
                return work(*args, **kwargs)

        return timed


@dataclass(frozen=True)
class Profile:
    """What was measured."""

    name: str  # of the clip, or clip.section
    quality: Quality
    frames: int
    seconds: dict[str, float]  # by part

    @property
    def total(self) -> float:
        """Seconds of all parts."""
        return sum(self.seconds.values())

    @property
    def title(self) -> str:
        size = f"{self.quality.width}x{self.quality.height}"
        return f"{self.name}: {self.frames} frames at {size}"

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Every part and the whole: name, milliseconds a frame, share of the time."""
        parts = {**self.seconds, "all": self.total}
        return [
            (name, f"{1000 * seconds / self.frames:.2f}", f"{seconds / self.total:.1%}")
            for name, seconds in parts.items()
        ]

    def table(self) -> Table:
        """The rows for a terminal; the whole is set off by a line."""
        made = Table(title=self.title, title_justify="left", box=None, header_style="bold")
        for head in HEADS:
            made.add_column(head, justify="left" if head == HEADS[0] else "right")
        *parts, whole = self.rows
        for row in parts:
            made.add_row(*row)
        made.add_section()
        made.add_row(*whole, style="bold")
        return made


def profile(clip: Clip, story: Story, quality: Quality, section: str | None = None) -> Profile:
    """Render a clip and throw it away, measuring. Of a section, only its own frames count.

    LookupError if the section is not played with this story.
    """
    from manim import tempconfig

    from netglow.scenes.bench import shots
    from netglow.scenes.studio.ask.choices import QUALITIES
    from netglow.scenes.studio.make.render import settings

    with tempfile.TemporaryDirectory() as folder:
        with tempconfig(settings(QUALITIES["t"], "mp4", Path(folder))):
            shots.S2().render()  # loads the compiled kernels
        with tempconfig(settings(quality, "mp4", Path(folder))):
            kind = type(clip.name, (clip.load(),), {"writer_class": EncodeOnly})
            kind.__module__ = clip.load().__module__  # its words are looked up by its file
            scene = kind(story=story, section=section)
            clock = Clock()
            with measuring(clock, scene):
                scene.render()
            clock.lap()
    name = clip.name if section is None else f"{clip.name}.{section}"
    return Profile(name, quality, scene.renderer.file_writer.frames_written, clock.seconds)


@contextmanager
def measuring(clock: Clock, scene: NetglowScene) -> Iterator[None]:
    """Have the clock count what a scene does; it starts when the first section is painted."""
    with ExitStack() as stack:
        for part, owner, name in _methods(type(scene)):
            timed = clock.wrapped(getattr(owner, name), part)
            stack.enter_context(patch.object(owner, name, timed))
        stack.enter_context(patch.object(type(scene), "next_section", _starting(clock, scene)))
        yield


def _methods(kind: type) -> Iterator[tuple[str, type, str]]:
    """What is measured: part, class, name of the method."""
    for part, methods in PARTS.items():
        for owner, name in methods:
            yield part, owner, name
    for name in ("update_to_time", "begin_animations"):
        yield "animations, updaters", kind, name
    yield "the scene's own code", kind, "construct"


def _starting(clock: Clock, scene: NetglowScene) -> Callable[..., None]:
    """The scene's ``next_section``, which starts the clock at the first that is painted."""
    open_section = type(scene).next_section
    sections = scene.renderer.file_writer.sections
    waiting = sections[-1].skip_animations

    @wraps(open_section)
    def opened(scene: NetglowScene, *args: Any, **kwargs: Any) -> None:
        nonlocal waiting
        open_section(scene, *args, **kwargs)
        if waiting and not sections[-1].skip_animations:
            waiting = False
            clock.restart()

    return opened
