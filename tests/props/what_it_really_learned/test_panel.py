"""An image, what stands below it, and the answer in the colour it has."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.scenes.props.what_it_really_learned.panel import Panel, role_of
from netglow.scenes.stage.theme import DARK


@pytest.mark.parametrize(
    ("digit", "role"), [(2, "correct"), (1, "wrong"), (0, "wrong"), (None, "attention")]
)
def test_an_answer_has_the_colour_of_being_right_or_wrong(digit, role):
    outputs = np.array([0.2, 0.1, 0.7])
    assert role_of(outputs, digit) == role
    panel = Panel(load_digits()[1].images[0], "one", "muted", "012", DARK, "none", "> 0.99")
    assert not panel.answer.output.any()
    give = panel.give(outputs, digit)
    give.begin()
    give.interpolate(1.0)
    np.testing.assert_allclose(panel.answer.output, outputs)
    assert (panel.answer.bars.winner, panel.answer.bars.winner_role) == (2, role)


def test_another_line_takes_the_place_of_the_first():
    image = load_digits()[1].images[0]
    panel = Panel(image, "one", "muted", "012", DARK, "none", "> 0.99")
    np.testing.assert_array_equal(panel.pixels.values, image)
    before = panel.note
    panel.write("two", "correct")
    assert panel.note.original_text == "two" and before.original_text == "one"
    assert panel.note.color.to_hex().lower() == DARK.correct
    assert panel.note.get_top()[1] < panel.pixels.get_bottom()[1]
    assert panel.note.get_bottom()[1] > -2.96
    assert panel.note.get_x() == pytest.approx(panel.pixels.get_x())
    assert panel.pixels.get_right()[0] < panel.answer.get_left()[0]
