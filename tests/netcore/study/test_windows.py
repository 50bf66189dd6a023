"""Windows on an image are those with the most to see."""

from __future__ import annotations

import numpy as np

from netglow.netcore.study.windows import inked_window, varied_run


def test_the_window_holds_the_ink_and_the_run_differs_most():
    image = np.zeros((6, 6))
    image[4, 2:5] = 0.3, 0.9, 0.6
    rows, columns = inked_window(image, 2, 3)
    assert 4 in rows and columns == range(2, 5)
    assert varied_run(image, 4) == (4, range(1, 5))
    assert inked_window(image, 9, 9) == (range(6), range(6))
