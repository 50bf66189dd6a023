"""The pictures of what goes wrong: mistakes, noise as dots, a moved digit, shares that fall."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.netcore.study.robustness import shifted
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.props.what_it_really_learned.dot_field import DotField
from netglow.scenes.props.what_it_really_learned.mistakes import Mistakes
from netglow.scenes.props.what_it_really_learned.moved_digit import MovedDigit
from netglow.scenes.props.what_it_really_learned.share_columns import ShareColumns
from netglow.scenes.stage.theme import DARK, rgb


def test_a_dot_for_each_value_and_those_above_the_limit_stand_out():
    values = np.array([0.1, 0.95, 0.5, 0.91, 0.0, 0.9])
    field = DotField(values, DARK, np.zeros(3), 3.0, 2.0, 0.9)
    bold = values > 0.9
    np.testing.assert_array_equal((field.fill == rgb(DARK.attention)).all(axis=1), bold)
    assert field.halves()[bold].min() > field.halves()[~bold].max()
    centres = field.centres()
    assert len(np.unique(centres.round(6), axis=0)) == len(values)
    assert np.abs(centres).max(axis=0)[0] <= 1.5 and np.abs(centres).max(axis=0)[1] <= 1.0
    assert (np.abs(field.fill - rgb(DARK.panel)).max(axis=1) > 0.05).all()  # none is lost
    assert (np.diff(field.delays()) >= 0).all() and not field.unlit().fill_alpha.any()


@pytest.mark.parametrize("way", [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_a_moved_digit_is_the_shifted_image_and_nothing_leaves_the_frame(way):
    image = load_digits()[1].images[3]
    pixels = PixelImage(image, DARK, 3.5)
    moved = MovedDigit(pixels, np.array(way))
    steps, before = 12, moved.ink.centres()
    for k in range(steps):
        go = moved.on().build()
        go.begin()
        if k == 0:
            go.interpolate(0.5)
            gone = (moved.ink.centres() - before)[:, :2] / pixels.pitch
            np.testing.assert_allclose(gone, np.tile([way[1] / 2, -way[0] / 2], (len(gone), 1)))
        go.interpolate(1.0)
    there = shifted(image, *(steps * np.array(way)))
    seen = moved.ink.fill_alpha > 0
    row_column = moved.rows_columns[seen] + steps * np.array(way)
    drawn = np.zeros_like(image)
    drawn[tuple(row_column.T)] = image.ravel()[moved.ink.places[seen]]
    np.testing.assert_array_equal(drawn, there)
    expected = pixels.centres()[row_column[:, 0] * image.shape[1] + row_column[:, 1]]
    np.testing.assert_allclose(moved.ink.centres()[seen], expected, atol=1e-6)


def test_columns_rise_one_after_the_other_to_their_shares():
    shares, images = np.array([0.95, 0.5, 0.1]), load_digits()[1].images[:3]
    chart = ShareColumns(shares, images, ["a", "b", "c"], ["95%", "50%", "10%"], DARK)
    assert not chart.columns.values.any()
    rise = chart.rise(run_time=1.0)
    rise.begin()
    rise.interpolate(0.5)
    first, second, last = chart.columns.values / shares
    assert first == pytest.approx(1) and 0.4 < second < 0.6 and last == 0
    rise.interpolate(1.0)
    right, left, top, foot = chart.columns.sides()[3:].transpose(1, 0, 2)
    whole = (chart.columns.sides()[:3, 2] - chart.columns.sides()[:3, 3])[:, 1]
    np.testing.assert_allclose((top - foot)[:, 1] / whole, shares)
    for k, image in enumerate(images):
        np.testing.assert_array_equal(chart.pictures[k].values, image)
        for text, is_above in ((chart.percents[k], True), (chart.names[k], False)):
            assert left[k, 0] < text.get_x() < right[k, 0]
            assert (text.get_bottom()[1] > top[k, 1]) == is_above
            assert (text.get_top()[1] < foot[k, 1]) != is_above


@pytest.mark.parametrize("n", [1, 2, 17, 43])
def test_mistakes_are_as_large_as_they_can_be_and_do_not_touch(n):
    images = load_digits()[1].images[:n]
    middle = np.array([0.0, -0.1, 0])
    wall = Mistakes(images, ["1"] * n, ["2"] * n, DARK, (13.2, 5.8), middle)
    np.testing.assert_array_equal(wall.thumbs.values, images)
    boxes = [
        (m.get_left()[0], m.get_right()[0], m.get_bottom()[1], m.get_top()[1])
        for m in (*wall.truths, *wall.said)
    ]
    half = wall.size / 2
    boxes += [(x - half, x + half, y - half, y + half) for x, y, _ in wall.spots]
    for i, one in enumerate(boxes):
        assert one[0] > -6.6 and one[1] < 6.6 and one[2] > -3.1 and one[3] < 2.9
        for other in boxes[:i]:
            assert (
                one[1] <= other[0]
                or other[1] <= one[0]
                or one[3] <= other[2]
                or (other[3] <= one[2])
            )
    for truth, answer, spot in zip(wall.truths, wall.said, wall.spots, strict=True):
        assert truth.original_text == "1" and answer.original_text == "2"
        assert truth.get_y() > spot[1] > answer.get_y()
        assert truth.get_left()[0] > spot[0] + half
    colours = [text.color.to_hex().lower() for text in (wall.truths[0], wall.said[0])]
    assert colours == [DARK.correct, DARK.wrong]
