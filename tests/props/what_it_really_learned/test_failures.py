"""The pictures of what goes wrong: confusions, noise as dots, a moved digit, shares that fall."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.netcore.study.facts import confusion
from netglow.netcore.study.robustness import frequent_confusions, shifted
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.props.what_it_really_learned.confused_pairs import ConfusedPairs
from netglow.scenes.props.what_it_really_learned.dot_field import DotField
from netglow.scenes.props.what_it_really_learned.dot_table import DotTable
from netglow.scenes.props.what_it_really_learned.moved_digit import MovedDigit
from netglow.scenes.props.what_it_really_learned.share_columns import ShareColumns
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import DARK, rgb


def test_every_pair_is_shown_with_a_digit_it_happened_to():
    story = Story.choose()
    digits, network = story.digits, story.network
    counts = confusion(network, digits)
    answers = np.array([network.class_names.index(str(d)) for d in digits.labels])
    off = np.argwhere(counts - np.diag(np.diag(counts)))
    truth, answer = (int(k) for k in off[0])
    answers[np.flatnonzero(digits.labels == truth)[:1]] = answer  # one such mistake
    table = DotTable(
        digits.labels, answers, network.class_names, DARK, 4.9, np.zeros(3), np.array([5.0, 0, 0])
    )
    pairs = ConfusedPairs(
        [(truth, answer, 1)],
        table,
        digits.images,
        lambda t, a, n: (f"{t} as {a}", f"{n}"),
        DARK,
        np.zeros(3),
    )
    _, image, words = pairs.rows[0]
    np.testing.assert_array_equal(
        image.values,
        digits.images[np.flatnonzero((digits.labels == truth) & (answers == answer))[0]],
    )
    assert words[0].original_text == f"{truth} as {answer}"


def test_pairs_as_frequent_as_the_last_shown_are_counted():
    table = np.array([[9, 3, 2], [2, 9, 0], [2, 1, 9]])
    shown = frequent_confusions(table, 2)
    pairs = ConfusedPairs.__new__(ConfusedPairs)
    pairs.pairs = shown
    assert [count for *_, count in shown] == [3, 2]
    assert pairs.left_out(table) == 2
    assert table[0, 0] == 9  # it has not been written to


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
    steps = 12
    for _ in range(steps):
        go = moved.on().build()
        go.begin()
        go.interpolate(1.0)
    there = shifted(image, *(steps * np.array(way)))
    seen = moved.ink.fill_alpha > 0
    row_column = moved.rows_columns[seen] + steps * np.array(way)
    drawn = np.zeros_like(image)
    drawn[tuple(row_column.T)] = image.ravel()[moved.ink.places[seen]]
    np.testing.assert_array_equal(drawn, there)
    expected = pixels.centres()[row_column[:, 0] * image.shape[1] + row_column[:, 1]]
    np.testing.assert_allclose(moved.ink.centres()[seen], expected, atol=1e-6)


def test_columns_rise_to_their_shares_below_their_percentages():
    shares = [0.95, 0.5, 0.1]
    chart = ShareColumns(shares, DARK, np.array([4.0, -1.8, 0]), 4.9, 3.3, "moved by")
    assert not chart.columns.counts.any()
    chart.columns.set_counts(100 * chart.shares)
    tops = chart.columns.ends()[:, 1]
    np.testing.assert_allclose(tops - tops.min(), 3.3 * (np.array(shares) - 0.1), atol=1e-6)
    for text, top, share in zip(chart.percents, tops, shares, strict=True):
        assert text.original_text == f"{100 * share:.1f}%" and text.get_bottom()[1] > top
