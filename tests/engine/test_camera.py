"""The camera: zoom and pan, light that is kept while nothing changes, dark and light ground."""

from __future__ import annotations

import numpy as np
import pytest
from manim import LEFT, RIGHT, UP, Dot, Group, Line, MovingCamera, Square, VGroup

from netglow.scenes.engine import light
from netglow.scenes.engine.batches import Cells, Edges
from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.engine.constants import SOLID
from netglow.scenes.engine.strokes import Stroke
from netglow.scenes.engine.tone import tone_map


def fan(**arrays) -> Edges:
    """Nine lines from one point."""
    ends = np.column_stack([np.full(9, 2.0), np.linspace(-2, 2, 9), np.zeros(9)])
    made = Edges(np.tile([-2.0, 0, 0], (9, 1)), ends, (1, 0.6, 0.2), 0.3, stroke_width=6)
    return made.set_arrays(**arrays)


def boxes() -> Cells:
    """Four tilted boxes, one of them round and glowing."""
    at = np.array([[-1, -1, 0], [1, -1, 0], [-1, 1, 0], [1, 1, 0]])
    made = Cells(
        at,
        0.5,
        corner=[0, 0.4, 0.8, 1],
        fill=(0.3, 0.7, 1),
        halo=[0, 0, 0, 0.6],
        stroke=(1, 1, 1),
        stroke_alpha=1,
        stroke_width=6,
    )
    return made.rotate(0.4)


def closer(batch: Edges | Cells, zoom: float, at: np.ndarray) -> Edges | Cells:
    """The batch as it looks through a camera at ``at`` that is ``zoom`` times closer."""
    batch.shift(-at).scale(zoom, about_point=np.zeros(3))
    return batch.set_arrays(stroke_width=batch.stroke_width * zoom)


@pytest.mark.parametrize("make", [fan, boxes])
@pytest.mark.parametrize(
    "zoom, at", [(1, (1.5, -0.7, 0)), (2.5, (0, 0, 0)), (7, (0.6, 0.9, 0)), (0.4, (-1, 1, 0))]
)
def test_zoom_and_pan_show_what_moving_the_batch_shows(picture, make, zoom, at):
    moved_camera = picture(make(), zoom=zoom, at=at)
    moved_batch = picture(closer(make(), zoom, np.array(at)))
    assert np.abs(moved_camera - moved_batch).max() <= 2
    assert moved_camera.max() > 100


def test_batches_and_ordinary_mobjects_stay_together_under_a_moving_camera(film):
    """A light line on an ordinary line, a cell on a square, at every moment of a move."""

    def act(scene) -> None:
        scene.add(
            Line(2 * LEFT, 2 * RIGHT, stroke_width=20, color="#0000ff"),
            Edges([2 * LEFT], [2 * RIGHT], (1, 0, 0), 3, stroke_width=20),
            Square(1, fill_opacity=1, stroke_width=0, color="#0000ff").shift(UP),
            Cells([UP], 0.5, fill=(1, 0, 0)),
        )
        frame = scene.camera.frame
        scene.play(frame.animate.scale(0.5).shift(RIGHT + 0.3 * UP), run_time=0.5)

    for frame in film(act):
        red, blue = frame[..., 0] > 128, frame[..., 2] > 128
        assert red.sum() > 100
        assert not (blue & ~red).any()


def test_the_cairo_context_follows_the_camera(film):
    """Ordinary mobjects are drawn where they are after the camera has moved and come back."""
    dot = Dot(2 * RIGHT, radius=0.4)

    def act(scene) -> None:
        scene.add(dot)
        scene.wait(0.1)
        scene.camera.frame.shift(2 * RIGHT)
        scene.wait(0.1)
        scene.camera.frame.shift(2 * LEFT)
        scene.wait(0.1)

    here, moved, back = film(act)
    assert (here == back).all()
    assert here[45, 80].max() == 0
    assert moved[45, 80].min() == 255


def test_on_a_light_ground_light_becomes_ink(tiny):
    camera = StageCamera(background_color="#ffffff")
    camera.darken = True
    camera.capture_mobjects([fan()])
    shades = camera.pixel_array[..., :3].astype(int)
    assert shades.max() == 255
    assert shades.min() < 100
    red, green, blue = shades[45, 60]
    assert red < green < blue  # the light is mostly red, so most red is taken away


def test_batches_outside_the_frame_paint_nothing(picture):
    assert picture(fan().shift(30 * RIGHT), boxes().shift(20 * UP)).max() == 0
    assert picture(fan(), boxes(), zoom=4, at=(9, 0, 0)).max() == 0


# --- the light at rest is kept ---
@pytest.fixture
def painted(monkeypatch) -> list[int]:
    """Number of lines of every stroke that is painted, as it is painted."""
    counts: list[int] = []
    paint = Stroke.paint

    def counted(self, light) -> None:
        counts.append(len(self.lines.segments))
        paint(self, light)

    monkeypatch.setattr(Stroke, "paint", counted)
    return counts


def test_what_does_not_change_is_painted_once_more_and_then_kept(tiny, painted):
    """The second frame shows that it is still; from then on its light is there."""
    camera, edges = StageCamera(), fan()
    pictures = []
    for _ in range(5):
        camera.reset()
        camera.capture_mobjects([edges])
        pictures.append(camera.pixel_array.copy())
    assert painted == [9, 9]
    assert all((pictures[0] == other).all() for other in pictures[1:])


def test_a_flow_repaints_only_itself(tiny, painted):
    camera, edges = StageCamera(), fan(glow=0.5)
    for head in (0.2, 0.4, 0.6, 0.8, SOLID):
        edges.set_arrays(head=head)
        camera.reset()
        camera.capture_mobjects([edges])
    assert len(painted) == 2 + 5  # the rest until it is known to be still, the flow every time


@pytest.mark.parametrize("darken", [False, True])
def test_kept_light_over_a_kept_ground_shows_what_fresh_paint_would(tiny, picture, darken):
    """One layer flows beside a still one, over a picture of boxes."""
    ground = StageCamera()
    ground.capture_mobjects([boxes()])
    kept, still, flowing = StageCamera(), fan(), fan(glow=0.5).shift(2 * RIGHT)
    kept.darken = darken
    for head in (0.3, 0.6, 0.9):
        flowing.set_arrays(head=head)
        kept.set_frame_to_background(ground.pixel_array)
        kept.capture_mobjects([still, flowing])
        fresh = StageCamera()
        fresh.darken = darken
        fresh.set_frame_to_background(ground.pixel_array)
        fresh.capture_mobjects([still, flowing])
        difference = kept.pixel_array.astype(int) - fresh.pixel_array
        assert np.abs(difference).max() <= 1


@pytest.mark.parametrize("colours", [1, 2, 3, 5])
def test_any_number_of_colours(picture, colours):
    """Few colours are added up one by one, many as red, green and blue: the picture is the same."""
    few = fan()
    rgb = np.linspace([1, 0.2, 0.1], [0.1, 0.3, 1], colours)[np.arange(9) % colours]
    apart = [fan(rgb=row, light=np.where(np.arange(9) == i, 0.3, 0)) for i, row in enumerate(rgb)]
    few.set_arrays(rgb=rgb)
    assert np.abs(picture(few) - picture(*apart)).max() <= 1


CHANGES = {
    "place": lambda e: e.shift(0.1 * UP),
    "light": lambda e: e.set_arrays(light=0.1),
    "one light": lambda e: e.set_arrays(light=np.where(np.arange(9) == 4, 0.31, 0.3)),
    "colour": lambda e: e.set_arrays(rgb=(0, 0, 1)),
    "width": lambda e: e.set_arrays(stroke_width=3),
    "begin": lambda e: e.set_arrays(begin=0.3),
    "opacity": lambda e: e.set_opacity(0.5),
    "share seen": lambda e: e.pointwise_become_partial(e, 0, 0.5),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_layer_that_changes_is_painted_anew(tiny, picture, change):
    camera, edges = StageCamera(), fan()
    camera.capture_mobjects([edges])
    change(edges)
    camera.reset()
    camera.capture_mobjects([edges])
    changed = fan()
    change(changed)
    assert (camera.pixel_array[..., :3] == picture(changed)).all()
    assert (camera.pixel_array[..., :3] != picture(fan())).any()


def test_a_camera_that_moves_paints_anew(tiny, picture):
    camera = StageCamera()
    camera.capture_mobjects([fan()])
    camera.frame.scale(0.5)
    camera.reset()
    camera.capture_mobjects([fan()])
    assert (camera.pixel_array[..., :3] == picture(fan(), zoom=2)).all()


def test_edge_batches_in_a_row_make_one_sheet(tiny, picture, monkeypatch):
    """Their light adds up before it is tone-mapped, as if they were one batch."""
    calls = []
    in_bands = light.in_bands

    def counted(kernel, *args) -> None:
        calls.append(kernel)
        in_bands(kernel, *args)

    monkeypatch.setattr(light, "in_bands", counted)
    two = picture(fan(), fan())
    assert calls.count(tone_map) == 1
    assert np.abs(two - picture(fan(light=0.6))).max() <= 1


# --- frames are given away ---
def test_a_frame_that_was_given_away_is_not_painted_over(tiny):
    camera = StageCamera()
    camera.capture_mobjects([boxes()])
    given = camera.give_frame()
    before = given.copy()
    camera.set_frame_to_background(np.zeros_like(given))
    camera.capture_mobjects([fan()])
    assert (given == before).all()
    assert not np.shares_memory(given, camera.pixel_array)


def test_a_frame_that_came_back_is_used_again(tiny):
    camera = StageCamera()
    given = camera.give_frame()
    camera.spare.append(given)
    camera.reset()
    assert camera.pixel_array is given
    camera.reset()
    assert camera.pixel_array is given  # not given away since


def test_what_is_displayed_is_what_manim_would_display(tiny):
    dots = [Dot() for _ in range(6)]
    inner = VGroup(dots[0], VGroup(dots[1], dots[2]))
    dots[4].set_z_index(-1)
    shown = [inner, dots[3], Group(dots[4], inner[1]), Group(), dots[5], dots[0]]
    for use_z_index in (False, True):
        camera = StageCamera(use_z_index=use_z_index)
        found = camera.get_mobjects_to_display(shown)
        assert found == MovingCamera.get_mobjects_to_display(camera, shown)
        assert len(found) == 6
