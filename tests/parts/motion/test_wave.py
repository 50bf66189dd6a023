"""Waves: every cell arrives at its own target, in its turn."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.motion.wave import Wave, reading_order
from netglow.scenes.stage.theme import THEMES

GREYS = np.linspace(0, 1, 12).reshape(3, 4)


def image() -> PixelImage:
    return PixelImage(GREYS, THEMES["dark"])


def target() -> Cells:
    return image().shift(4 * RIGHT).scale(0.5).set_arrays(fill=(1, 0, 0), corner=1.0, halo=0.5)


def test_every_cell_becomes_its_target(film):
    cells = image()
    film(lambda scene: scene.play(Wave(cells, target(), reading_order(3, 4)), run_time=0.5))
    np.testing.assert_allclose(cells.points, target().points)
    for name in Cells.ARRAYS:
        np.testing.assert_allclose(getattr(cells, name), getattr(target(), name))


def test_nothing_has_changed_when_it_begins():
    cells = image()
    wave = Wave(cells, target(), reading_order(3, 4))
    wave.begin()
    np.testing.assert_allclose(cells.points, image().points)
    np.testing.assert_allclose(cells.fill, image().fill)


def test_cells_leave_by_their_delays():
    cells = image()
    wave = Wave(cells, target(), np.linspace(0, 0.6, 12))
    wave.begin()
    wave.interpolate(0.5)
    way = target().centres() - image().centres()
    gone = (cells.centres() - image().centres())[:, 0] / way[:, 0]
    assert (np.diff(gone) <= 1e-9).all()
    assert gone[0] == pytest.approx(1)
    assert gone[-1] == pytest.approx(0)


def test_poured_cells_gather_speed_downwards():
    cells = image()
    wave = Wave(cells, image().shift(4 * RIGHT + np.array([0, -4, 0])), np.zeros(12), fall=True)
    wave.begin()
    wave.interpolate(0.5)
    moved = cells.centres() - image().centres()
    np.testing.assert_allclose(moved[:, 1], -4 * (moved[:, 0] / 4) ** 2)


def test_paint_is_taken_on_its_stretch_of_the_way():
    cells = image()
    wave = Wave(cells, target(), np.zeros(12), paint=(0.6, 1.0))
    wave.begin()
    wave.interpolate(0.5)
    np.testing.assert_allclose(cells.fill, image().fill)
    assert cells.centres()[0, 0] > image().centres()[0, 0]


def test_reading_order_starts_at_the_top_left_and_ends_at_the_bottom_right():
    delays = reading_order(3, 4, stagger=0.6).reshape(3, 4)
    assert delays[0, 0] == 0
    assert delays[-1, -1] == pytest.approx(0.6)
    assert (np.diff(delays, axis=0) > 0).all()
    assert (np.diff(delays, axis=1) > 0).all()
