"""The box of dials, the nested formula, the crowd and the cake."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, tempconfig

from netglow.scenes.props.one_big_function.cake import Cake, clear_of, spans
from netglow.scenes.props.one_big_function.crowd import Crowd
from netglow.scenes.props.one_big_function.machine import DialBox, packed
from netglow.scenes.props.one_big_function.nested import Nested, source_of
from netglow.scenes.props.one_big_function.opening import Opening
from netglow.scenes.stage.theme import DARK, rgb

VALUES = np.linspace(-1, 1, 30)


@pytest.fixture
def box():
    return DialBox(VALUES, [24, 6], [1.0, 0.5], np.array([1.0, -0.5, 0]), 4, 3, DARK)


def begun(animation):
    with tempconfig({"dry_run": True}):
        animation._setup_scene(Scene())
    animation.begin()
    return animation


# --- the box ---
@pytest.mark.parametrize("count", [1, 30, 13_002])
def test_dials_fill_the_box_without_touching(count):
    places, pitch = packed(count, 4.0, 3.0)
    assert len(places) == count
    assert np.abs(places[:, 0]).max() + pitch / 2 <= 2 + 1e-9
    assert np.abs(places[:, 1]).max() + pitch / 2 <= 1.5 + 1e-9
    assert len(np.unique(np.round(2 * places / pitch), axis=0)) == count
    assert count * pitch**2 > (0.8 if count > 1 else 0) * 12 - (2 if count == 30 else 0)


def test_every_dial_has_its_own_value_and_scale(box):
    assert np.array_equal(box.values, VALUES)
    first, second = box.blocks
    assert np.array_equal(first.values, VALUES[:24]) and first.value_scale == 1.0
    assert np.array_equal(second.values, VALUES[24:]) and second.value_scale == 0.5
    assert np.array_equal(box.set_values(-VALUES).values, -VALUES)


def test_half_way_some_dials_are_there_and_some_have_not_left(box):
    start = np.tile([-5.0, 0, 0], (30, 1))
    flight = begun(box.gather(start))
    flight.interpolate(0.0)
    assert np.allclose(box.blocks[0].faces.centres(), -np.array([5.0, 0, 0]))
    assert np.allclose(box.blocks[0].faces.halves(), 0)
    flight.interpolate(0.5)
    gone = np.concatenate([b.faces.centres() for b in box.blocks])[:, 0] + 5
    share = gone / (box.places[:, 0] + 5)
    assert (share > 0).all() and share.min() < 0.2 and share.max() > 0.8
    flight.interpolate(1.0)
    assert np.allclose(np.concatenate([b.faces.centres() for b in box.blocks]), box.places)
    assert np.array_equal(box.values, VALUES)


def test_half_way_the_light_is_in_the_middle_of_the_box_and_then_gone(box):
    before = box.blocks[0].needles.light
    shine = begun(box.shine())
    shine.interpolate(0.5)
    light = np.concatenate([b.needles.light for b in box.blocks])
    off = np.abs(box.places[:, 0] - 1.0)
    assert light[off.argmin()] > 2 * before[0] > 0
    assert np.allclose(light[off > 1.05], before[0])
    shine.interpolate(1.0)
    assert np.allclose(box.blocks[0].needles.light, before)


def test_half_way_all_dials_are_half_turned(box):
    turn = begun(box.turn(VALUES + 1))
    turn.interpolate(0.5)
    assert np.allclose(box.values, VALUES + 0.5)


# --- the formula ---
def test_every_layer_wraps_the_one_before():
    assert source_of(["sigmoid"]) == (
        "{{ sigma paren.l W^((1)) : left0 }} {{ a^((0)) : input }} {{ + b^((1)) paren.r : right0 }}"
    )
    two = source_of(["relu", "sigmoid"])
    assert two.index("left1") < two.index("ReLU") < two.index("input") < two.index("right1")


@pytest.mark.parametrize("layers", [1, 3, 6])
def test_the_formula_fits_and_grows_from_the_inside(layers):
    made = Nested(["relu"] * (layers - 1) + ["sigmoid"], DARK, 3.3)
    assert made.width <= 12.61
    edges = [ring.get_left()[0] for ring in made.rings]
    assert edges == sorted(edges, reverse=True)
    left, right = made.aside(0)
    assert left.get_x() < made.rings[0][0].get_x() and right.get_x() > made.rings[0][1].get_x()


# --- the crowd ---
def test_frames_are_around_those_that_are_meant():
    images = np.random.default_rng(0).random((20, 4, 4))
    crowd = Crowd(images, np.arange(20) % 3, 6, 4, np.zeros(3), DARK)
    frames = crowd.frames(crowd.beliefs == 2, "attention")
    assert np.allclose(frames.centres(), crowd.thumbs.spots[2::3])
    assert (frames.halves() > crowd.thumbs.sizes[0] / 2).all()
    assert np.allclose(frames.stroke, rgb(DARK.attention))
    wave = begun(crowd.light(np.where(crowd.beliefs == 2, 1.0, 0.2)))
    wave.interpolate(1.0)
    assert np.allclose(crowd.thumbs.fill_alpha, np.where(crowd.thumbs.owner % 3 == 2, 1.0, 0.2))


# --- the cake ---
def area(mobject) -> float:
    """Of what is inside the outlines of a shape."""
    total = 0.0
    for part in mobject.family_members_with_points():
        points = np.array([part.point_from_proportion(t) for t in np.linspace(0, 1, 250)])
        x, y = points[:, 0], points[:, 1]
        total += abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    return total


def test_slices_lie_one_behind_the_other():
    assert spans([0.5, 0.25]) == [(0.0, 0.5), (0.5, 0.75)]


def test_a_slice_is_as_large_as_its_number():
    cake = Cake(np.array([0.1, 0.5, 0.2]), {1: "attention"}, np.zeros(3), 2.0, DARK)
    slices = cake.cut(1.0)
    assert cake.order.tolist() == [1, 2, 0]
    shares = [area(slice_) / (np.pi * cake.size**2) for slice_ in slices]
    assert shares == pytest.approx([0.5, 0.2, 0.1], rel=0.02)
    assert slices[0].get_left()[0] == pytest.approx(0, abs=0.02)  # clockwise from the top
    assert slices[0][0].get_fill_color().to_hex().lower() == DARK.attention
    assert slices[1][0].get_fill_color().to_hex().lower() == DARK.muted


def turns(shape) -> tuple[float, float]:
    """From where to where a shape goes, clockwise from the top, by the points at its rim."""
    points = shape.points[np.linalg.norm(shape.points[:, :2], axis=1) > 0.1]
    angles = (np.arctan2(points[:, 0], points[:, 1]) / (2 * np.pi) + 1e-6) % 1
    return angles.min(), angles.max()


def test_what_does_not_fit_lies_in_rings_on_the_others():
    cake = Cake(np.array([0.8, 0.7]), {0: "attention", 1: "text"}, np.zeros(3), 2.0, DARK)
    first, second = cake.cut(1.0)
    assert len(first) == 1 and len(second) > 3
    assert area(second[0]) / (np.pi * 4) == pytest.approx(0.2, rel=0.02)  # up to the full turn
    for ring in second[1:]:
        assert turns(ring) == pytest.approx((0.0, 0.5), abs=0.01)  # 0.8 + 0.7 - 1
        assert ring.get_fill_color().to_hex().lower() == DARK.text
    covered = area(second[1:]) / (np.pi * 4)
    assert 0.1 < covered < 0.4  # of the half turn that both share, both are seen
    reach = np.linalg.norm(cake.slices.get_all_points()[:, :2], axis=1).max()
    assert reach < 2.1  # handles of curves lie a little outside


def test_names_stand_where_a_slice_is_alone():
    assert clear_of(0.0, 0.8, 1.5) == pytest.approx((0.5, 0.8))
    assert clear_of(0.8, 1.5, 1.5) == pytest.approx((0.8, 1.0))
    assert clear_of(0.97, 1.67, 1.69) == pytest.approx((1.0, 1.67))  # alone it is too narrow
    assert clear_of(0.2, 0.5, 0.9) == pytest.approx((0.2, 0.5))
    first, last = clear_of(0.0, 0.9, 9.0)  # all of it is covered
    assert 0 <= first <= last <= 0.9
    cake = Cake(np.array([0.8, 0.7]), {0: "attention", 1: "text"}, np.zeros(3), 2.0, DARK)
    names = cake.names(["a", "b"])
    assert [n.original_text for n in names] == ["a", "b"]
    a, b = (n.get_center() for n in names)
    assert a[0] < 0 and a[1] < 0 and b[0] < 0 < b[1]  # at 0.65 and at 0.9 of a turn
    assert np.linalg.norm(a) < 2


def test_a_name_without_room_stands_outside():
    cake = Cake(np.full(10, 0.9), {0: "attention", 1: "text"}, np.zeros(3), 2.0, DARK)
    outside = cake.names([str(d) for d in range(10)])[0]
    assert np.linalg.norm(outside.get_center()) > 2
    assert outside[0].get_fill_color().to_hex().lower() == DARK.attention


def test_half_way_half_of_it_is_laid():
    cake = Cake(np.array([0.6, 0.4]), {}, np.zeros(3), 1.0, DARK)
    lay = begun(cake.lay())
    lay.interpolate(0.5)
    assert cake.share == 0.5
    assert area(cake.slices) == pytest.approx(np.pi / 2, rel=0.02)


# --- how it begins ---
def test_the_opening_shows_the_layer_it_is_given():
    rng = np.random.default_rng(1)
    w, a0, b, a1 = rng.normal(size=(6, 9)), rng.random(9), rng.normal(size=6), rng.random(6)
    made = Opening(w, a0, b, a1, "relu", ["z = 1"], DARK)
    assert np.array_equal(made.column.activations, a1)
    weights, lights, biases = made.rest[:3]
    assert np.array_equal(weights.values, w) and np.array_equal(biases.values, b[:, None])
    assert np.allclose(lights.fill, DARK.brightness(a0))
    xs = [made.column.get_x(), weights.get_x(), lights.get_x(), biases.get_x()]
    assert xs == sorted(xs)
