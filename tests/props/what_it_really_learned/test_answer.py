"""All outputs as bars with their values, the largest picked out."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.what_it_really_learned.answer import Answer
from netglow.scenes.stage.theme import DARK, rgb

OUTPUT = np.array([0.1, 0.25, 0.9375])


@pytest.fixture
def answer() -> Answer:
    return Answer(OUTPUT, ["a", "b", "c"], DARK, -1.0, 0.0, 2.0, 1.5, "none", "> 0.99")


def seen(texts: list) -> list[bool]:
    return [text[0].get_fill_opacity() > 0.5 for text in texts]


def test_bars_are_the_outputs_and_only_the_largest_has_its_number(answer):
    np.testing.assert_array_equal(answer.bars.values, OUTPUT)
    assert seen(answer.numbers) == [False, False, True] and not any(seen(answer.nearly))
    number = answer.numbers[2]
    assert number.value == OUTPUT[2] and number.text_of(number.value) == "0.94"


@pytest.mark.parametrize(("value", "is_nearly"), [(0.9949, False), (0.9951, True)])
def test_no_output_is_ever_called_one(answer, value, is_nearly):
    answer.set_output(np.array([value, 0.1, 0.0]), "correct")
    assert seen(answer.nearly) == [is_nearly, False, False]
    assert seen(answer.numbers) == [not is_nearly, False, False]


def test_the_largest_has_the_colour_of_its_role(answer):
    answer.set_output(OUTPUT[::-1], "wrong")
    assert answer.bars.winner == 0
    np.testing.assert_allclose(answer.bars.fill[3], rgb(DARK.wrong))
    for text, colour in (
        (answer.numbers[0], DARK.wrong),
        (answer.names[0], DARK.wrong),
        (answer.names[2], DARK.muted),
    ):
        assert text.get_fill_color().to_hex().lower() == colour


def test_a_change_goes_from_one_output_to_the_other(answer):
    change = answer.change(np.array([1.0, 0.0, 0.0]), "correct")
    change.begin()
    change.interpolate(0.5)
    np.testing.assert_allclose(answer.output, (OUTPUT + np.array([1, 0, 0])) / 2)
    change.interpolate(0.999999)
    change.finish()
    np.testing.assert_allclose(answer.output, [1, 0, 0], atol=1e-9)
    assert answer.role == "correct" and answer.bars.winner == 0


def test_the_missing_output_is_below_all_others_and_not_among_them(answer):
    lowest = min(name.get_bottom()[1] for name in answer.names)
    assert answer.missing.get_top()[1] < lowest
    assert answer.missing not in answer.get_family()
    track, name = answer.missing
    assert name.original_text == "none" and name.width < track.width
