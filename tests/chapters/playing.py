"""Playing clips for tests: without frames, or watched frame by frame."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar
from unittest import mock

from manim import Animation, tempconfig

from netglow.scenes.catalog import clip_named
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story
from netglow.scenes.voice.choose import teller_of
from tests.chapters import checks
from tests.chapters.contrast import Lens
from tests.chapters.facts.screen import watching
from tests.chapters.watch import Watch

Prop = TypeVar("Prop")
ROOMS = ("netglow.scenes.props.", "netglow.scenes.parts.")

SMALL = {
    "pixel_width": 426,
    "pixel_height": 240,
    "frame_rate": 15,
    "frame_width": 8 * 16 / 9,
    "frame_height": 8.0,
    "verbosity": "ERROR",
    "progress_bar": "none",
    "disable_caching": True,
    "dry_run": True,
}
WATCHED = SMALL | {"pixel_width": 256, "pixel_height": 144, "frame_rate": 8}


def play_chapter(clip: str, media: str, voice: str = "none", **choices: Any) -> NetglowScene:
    """The scene of a clip after a run without frames; see :func:`note_section_ends`."""
    with tempconfig(SMALL | {"media_dir": media}):
        told = {"story": Story.choose(**choices), "teller": teller_of(voice, "en")}
        scene = clip_named(clip).load()(**told, skip_animations=True)
        note_section_ends(scene)
        with note_props(scene), watching(scene) as scene.shown:
            scene.render()
    return scene


@contextmanager
def note_props(scene: NetglowScene) -> Iterator[None]:
    """Have a scene keep its props and parts: those it plays, ``props_shown``, and ``props_made``.

    So a test can ask what is drawn, and the chapter keeps only what it needs itself.
    """
    play = scene.play
    scene.props_shown, scene.props_made = [], []

    def noted(*animations: Any, **kwargs: Any) -> None:
        for animation in animations:
            family = animation.mobject.get_family()
            scene.props_shown += [
                part for part in family if type(part).__module__.startswith(ROOMS)
            ]
        play(*animations, **kwargs)

    def noting(make: Callable[..., None]) -> Callable[..., None]:
        def init(self: Any, *args: Any, **kwargs: Any) -> None:
            make(self, *args, **kwargs)
            scene.props_made.append(self)

        return init

    scene.play = noted
    with ExitStack() as undo:
        for kind in classes_in(ROOMS):
            undo.enter_context(mock.patch.object(kind, "__init__", noting(kind.__init__)))
        yield


def classes_in(rooms: tuple[str, ...]) -> set[type]:
    """All classes of the modules whose names begin so, but animations and tuples."""
    modules = [module for name, module in sys.modules.items() if name.startswith(rooms)]
    found = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    own = {kind for kind in found if kind.__module__.startswith(rooms)}
    return {kind for kind in own if not issubclass(kind, Animation | tuple)}


def last_shown(scene: NetglowScene, kind: type[Prop]) -> Prop:
    """The last prop or part of a kind that a played scene has shown, as it is at the end.

    Of a kind that is shown in pieces only, the last that the scene has made.
    """
    everything = [*reversed(scene.props_shown), *reversed(scene.props_made)]
    return next(prop for prop in everything if isinstance(prop, kind))


def watch_chapter(clip: str, media: str, **choices: Any) -> Watch:
    """Notes of a run with small frames."""
    with tempconfig(WATCHED | {"media_dir": media}):
        scene = clip_named(clip).load()(story=Story.choose(**choices))
        watch = Watch(scene)
        scene.renderer.file_writer.on_frame = watch.see
        note_section_ends(scene, lambda: watch.look(scene.duration_seconds))
        scene.render()
    return watch


def note_section_ends(scene: NetglowScene, also: Callable[[], None] | None = None) -> None:
    """Have a scene keep, by the section's name, what is visible when each section ends.

    ``scene.section_ends`` holds what :func:`checks.on_frame` returns; ``scene.faint_texts`` the
    texts that are hard to read in the light theme (in the dark one whole runs are watched).
    ``also`` is called at the end of every section, too.
    """
    play_section = scene.section
    lens = Lens(scene) if scene.theme.is_light else None
    scene.section_ends, scene.faint_texts = {}, {}

    @contextmanager
    def section(name: str, *say: str, **numbers: Any) -> Iterator[None]:
        with play_section(name, *say, **numbers):
            yield
        scene.section_ends[name] = checks.on_frame(scene)
        scene.faint_texts[name] = lens.faint() if lens else []
        if also:
            also()

    scene.section = section
