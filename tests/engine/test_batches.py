"""Batches as citizens of Manim: every way to animate an ordinary mobject, on real frames."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    FadeTransform,
    Group,
    LaggedStart,
    ReplacementTransform,
    Rotate,
    ShowPassingFlash,
    Square,
    Transform,
    Uncreate,
    UpdateFromAlphaFunc,
    linear,
)

from netglow.scenes.engine.batches import Cells, Edges
from netglow.scenes.engine.constants import SOLID

RED, GREEN = (1, 0, 0), (0, 1, 0)
PER_UNIT = 90 / 8  # pixels of the tiny frame
PIXEL = 1 / PER_UNIT


def edges(count: int = 3, x: float = 0.0, rgb=(1, 1, 1), light=0.5, **kwargs) -> Edges:
    """Level lines four units long, a unit apart, around (x, 0)."""
    y = np.arange(count) - (count - 1) / 2
    start = np.column_stack([np.full(count, x - 2), y, np.zeros(count)])
    return Edges(
        start, start + 4 * RIGHT, rgb, light, stroke_width=kwargs.pop("stroke_width", 8), **kwargs
    )


def cells(count: int = 3, x: float = 0.0, fill=(1, 1, 1), half=0.4, **kwargs) -> Cells:
    """Squares in a column, a unit apart, around (x, 0)."""
    y = np.arange(count) - (count - 1) / 2
    centre = np.column_stack([np.full(count, x), y, np.zeros(count)])
    return Cells(centre, half, fill=fill, **kwargs)


KINDS = pytest.mark.parametrize("make", [edges, cells])


def ink(frames: np.ndarray) -> np.ndarray:
    """Sum of the shades of each frame (n, height, width, 3)."""
    return frames.sum(axis=(-3, -2, -1))


def middle(frame: np.ndarray) -> np.ndarray:
    """(x, y) of the middle of a frame's ink, in units."""
    weight = frame.sum(axis=-1)
    y, x = np.mgrid[0 : len(frame), 0 : frame.shape[1]] + 0.5
    at = np.array([(x * weight).sum(), (y * weight).sum()]) / weight.sum()
    return (at - [frame.shape[1] / 2, frame.shape[0] / 2]) / PER_UNIT * [1, -1]


def alike(a: np.ndarray, b: np.ndarray, most: int = 1) -> None:
    """Two frames are the same but for rounding."""
    assert np.abs(a - b).max() <= most


def play(film, mobject, animation, seconds: float = 0.6) -> np.ndarray:
    """Frames of one animation of a mobject that is there, and of one wait after it."""

    def act(scene) -> None:
        scene.add(mobject)
        scene.play(animation(), run_time=seconds, rate_func=linear)
        scene.wait(0.1)

    return film(act)


# --- fading ---
@KINDS
def test_fade_in_and_out(film, picture, make):
    there = picture(make())
    fade_in = play(film, Group(), lambda: FadeIn(make()))
    assert (np.diff(ink(fade_in)) >= 0).all()
    assert ink(fade_in)[0] == 0
    alike(fade_in[-1], there)
    fade_out = play(film, *(lambda one: (one, lambda: FadeOut(one)))(make()))
    assert (np.diff(ink(fade_out)) <= 0).all()
    alike(fade_out[0], there)
    assert ink(fade_out)[-1] == 0


@KINDS
def test_opacity_and_fade_dim_and_come_back(picture, make):
    whole, half = picture(make()), picture(make().set_opacity(0.5))
    assert 0 < ink(half) < ink(whole)
    alike(picture(make().fade(0.5)), half)
    assert ink(picture(make().set_opacity(0))) == 0
    alike(picture(make().set_opacity(0).set_opacity(1)), whole)


# --- moving, turning, sizing ---
@KINDS
def test_shift_moves_evenly(film, make):
    one = make()
    frames = play(film, one, lambda: one.animate.shift(3 * RIGHT + UP))
    xs, ys = np.array([middle(frame) for frame in frames[:6]]).T
    np.testing.assert_allclose(xs, np.arange(6) / 6 * 3, atol=PIXEL)
    np.testing.assert_allclose(ys, np.arange(6) / 6, atol=PIXEL)
    np.testing.assert_allclose(middle(frames[-1]), (3, 1), atol=PIXEL)


@KINDS
def test_rotate_turns_the_items(film, picture, make):
    one = make()
    frames = play(film, one, lambda: Rotate(one, PI / 2))
    upright = picture(make())
    square = slice((160 - 90) // 2, (160 + 90) // 2)
    # the bloom's coarse cells do not turn with the picture
    alike(np.rot90(upright[:, square]), frames[-1][:, square], most=14)
    assert np.abs(frames[3] - upright).max() > 100


def test_boxes_stay_boxes_at_any_angle(picture):
    for degrees in (20, 45, 70):
        turned = picture(cells(1, half=1.5).rotate(degrees * PI / 180))
        assert ink(turned) == pytest.approx(ink(picture(cells(1, half=1.5))), rel=0.02)


@KINDS
def test_scale_grows_the_items(film, picture, make):
    one = make(1)
    frames = play(film, one, lambda: one.animate.scale(2))
    start, end = (np.argwhere(f[..., 0] > 100)[:, 1] for f in (frames[0], frames[-1]))
    assert np.ptp(end) == pytest.approx(2 * np.ptp(start) + 1, abs=2)


def test_arrange_and_next_to_use_the_true_extent():
    left, right = cells(3, half=0.4), edges(3)
    Group(left, right).arrange(RIGHT, buff=0.5)
    assert right.get_left()[0] - left.get_right()[0] == pytest.approx(0.5)
    assert left.width == pytest.approx(0.8)
    assert left.height == pytest.approx(2.8)


# --- arrays ---
def test_set_arrays_animates_from_old_to_new(film):
    one = cells(2, fill=RED)
    frames = play(film, one, lambda: one.animate.set_arrays(fill=GREEN))
    red, green = frames[:6, 45 + 6, 80, 0], frames[:6, 45 + 6, 80, 1]
    np.testing.assert_allclose(red, 255 * (1 - np.arange(6) / 6), atol=1)
    np.testing.assert_allclose(green, 255 * np.arange(6) / 6, atol=1)
    assert one.fill.tolist() == [[0, 1, 0], [0, 1, 0]]


@KINDS
def test_arrays_cannot_be_written(make):
    one, other = make(), make().set_opacity(0.3)
    one.set_arrays(stroke_width=[1, 2, 3])
    mixed = one.copy()
    mixed.interpolate(one, other, 0.5)
    for batch in (one, mixed):
        for name in batch.ARRAYS:
            with pytest.raises(ValueError, match="read-only"):
                getattr(batch, name)[...] = 0


@KINDS
def test_arrays_do_not_follow_what_they_were_made_from(make):
    widths = np.array([1.0, 2.0, 3.0])
    one = make().set_arrays(stroke_width=widths)
    widths[:] = 9
    assert one.stroke_width.tolist() == [1, 2, 3]


@KINDS
def test_set_arrays_replaces_and_leaves_copies_alone(make):
    one = make()
    before = one.copy()
    old = one.stroke_width
    one.set_arrays(stroke_width=30)
    assert one.stroke_width is not old
    assert before.stroke_width is old


@KINDS
def test_an_array_of_a_wrong_name_or_length_is_refused(make):
    with pytest.raises(ValueError, match=r"^(Edges|Cells) has no array 'colour': \("):
        make().set_arrays(colour=1)
    with pytest.raises(ValueError, match="broadcast"):
        make(3).set_arrays(stroke_width=[1, 2])


# --- transforms ---
@KINDS
def test_transform_goes_through_the_middle_to_its_target(film, picture, make):
    start, end = make(x=-3), make(x=3, stroke_width=4)
    frames = play(film, start, lambda: Transform(start, end))
    assert middle(frames[3])[0] == pytest.approx(0, abs=0.1)
    alike(frames[-1], picture(end))
    assert (end.points[:, 0] > 0).all()


@KINDS
def test_replacement_transform_leaves_the_target_in_the_scene(film, make):
    start, end = make(x=-3), make(x=3)
    left = []

    def act(scene) -> None:
        scene.add(start)
        scene.play(ReplacementTransform(start, end), run_time=0.2)
        left.extend(scene.mobjects)
        end.shift(3 * LEFT)
        scene.wait(0.1)

    frames = film(act)
    assert end in left
    assert start not in left
    assert middle(frames[-1])[0] == pytest.approx(0, abs=0.1)


def test_transform_into_another_count_or_kind_is_refused(film):
    for target, message in (
        (edges(4), "cannot transform 3 items into 4: both batches must have the same number"),
        (cells(3), "cannot transform Edges into Cells: both must be of one kind"),
        (Square(), "cannot transform Edges into Square: both must be of one kind"),
    ):
        with pytest.raises(ValueError, match=message) as caught:
            film(lambda scene, end=target: scene.play(Transform(edges(3), end)))
        assert "\n" not in str(caught.value)


# --- drawing ---
def test_create_draws_edges_from_start_to_end(film, picture):
    frames = play(film, Group(), lambda: Create(edges()))
    assert (np.diff(ink(frames)) >= 0).all()
    assert ink(frames)[0] == 0
    assert middle(frames[2])[0] < -0.5
    alike(frames[-1], picture(edges()))


def test_create_draws_cells_one_after_the_other(film, picture):
    frames = play(film, Group(), lambda: Create(cells()))
    assert middle(frames[2])[1] < -0.5  # the first cell is the lowest
    alike(frames[-1], picture(cells()))


@KINDS
def test_uncreate_takes_away_and_create_brings_back(film, picture, make):
    one = make()

    def act(scene) -> None:
        scene.add(one)
        scene.play(Uncreate(one), run_time=0.4)
        scene.wait(0.1)
        scene.play(Create(one), run_time=0.4)
        scene.wait(0.1)

    frames = film(act)
    assert ink(frames)[4] == 0
    alike(frames[-1], picture(make()))


@KINDS
def test_a_passing_flash_leaves_nothing(film, make):
    frames = play(film, Group(), lambda: ShowPassingFlash(make(), time_width=0.5))
    assert ink(frames)[1:5].min() > 0
    assert ink(frames)[-1] == 0


def test_a_passing_flash_passes(film):
    frames = play(film, Group(), lambda: ShowPassingFlash(edges(), time_width=0.4), 1.0)
    xs = [middle(frame)[0] for frame in frames[2:9]]
    assert (np.diff(xs) > 0).all()


# --- updaters and other animations ---
@KINDS
def test_updaters_run_on_every_frame(film, make):
    one = make()
    one.add_updater(lambda m, dt: m.shift(RIGHT * dt * 2))

    def act(scene) -> None:
        scene.add(one)
        scene.wait(0.5)

    xs = np.array([middle(frame)[0] for frame in film(act)])
    np.testing.assert_allclose(np.diff(xs), 0.2, atol=PIXEL)


@KINDS
def test_update_from_alpha_sets_arrays(film, make):
    one = make()
    frames = play(
        film, one, lambda: UpdateFromAlphaFunc(one, lambda m, alpha: m.set_opacity(1 - alpha))
    )
    assert (np.diff(ink(frames)[:6]) < 0).all()


def test_lagged_start_begins_one_after_the_other(film):
    batches = [cells(1, x=-4), cells(1, x=0), edges(1, x=4)]
    frames = play(film, Group(), lambda: LaggedStart(*map(FadeIn, batches), lag_ratio=0.8), 1.2)
    begin = [
        int((frames[:, :, part].sum(axis=(1, 2, 3)) > 0).argmax())
        for part in (slice(0, 55), slice(60, 100), slice(105, 160))
    ]
    assert begin[0] < begin[1] < begin[2]


def test_a_group_with_ordinary_mobjects_moves_and_fades_as_one(film, picture):
    def group() -> Group:
        return Group(edges(x=-3), cells(), Square(1).shift(3 * RIGHT))

    one = group()
    moved = play(film, one, lambda: one.animate.shift(2 * UP))
    alike(moved[-1], picture(group().shift(2 * UP)))
    gone = play(film, one, lambda: FadeOut(one))
    assert (np.diff(ink(gone)) <= 0).all()
    assert ink(gone)[-1] == 0


def test_a_group_with_batches_transforms_into_another(film, picture):
    start = Group(edges(x=-3), cells(), Square(1).shift(3 * RIGHT))
    end = Group(edges(x=3), cells(fill=RED), Square(2).shift(3 * LEFT))
    frames = play(film, start, lambda: Transform(start, end))
    alike(frames[-1], picture(end))


def test_a_batch_transforms_into_a_group_with_one(film, picture):
    start, end = cells(), Group(cells(x=3, fill=RED))
    frames = play(film, start, lambda: Transform(start, end))
    alike(frames[-1], picture(end))


@KINDS
def test_a_batch_fades_into_an_ordinary_mobject(film, picture, make):
    frames = play(film, *(lambda one: (one, lambda: FadeTransform(one, Square(1))))(make()))
    alike(frames[-1], picture(Square(1)))


# --- copies and saved states ---
@KINDS
@pytest.mark.parametrize("copied", [lambda m: m.copy(), copy.deepcopy], ids=["copy", "deepcopy"])
def test_a_copy_lives_on_its_own(picture, make, copied):
    one = make()
    before = picture(one)
    other = copied(one)
    other.shift(UP).set_opacity(0.5).set_arrays(stroke_width=20)
    other.add_updater(lambda m: m.shift(UP))
    alike(picture(one), before)
    assert one.updaters == []
    assert one.points is not other.points


def test_a_copy_in_a_deepcopied_group_is_the_copied_one():
    one = cells()
    pair = copy.deepcopy([one, Group(one)])
    assert pair[1][0] is pair[0]
    assert pair[0] is not one


@KINDS
def test_restore_brings_back_place_arrays_opacity_and_drawing(film, picture, make):
    one = make()
    before = picture(one)
    one.save_state()
    one.shift(2 * UP).scale(0.5).fade(0.7).set_arrays(stroke_width=1)
    one.pointwise_become_partial(one, 0, 0.2)
    assert np.abs(picture(one) - before).max() > 50
    frames = play(film, one, lambda: one.animate.restore())
    alike(frames[-1], before)
    alike(picture(one.restore()), before)


@KINDS
def test_become_takes_over_everything(picture, make):
    one, other = make(x=-2), make(x=2, stroke_width=3).set_opacity(0.6)
    alike(picture(one.become(other)), picture(other))
    assert one.points is not other.points


# --- above and below ---
def test_what_is_added_later_lies_above(picture):
    batch, square = cells(1, half=1, fill=RED), Square(1).set_fill("#00ff00", 1).set_stroke(width=0)
    assert picture(batch, square)[45, 80].tolist() == [0, 255, 0]
    assert picture(square, batch)[45, 80].tolist() == [255, 0, 0]


def test_z_index_goes_before_the_order_of_adding(picture):
    batch, square = cells(1, half=1, fill=RED), Square(1).set_fill("#00ff00", 1).set_stroke(width=0)
    assert picture(batch.set_z_index(1), square)[45, 80].tolist() == [255, 0, 0]
    assert picture(batch.set_z_index(-1), square)[45, 80].tolist() == [0, 255, 0]


def test_neurons_cover_the_edges_that_end_in_them(picture):
    line, neuron = edges(1, light=2, rgb=RED), cells(1, fill=(0, 0, 1), corner=1.0)
    assert picture(line, neuron)[45, 80].tolist() == [0, 0, 255]
    assert picture(line.set_z_index(1), neuron)[45, 80][0] > 200


def test_light_shines_over_what_lies_below(picture):
    square = Square(3).set_fill("#404040", 1).set_stroke(width=0)
    over, under = picture(square, edges(1))[45, 80], picture(edges(1), square)[45, 80]
    assert (over > 0x40).all()
    assert under.tolist() == [0x40] * 3


def test_order_holds_while_only_some_things_move(film):
    """Manim paints what lies below anything that moves once a play: the picture is the same."""
    below, line, above = cells(1, half=1, fill=RED), edges(1, light=2), Square(0.5)
    above.set_fill("#0000ff", 1).set_stroke(width=0)

    def act(scene) -> None:
        scene.add(below, line, above)
        scene.play(line.animate.set_opacity(0.99), run_time=0.3)
        scene.play(above.animate.shift(DOWN * 0.001), run_time=0.3)

    for frame in film(act):
        assert frame[45, 80].tolist() == [0, 0, 255]
        assert frame[45, 90, 1] > 150


# --- edges: rest, flow, begin ---
def test_flow_lies_over_the_light_at_rest(picture):
    rest = edges(1, light=0.05)
    flow = edges(1, light=0.05).set_arrays(glow=0.5, head=0.5)
    left, right = picture(flow)[44:46, 65].max(), picture(flow)[44:46, 98].max()
    assert left > right
    assert right == pytest.approx(picture(rest)[44:46, 98].max(), abs=2)
    assert ink(picture(flow.set_arrays(head=SOLID))) > ink(picture(rest))


def test_begin_hides_the_first_stretch_at_rest_only(picture):
    late = edges(1, light=0.5).set_arrays(begin=0.6)
    assert picture(late)[44:46, 62].max() == 0
    assert picture(late)[44:46, 98].max() > 100
    flowing = late.copy().set_arrays(glow=0.5, head=SOLID)
    assert picture(flowing)[44:46, 62].max() > 100
