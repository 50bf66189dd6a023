"""Playing clips for tests: without frames, or watched frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from manim import tempconfig

from netglow.scenes.catalog import clip_named
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story
from tests.chapters import checks
from tests.chapters.contrast import Lens
from tests.chapters.watch import Watch

Prop = TypeVar("Prop")

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


def play_chapter(clip: str, media: str, **choices: Any) -> NetglowScene:
    """The scene of a clip after a run without frames; see :func:`note_section_ends`."""
    with tempconfig(SMALL | {"media_dir": media}):
        scene = clip_named(clip).load()(story=Story.choose(**choices), skip_animations=True)
        note_section_ends(scene)
        note_props(scene)
        scene.render()
    return scene


def note_props(scene: NetglowScene) -> None:
    """Have a scene keep in ``scene.props`` what props it plays; see :func:`last_shown`.

    So a test can ask what is drawn, and the chapter keeps only what it needs itself.
    """
    play = scene.play
    scene.props = []

    def noted(*animations: Any, **kwargs: Any) -> None:
        for animation in animations:
            for part in animation.mobject.get_family():
                if type(part).__module__.startswith("netglow.scenes.props."):
                    scene.props.append(part)
        play(*animations, **kwargs)

    scene.play = noted


def last_shown(scene: NetglowScene, kind: type[Prop]) -> Prop:
    """The last prop of a kind that a played scene has shown, as it is at the end."""
    return next(prop for prop in reversed(scene.props) if isinstance(prop, kind))


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
