"""The engine's scene: only what moves is painted anew, and nothing lingers afterwards."""

from __future__ import annotations

import gc
import threading
import weakref

import numpy as np
import pytest
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    AnimationGroup,
    Dot,
    FadeIn,
    Group,
    MovingCameraScene,
    Square,
    Succession,
    UpdateFromAlphaFunc,
    VGroup,
    tempconfig,
)

from netglow.scenes.engine.batches import Cells, Edges
from netglow.scenes.engine.light import Sheet
from netglow.scenes.engine.scene import EngineScene
from netglow.scenes.stage.scene import NetglowScene
from tests.filming import TINY, Recorder


def filmed(chapter, act, whole: bool) -> np.ndarray:
    """All frames of a scene; ``whole``: with Manim's own choice of what moves."""

    own: dict[str, object] = {"writer_class": Recorder}
    if whole:
        own["get_moving_mobjects"] = MovingCameraScene.get_moving_mobjects
    scene = chapter(act, own)
    return np.array(scene.renderer.file_writer.film, int)


def counting(scene: NetglowScene) -> None:
    """A number counts inside a group, between still neighbours."""
    count = scene.number(0, places=0)
    row = VGroup(Dot(2 * LEFT), VGroup(count, Dot(2 * RIGHT)), Dot(3 * RIGHT))
    scene.add(row)
    scene.play(UpdateFromAlphaFunc(count, lambda m, a: m.set_value(round(1000 * a))))


def flowing(scene: NetglowScene) -> None:
    """Edges light up below text, in one group."""
    start = np.array([[-3.0, y, 0] for y in (-1, 0, 1)])
    edges = Edges(start, start + 6 * RIGHT, (1, 1, 1), 0.2, stroke_width=6)
    scene.add(Group(Dot(UP), edges, VGroup(Dot(), Square(1), Dot(DOWN))))
    scene.play(edges.animate.set_arrays(light=1.0))
    scene.wait(0.3)


def crossing(scene: NetglowScene) -> None:
    """Still and moving edges cross: their light is one sheet, whatever group they are in."""
    ends = np.array([[-3.0, -1, 0]]), np.array([[3.0, 1, 0]])
    still, moving = (Edges(*ends, (1, 1, 1), 0.5, stroke_width=9) for _ in range(2))
    scene.add(Group(Dot(2 * UP), Group(still), Group(moving.flip(), Dot(DOWN))))
    scene.play(moving.animate.set_arrays(light=0.9))


def followed(scene: NetglowScene) -> None:
    """An updater moves what belongs to another group than the animated one."""
    lead, tail = Dot(LEFT), Dot(DOWN).add_updater(lambda m: m.set_x(lead.get_x()))
    scene.add(Group(Dot(UP), tail), Group(Square(1), lead))
    scene.play(lead.animate.shift(2 * RIGHT))


def in_turn(scene: NetglowScene) -> None:
    """One appears after the other, the second out of nowhere."""
    one, two = Square(1).shift(LEFT), Square(1).shift(RIGHT)
    scene.add(Dot(UP))
    scene.play(Succession(FadeIn(one, run_time=0.5), FadeIn(two, run_time=0.5)))


def looking_closer(scene: NetglowScene) -> None:
    scene.add(Group(Dot(UP), Square(1)))
    scene.play(scene.camera.frame.animate.scale(0.5))


def looking_closer_together(scene: NetglowScene) -> None:
    """The camera moves inside a group of animations."""
    dot = Dot(LEFT)
    scene.add(Square(2), dot)
    closer = scene.camera.frame.animate.scale(0.5)
    scene.play(AnimationGroup(closer, dot.animate.shift(RIGHT)))


def lifted(scene: NetglowScene) -> None:
    """What moves is painted above what was added later."""
    disc, square = Dot(LEFT, radius=0.5).set_z_index(1), Square(1, fill_opacity=1, color="#3377ff")
    scene.add(Group(Dot(UP), disc), square)
    scene.play(disc.animate.shift(RIGHT))


ACTS = [counting, flowing, crossing, followed, in_turn, looking_closer, lifted]


@pytest.mark.parametrize("act", [*ACTS, looking_closer_together])
def test_looking_into_groups_changes_no_picture(chapter, act):
    ours, theirs = filmed(chapter, act, whole=False), filmed(chapter, act, whole=True)
    assert len(ours) == len(theirs) > 5
    assert np.abs(ours - theirs).max() <= 2
    assert len(np.unique(ours.sum(axis=(1, 2, 3)))) > 3  # something moves


# --- memory ---
class Everything(EngineScene):
    """Edges, cells, text that is laid over, a moving camera, animations in turn."""

    def construct(self) -> None:
        start = np.array([[-3.0, y, 0] for y in (-1, 0, 1)])
        edges = Edges(start, start + 6 * RIGHT, (1, 1, 1), 0.2, glow=0.3, stroke_width=6)
        cells, dots = Cells([UP], 0.5), VGroup(*[Dot(0.3 * i * UP) for i in range(6)])
        self.add(edges, cells, dots)
        self.play(edges.animate.set_arrays(light=1.0), run_time=0.5)
        self.play(UpdateFromAlphaFunc(cells, lambda m, a: self.add(m)), run_time=0.3)
        self.play(Succession(FadeIn(Dot(), run_time=0.3), FadeIn(Square(), run_time=0.3)))
        self.play(self.camera.frame.animate.scale(0.5), run_time=0.3)
        self.wait(0.3)


def test_a_dropped_scene_is_gone_at_once(tmp_path):
    """Without the collector: nothing of ours, and nothing of Manim's we can help, is a circle."""
    with tempconfig(TINY | {"media_dir": str(tmp_path), "dry_run": False}):
        scene = Everything()
        parts = (scene, scene.renderer, scene.camera, scene.renderer.file_writer)
        held = [weakref.ref(part) for part in parts]
        gc.disable()
        try:
            scene.render()
            del scene, parts
            assert [type(part()).__name__ for part in held if part() is not None] == []
        finally:
            gc.enable()


def test_after_a_render_only_the_last_picture_is_kept(tmp_path, monkeypatch):
    kept: list[weakref.ref[np.ndarray]] = []
    develop = Sheet.develop

    def watched(sheet, frame, light, *boxes) -> None:
        kept.extend(weakref.ref(array) for array in (frame, sheet.light, sheet.work))
        develop(sheet, frame, light, *boxes)

    monkeypatch.setattr(Sheet, "develop", watched)
    with tempconfig(TINY | {"media_dir": str(tmp_path), "dry_run": False}):
        scene = Everything(on_frame=print)
        scene.render()
    alive = {id(array()) for array in kept if array() is not None}
    assert len(kept) > 20
    assert alive <= {id(scene.camera.pixel_array)}
    assert not scene.camera.spare
    assert scene.renderer.file_writer.on_frame is None


def test_after_a_render_a_scene_can_still_be_painted(tmp_path):
    with tempconfig(TINY | {"media_dir": str(tmp_path)}):
        scene = Everything()
        scene.render()
        last = scene.renderer.get_frame()
        scene.renderer.update_frame(scene)
        assert np.abs(scene.renderer.get_frame().astype(int) - last).max() <= 2
        assert last[..., :3].any()


@pytest.mark.parametrize("step", ["setup", "construct", "tear_down", "post_construct"])
def test_a_scene_that_fails_leaves_no_encoder_waiting(tmp_path, step):
    """Its thread is no daemon: it would keep the whole process alive."""

    def fail(scene: EngineScene) -> None:
        scene.play(FadeIn(Dot()), run_time=0.3)
        raise LookupError(step)

    before = set(threading.enumerate())
    pool = "ThreadPoolExecutor"  # its threads end with the process
    with tempconfig(TINY | {"media_dir": str(tmp_path), "dry_run": False}):
        scene = Everything()
        if step == "post_construct":
            scene._get_manager().post_construct = lambda: fail(scene)
        else:
            setattr(scene, step, lambda: fail(scene))
        with pytest.raises(LookupError, match=step):
            scene.render()
    left = set(threading.enumerate()) - before
    assert [t.name for t in left if not t.daemon and not t.name.startswith(pool)] == []
