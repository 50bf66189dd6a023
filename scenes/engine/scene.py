"""A scene in front of the engine's camera."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from manim import Animation, AnimationGroup, Mobject, MovingCameraScene

from netglow.scenes.engine.batches import Edges
from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.engine.renderer import StageRenderer
from netglow.scenes.engine.writer import ClipWriter


class EngineScene(MovingCameraScene):
    """A Manim scene that the engine paints and encodes.

    Parameters
    ----------
    darken
        On a light ground: light absorbs instead of shining.
    on_frame
        Called with the number of frames whenever frames are written.
    """

    writer_class: type[ClipWriter] = ClipWriter
    renderer: StageRenderer

    def __init__(
        self,
        darken: bool = False,
        on_frame: Callable[[int], None] | None = None,
        skip_animations: bool = False,
        **kwargs: Any,
    ) -> None:
        renderer = StageRenderer(self.writer_class, StageCamera, skip_animations=skip_animations)
        super().__init__(
            renderer=renderer, camera_class=StageCamera, skip_animations=skip_animations, **kwargs
        )
        renderer.camera.darken = darken
        renderer.file_writer.on_frame = on_frame
        renderer.camera.spare = renderer.file_writer.spare

    @property
    def camera(self) -> StageCamera:
        return self.renderer.camera

    def render(self, preview: bool = False) -> bool:
        """Render as Manim does, then let go of what was kept from frame to frame.

        Manim's manager and its scene hold each other, and so may animations and the functions
        they call; without them a dropped scene is gone at once.
        """
        try:
            return super().render(preview)
        except BaseException:
            # Manim does so only if construct fails; an encoder that waits keeps the process alive
            self.renderer.file_writer.abort_encode_jobs()
            raise
        finally:
            self.renderer.release()
            self.manager = self.animations = None

    def get_moving_mobjects(self, *animations: Animation) -> list[Mobject]:
        """Everything from the first that moves on, looking into groups; all if the camera moves.

        Manim takes a group for moving as a whole; then its still members are painted anew in
        every frame. (Its method also leaves a function that holds itself and the scene.)
        """
        family = self.get_mobject_family_members()
        roots: set[Any] = {animation.mobject for animation in animations}
        roots |= {m for m in family if m.updaters} | set(self.foreground_mobjects)
        moving = {m for root in roots for m in root.get_family()}
        if self.camera.frame in moving:
            return list(self.mobjects)
        if any(m.z_index for m in family):
            return _from_first_in_depth(family, moving | _played(animations))
        painted = [m for m in family if m.has_points()]
        first = next((i for i, m in enumerate(painted) if m in moving), 0)
        while first and isinstance(painted[first], Edges) and isinstance(painted[first - 1], Edges):
            first -= 1  # the light of neighbouring edges is one sheet
            moving.add(painted[first])
        return _from_first(self.mobjects, moving)


def _played(animations: Iterable[Animation]) -> set[Any]:
    """All that the animations, and those inside them, are about."""
    played: set[Any] = set()
    for animation in animations:
        played |= set(animation.mobject.get_family())
        if isinstance(animation, AnimationGroup):
            played |= _played(animation.animations)
    return played


def _from_first_in_depth(family: list[Mobject], moving: set[Any]) -> list[Mobject]:
    """The mobjects from the first on that moves, or has a member that moves.

    family: all mobjects and their members in the order in which they are painted.
    """
    for i, mobject in enumerate(family):
        if not moving.isdisjoint(mobject.get_family()):
            return family[i:]
    return []


def _from_first(mobjects: list[Mobject], moving: set[Any]) -> list[Mobject]:
    """The mobjects from the first in ``moving`` on; of a group that moves in part, its end."""
    for i, mobject in enumerate(mobjects):
        if mobject in moving:
            return mobjects[i:]
        if not moving.isdisjoint(mobject.get_family()):
            return _from_first(mobject.submobjects, moving) + mobjects[i + 1 :]
    return []
