"""The kernels against plain Cairo, and the arithmetic of light.

Tolerances. A line's coverage differs from Cairo's exact area by at most 0.13 in any pixel and by
2.5% in sum; the ends of a thick slanted line are cut along the pixel grid, which changes single
pixels there but not the sum. Boxes at least a pixel wide differ by at most 0.22 a pixel.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, radians, sin

import cairo
import numpy as np
import pytest

from netglow.scenes.engine import painter

HEIGHT, WIDTH = 64, 96
MIDDLE = np.array([48.3, 31.7])
WIDTHS = (0.4, 1.0, 2.5, 6.0)


def cairo_coverage(draw: Callable[[cairo.Context], None]) -> np.ndarray:
    """Exact-area coverage 0..1 (height, width) of what ``draw`` draws."""
    surface = cairo.ImageSurface(cairo.FORMAT_A8, WIDTH, HEIGHT)
    context = cairo.Context(surface)
    context.set_antialias(cairo.ANTIALIAS_BEST)
    draw(context)
    surface.flush()
    rows = np.ndarray((HEIGHT, surface.get_stride()), np.uint8, surface.get_data())
    return rows[:, :WIDTH] / 255


def cairo_line(segment: np.ndarray, width: float) -> np.ndarray:
    def draw(context: cairo.Context) -> None:
        context.set_line_width(width)
        context.move_to(*segment[:2])
        context.line_to(*segment[2:])
        context.stroke()

    return cairo_coverage(draw)


def light_of(
    segments: np.ndarray,
    width: float = 1.0,
    power: float | np.ndarray = 1.0,
    head: float = 2.0,
    tail: float = 0.0,
) -> np.ndarray:
    """Light (height, width) of lines, segments (n, 4)."""
    segments = np.atleast_2d(np.asarray(segments, np.float32))
    light = np.zeros((1, HEIGHT, WIDTH), np.float32)

    def each(value: float | np.ndarray) -> np.ndarray:
        return np.full(len(segments), value, np.float32)

    planes = np.zeros(len(segments), np.int64)
    painter.in_bands(
        painter.lines,
        0,
        WIDTH,
        light,
        segments,
        planes,
        each(power),
        each(width / 2),
        each(tail),
        each(head),
        each(0.0),
    )
    return light[0]


def bloom_of(light: np.ndarray, radius: float) -> np.ndarray:
    """Bloom (rows, columns) of light (height, width)."""
    box = slice(0, light.shape[0]), slice(0, light.shape[1])
    return painter.bloom_of(light[None], radius, *box)[0]


def tone(frame: np.ndarray, light: np.ndarray, bloom: np.ndarray, darken: bool = False) -> None:
    """Lay white light (height, width) over a frame (height, width, 4)."""
    height, width = light.shape
    curve = painter.ABSORB if darken else painter.SHINE
    painter.in_bands(
        painter.tone_map,
        0,
        width,
        frame.reshape(height, -1),
        light[None],
        bloom[None],
        0,
        0,
        np.ones((1, 3), np.float32),
        curve,
        darken,
        0,
        height,
    )


def across(degrees: float, reach: float, centre: np.ndarray = MIDDLE) -> np.ndarray:
    """A segment (4,) through ``centre`` at an angle, ``reach`` pixels to both sides."""
    way = reach * np.array([cos(radians(degrees)), sin(radians(degrees))])
    return np.concatenate([centre - way, centre + way])


def mapped(light: np.ndarray, ground: int = 0, darken: bool = False) -> np.ndarray:
    """Grey values (height, width) after light was laid over a plain ground, without bloom."""
    frame = np.full((*light.shape, 4), ground, np.uint8)
    tone(frame, light, np.zeros_like(bloom_of(light, 1)), darken)
    return frame[..., 0].astype(int)


# --- lines ---
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("degrees", range(0, 180, 7))
def test_a_line_covers_what_cairo_covers(degrees, width):
    segment = across(degrees, reach=200)  # both ends are outside: it crosses the frame's edges
    ours, theirs = light_of(segment, width), cairo_line(segment, width)
    assert np.abs(ours - theirs).max() < 0.13
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.025)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("degrees", range(0, 180, 7))
def test_a_line_with_both_ends_in_the_frame_has_cairos_ink(degrees, width):
    segment = across(degrees, reach=20)
    ours, theirs = light_of(segment, width), cairo_line(segment, width)
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.025)
    assert np.abs(ours - theirs).sum() < max(0.1, 0.08 / width) * theirs.sum()


@pytest.mark.parametrize("width", (0.4, 6.0))
@pytest.mark.parametrize(
    "segment",
    [
        (-30, 10, 130, 50),
        (60, 20, 300, 20.5),
        (0, 0, WIDTH, 0),
        (WIDTH, 0, WIDTH, HEIGHT),
        (-0.5, -20, -0.5, 90),
        (10, HEIGHT + 0.4, 80, HEIGHT + 0.4),
        (90, -9, 120, 80),
    ],
    ids=str,
)
def test_the_frames_edge_cuts_a_line_and_nothing_else(segment, width):
    ours, theirs = light_of(np.array(segment), width), cairo_line(segment, width)
    assert np.abs(ours - theirs).max() < 0.13


@pytest.mark.parametrize("segment", [(-50, -9, 140, -9), (100, 0, 400, 30), (-900, 500, -3, 70)])
def test_a_line_outside_leaves_no_light(segment):
    assert not light_of(np.array(segment), width=6).any()


def test_zoomed_in_a_line_stays_in_its_place():
    """Ends 100,000 pixels away: the line is where a short one would be, within 1/20 pixel."""
    for degrees in range(3, 180, 14):
        near, far = light_of(across(degrees, 300)), light_of(across(degrees, 100_000))
        assert np.abs(near - far).max() < 0.05


def test_a_flow_reaches_from_its_tail_to_its_head():
    segment = np.array([8, 32, 88, 32])
    row = light_of(segment, head=0.5, tail=0.25)[31:33].sum(axis=0)
    lit = np.flatnonzero(row > 0) + 0.5
    assert lit.min() == pytest.approx(8 + 80 * (0.25 - painter.FEATHER), abs=1)
    assert lit.max() == pytest.approx(8 + 80 * 0.5, abs=1)


def test_nothing_is_painted_without_light_length_or_width():
    assert not light_of(across(30, 20), power=0).any()
    assert not light_of(across(30, 20), width=0).any()
    assert not light_of(across(30, 0)).any()
    assert not light_of(across(30, 20), head=0).any()


# --- light adds up ---
def test_two_lines_show_the_tone_map_of_their_sum():
    one, other = across(20, 60), across(80, 60)
    both = light_of(np.array([one, other]), width=3, power=0.6)
    np.testing.assert_allclose(both, light_of(one, 3, 0.6) + light_of(other, 3, 0.6), atol=1e-6)
    crossing = both.max()
    assert crossing == pytest.approx(1.2, abs=1e-3)
    linear = 1 - np.exp(-painter.EXPOSURE * crossing)
    assert mapped(both).max() == round(255 * (1.055 * linear ** (1 / 2.4) - 0.055))


def test_the_order_of_lines_does_not_matter():
    rng = np.random.default_rng(1)
    segments = rng.uniform(-20, 110, (500, 4))
    power = rng.uniform(0, 0.1, 500)
    back = slice(None, None, -1)
    np.testing.assert_allclose(
        light_of(segments, 1.5, power), light_of(segments[back], 1.5, power[back]), atol=1e-5
    )


def test_a_thousand_faint_lines_are_seen_together():
    line = across(12, 60)
    one, many = light_of(line, power=1e-3), light_of(np.tile(line, (1000, 1)), power=1e-3)
    assert many.max() == pytest.approx(1000 * one.max(), rel=1e-3)
    assert mapped(one).max() <= 5
    assert mapped(many).max() > 200


@pytest.mark.parametrize("darken", [False, True])
def test_tone_map_rises_with_light_in_steps_of_one_shade(darken):
    ramp = np.linspace(0, 12, WIDTH * HEIGHT * 8) ** 2
    light = ramp.reshape(HEIGHT, -1).astype(np.float32)
    ground = 250 if darken else 13
    shades = mapped(light, ground, darken).ravel()
    steps = np.diff(shades)
    assert shades[0] == ground
    assert abs(shades[-1] - (0 if darken else 255)) <= 1
    assert (steps <= 0).all() if darken else (steps >= 0).all()
    visible = ramp[:-1] > 2e-4  # below this light is black, so that black stays black
    assert np.abs(steps[visible]).max() <= 1


def test_without_light_the_frame_stays_as_it_is():
    for darken in (False, True):
        assert (mapped(np.zeros((8, 8), np.float32), 77, darken) == 77).all()


@pytest.mark.parametrize("darken", [False, True])
def test_a_bloom_a_hair_below_zero_is_no_light(darken):
    """Rounding may end there; a root of it would be no number and the pixel black."""
    light = np.zeros((64, 96), np.float32)
    light[:, ::16] = 0.01  # lit pixels in the same row, so that the row is finished
    bloom = np.full_like(bloom_of(light, 1), -1e-6)
    frame = np.full((64, 96, 4), 40, np.uint8)
    tone(frame, light, bloom, darken)
    assert np.abs(frame[:, 5].astype(int) - 40).max() <= 1
    assert (frame[..., 3] == 40).all()


# --- bloom ---
def test_bloom_is_the_same_on_all_sides():
    light = np.zeros((96, 96), np.float32)
    light[44:52, 44:52] = 1
    bloom = bloom_of(light, radius=8)
    for turned in (bloom[::-1], bloom[:, ::-1], bloom.T):
        np.testing.assert_allclose(bloom, turned, atol=1e-6)


def test_bloom_spreads_light_and_adds_none():
    light = np.zeros((96, 96), np.float32)
    light[44:52, 44:52] = 1
    bloom = bloom_of(light, radius=8)
    assert (bloom >= 0).all()
    assert bloom.sum() * painter.BLOOM_CELL**2 == pytest.approx(light.sum(), rel=1e-4)
    assert bloom.max() < 0.5
    ring = light_of(across(0, 200)).sum()
    assert bloom_of(light_of(across(0, 200)), 6).sum() * painter.BLOOM_CELL**2 <= ring


# --- bands ---
def band_pictures() -> list[np.ndarray]:
    """Lines, bloom, tone map and cells of a crowded picture."""
    rng = np.random.default_rng(3)
    thick = light_of(rng.uniform(-20, 110, (200, 4)), 6, 0.1)
    thin = light_of(rng.uniform(-20, 110, (200, 4)), 0.4, 0.5, head=0.7, tail=0.1)
    bloom = bloom_of(thick, 4)
    frame = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    tone(frame, thick, bloom)
    boxed = cells_frame(
        rng.uniform(0, 64, (60, 2)), rng.uniform(0.2, 9, (60, 2)), corner=0.4, turn=0.7, halo=0.4
    )
    return [thick, thin, bloom, frame, boxed]


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_many_bands_paint_what_one_does(monkeypatch, threads):
    """But for the last bit of a sum: a run of pixels cut by a band is added up in other steps."""
    monkeypatch.setattr(painter, "THREADS", 1)
    whole = band_pictures()
    monkeypatch.setattr(painter, "THREADS", threads)
    for one, many in zip(whole, band_pictures(), strict=True):
        most = 1 if one.dtype == np.uint8 else 1e-6
        assert np.abs(one.astype(float) - many).max() <= most


# --- cells ---
def cells_frame(
    centre: np.ndarray,
    half: np.ndarray,
    corner: float = 0.0,
    turn: float = 0.0,
    halo: float = 0.0,
    ring: float = 0.0,
    fill: float = 1.0,
    darken: bool = False,
) -> np.ndarray:
    """Frame (height, width, 4) with white boxes on black (or grey ones on white)."""
    centre = np.atleast_2d(np.asarray(centre, np.float32))
    half = np.broadcast_to(np.asarray(half, np.float32), centre.shape).copy()
    n = len(centre)

    def each(*row: float) -> np.ndarray:
        return np.tile(np.array(row, np.float32), (n, 1)).squeeze(axis=1 if len(row) == 1 else ())

    frame = np.full((HEIGHT, WIDTH, 4), 255 if darken else 0, np.uint8)
    white = each(255, 255, 255)
    painter.in_bands(
        painter.cells,
        0,
        WIDTH,
        frame.reshape(HEIGHT, -1),
        centre,
        each(cos(turn), sin(turn)),
        half,
        each(corner),
        white,
        each(fill),
        white,
        each(float(ring > 0)),
        each(ring / 2),
        each(halo),
        each(90, 90, 90) if darken else white,
        darken,
    )
    return frame


def coverage(
    half: tuple[float, float],
    corner: float = 0.0,
    degrees: float = 0.0,
    centre: np.ndarray = MIDDLE,
) -> np.ndarray:
    return cells_frame(centre, np.array(half), corner, radians(degrees))[..., 0] / 255


def cairo_box(
    half: tuple[float, float], corner: float, degrees: float, centre: np.ndarray = MIDDLE
) -> np.ndarray:
    def draw(context: cairo.Context) -> None:
        context.translate(*centre)
        context.rotate(radians(degrees))
        radius = corner * min(half)
        for x, y, start in ((1, -1, -pi / 2), (1, 1, 0), (-1, 1, pi / 2), (-1, -1, pi)):
            context.arc(
                x * (half[0] - radius), y * (half[1] - radius), radius, start, start + pi / 2
            )
        context.close_path()
        context.fill()

    return cairo_coverage(draw)


@pytest.mark.parametrize("degrees", [0, 30, 45, 90, 123])
@pytest.mark.parametrize("corner", [0, 0.4, 1], ids=["square", "rounded", "round"])
@pytest.mark.parametrize("half", [(12, 7), (5, 20), (3, 3), (1, 5)], ids=str)
def test_a_box_covers_what_cairo_covers(half, corner, degrees):
    ours, theirs = coverage(half, corner, degrees), cairo_box(half, corner, degrees)
    assert np.abs(ours - theirs).max() < 0.22
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.04)


@pytest.mark.parametrize("centre", [(0, 0), (WIDTH, 30), (40, HEIGHT + 3), (-4, 70)], ids=str)
def test_a_box_at_the_frames_edge_is_cut(centre):
    ours, theirs = coverage((9, 6), 0.5, 20, centre), cairo_box((9, 6), 0.5, 20, centre)
    assert np.abs(ours - theirs).max() < 0.22


@pytest.mark.parametrize("degrees", [0, 30, 45, 90])
@pytest.mark.parametrize("half", [0.05, 0.1, 0.2, 0.4])
@pytest.mark.parametrize("offset", [0, 0.25, 0.5])
def test_a_box_thinner_than_a_pixel_keeps_its_ink(half, degrees, offset):
    ink = coverage((half, 12), 0, degrees, MIDDLE + offset).sum()
    assert ink == pytest.approx(4 * half * 12, rel=0.16)


def test_a_ring_lies_inside_the_edge():
    ring = cells_frame(MIDDLE, np.array([15, 15]), corner=1, ring=3, fill=0)[..., 0] / 255
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    distance = np.hypot(x - MIDDLE[0], y - MIDDLE[1])
    assert ring.sum() == pytest.approx(pi * (15**2 - 12**2), rel=0.02)
    assert not ring[(distance > 16) | (distance < 11)].any()


@pytest.mark.parametrize("darken", [False, True])
def test_a_halo_fades_outwards(darken):
    frame = cells_frame(MIDDLE, np.array([6, 6]), 1.0, halo=0.8, darken=darken).astype(int)
    row = frame[31, 56:80, 0]
    assert (np.diff(row) >= 0).all() if darken else (np.diff(row) <= 0).all()
    assert row[-1] == (255 if darken else 0)
    assert abs(row[0] - row[-1]) > 40
