"""Cells against plain Cairo: boxes at least a pixel wide differ by at most 0.22 a pixel."""

from __future__ import annotations

from math import pi, radians

import cairo
import numpy as np
import pytest

from tests.engine.painting import HEIGHT, MIDDLE, WIDTH, cairo_coverage, cells_frame


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
