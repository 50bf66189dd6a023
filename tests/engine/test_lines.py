"""Lines against plain Cairo.

A line's coverage differs from Cairo's exact area by at most 0.13 in any pixel and by 2.5% in sum;
the ends of a thick slanted line are cut along the pixel grid, which changes single pixels there
but not the sum.
"""

from __future__ import annotations

import cairo
import numpy as np
import pytest

from netglow.scenes.engine.constants import FEATHER
from tests.engine.painting import HEIGHT, WIDTH, across, cairo_coverage, light_of

WIDTHS = (0.4, 1.0, 2.5, 6.0)


def cairo_line(segment: np.ndarray, width: float) -> np.ndarray:
    def draw(context: cairo.Context) -> None:
        context.set_line_width(width)
        context.move_to(*segment[:2])
        context.line_to(*segment[2:])
        context.stroke()

    return cairo_coverage(draw)


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
    assert lit.min() == pytest.approx(8 + 80 * (0.25 - FEATHER), abs=1)
    assert lit.max() == pytest.approx(8 + 80 * 0.5, abs=1)


def test_nothing_is_painted_without_light_length_or_width():
    assert not light_of(across(30, 20), power=0).any()
    assert not light_of(across(30, 20), width=0).any()
    assert not light_of(across(30, 0)).any()
    assert not light_of(across(30, 20), head=0).any()


def test_the_order_of_lines_does_not_matter():
    rng = np.random.default_rng(1)
    segments = rng.uniform(-20, 110, (500, 4))
    power = rng.uniform(0, 0.1, 500)
    back = slice(None, None, -1)
    np.testing.assert_allclose(
        light_of(segments, 1.5, power), light_of(segments[back], 1.5, power[back]), atol=1e-5
    )
