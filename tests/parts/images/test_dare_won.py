"""The dare, won: weights on the page, the example beside it."""

from __future__ import annotations

import numpy as np

from netglow.scenes.parts.images.dare_won import DareWon
from netglow.scenes.stage.theme import DARK


def test_the_weights_lie_on_the_page_and_the_example_does_not():
    picture, weights = np.eye(4), np.arange(16.0).reshape(4, 4) - 8
    won = DareWon(picture, weights, DARK)
    np.testing.assert_array_equal(won.picture.values, picture)
    np.testing.assert_array_equal(won.weights.values, weights)
    panel = won.page.panel
    assert panel.get_left()[0] < won.weights.get_left()[0]
    assert won.weights.get_right()[0] < panel.get_right()[0]
    lines = [line for line in won.page.lines if len(line)]
    assert lines[-1].get_top()[1] < won.weights.get_bottom()[1]
    assert won.weights.get_top()[1] < lines[0].get_bottom()[1]
    assert won.picture.get_right()[0] < panel.get_left()[0]
