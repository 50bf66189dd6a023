"""All outputs as bars with their values, the largest picked out."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.props.what_it_really_learned.answer import Answer
from netglow.scenes.stage.theme import DARK, rgb

OUTPUT = np.array([0.1, 0.25, 0.9375])


@pytest.fixture
def answer() -> Answer:
    return Answer(OUTPUT, ["a", "b", "c"], DARK, -1.0, 0.0, 2.0, 1.5)


def test_bars_and_numbers_are_the_outputs(answer):
    np.testing.assert_array_equal(answer.bars.values, OUTPUT)
    assert [number.value for number in answer.numbers] == list(OUTPUT)
    assert answer.numbers[2].text_of(answer.numbers[2].value) == "0.938"


def test_the_largest_has_the_colour_of_its_role(answer):
    answer.set_output(OUTPUT[::-1], "wrong")
    assert answer.bars.winner == 0
    np.testing.assert_allclose(answer.bars.fill[3], rgb(DARK.wrong))
    assert answer.numbers[0].get_fill_color().to_hex().lower() == DARK.wrong
    assert answer.numbers[2].get_fill_color().to_hex().lower() == DARK.muted


def test_a_change_goes_from_one_output_to_the_other(answer):
    change = answer.change(np.array([1.0, 0.0, 0.0]), "correct")
    change.begin()
    change.interpolate(0.999999)
    change.finish()
    np.testing.assert_allclose(answer.output, [1, 0, 0], atol=1e-9)
    assert answer.role == "correct" and answer.bars.winner == 0
