"""Ordinary mobjects above moving ones: kept, laid over, and never out of date."""

import numpy as np
import pytest
from manim import RIGHT, UP, Circle, Dot, Square, VGroup

from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.stage.text import label


def badge() -> VGroup:
    """Overlapping, half transparent, stroked and filled."""
    return VGroup(
        Square(2, color="#3377ff", fill_opacity=0.5),
        Circle(0.9, color="#ffaa00"),
        Dot(UP, fill_opacity=0.3),
        label("ag", "#ffffff").shift(0.5 * RIGHT),
    )


def frames(camera: StageCamera, *changes) -> list[np.ndarray]:
    """Frames of a badge over grey ground, one after each change."""
    shown, taken = badge(), []
    for change in changes:
        change(shown)
        camera.reset()
        camera.pixel_array[..., :3] = 90
        camera.capture_mobjects([shown])
        taken.append(camera.pixel_array.astype(int))
    return taken


def nothing(_: VGroup) -> None:
    pass


def test_a_kept_picture_is_what_paint_would_be(tiny):
    fresh, *kept = frames(StageCamera(), nothing, nothing, nothing)
    for later in kept:
        assert np.abs(later - fresh).max() <= 2  # two roundings instead of one
    assert (kept[0][..., 3] == 255).all()


CHANGES = {
    "place": lambda m: m[0].shift(0.2 * RIGHT),
    "opacity": lambda m: m[1].set_stroke(opacity=0.4),
    "colour": lambda m: m[2].set_fill("#ff0000"),
    "width": lambda m: m[1].set_stroke(width=9),
    "glyph": lambda m: m[3].become(label("bo", "#ffffff")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_at_once(tiny, change):
    *_, shown = frames(StageCamera(), nothing, nothing, nothing, change)
    (expected,) = frames(StageCamera(), change)
    assert np.abs(shown - expected).max() <= 2


def test_a_camera_that_moves_paints_anew(tiny):
    camera = StageCamera()
    frames(camera, nothing, nothing, nothing)
    camera.frame.scale(0.5)
    (near,) = frames(camera, nothing)
    other = StageCamera()
    other.frame.scale(0.5)
    assert np.abs(near - frames(other, nothing)[0]).max() <= 2


def test_still_mobjects_are_painted_twice_and_then_laid_over(tiny, monkeypatch):
    camera, painted = StageCamera(), []
    display = StageCamera.display_vectorized

    def counted(self, mobject, context) -> None:
        painted.append(mobject)
        display(self, mobject, context)

    monkeypatch.setattr(StageCamera, "display_vectorized", counted)
    frames(camera, *[nothing] * 6)
    shapes = len(badge().family_members_with_points())
    assert len(painted) == 2 * shapes
