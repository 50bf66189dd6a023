"""Parts of an image that are worth a closer look, found by what is in them."""

from __future__ import annotations

import numpy as np


def inked_window(values: np.ndarray, rows: int, columns: int) -> tuple[range, range]:
    """The rows and columns of the window that holds the most pixels above 0, then most greys.

    Of equal windows the one nearest to the middle; a small image is its own window.
    """
    rows, columns = min(rows, values.shape[0]), min(columns, values.shape[1])
    middle = (np.array(values.shape) - (rows, columns)) / 2

    def merit(place: tuple[int, int]) -> tuple[int, int, float]:
        window = values[place[0] : place[0] + rows, place[1] : place[1] + columns]
        grey = int(((window > 0.05) & (window < 0.95)).sum())
        return int((window > 0).sum()), grey, -float(np.abs(place - middle).sum())

    tops, lefts = values.shape[0] - rows + 1, values.shape[1] - columns + 1
    top, left = max(((i, k) for i in range(tops) for k in range(lefts)), key=merit)
    return range(top, top + rows), range(left, left + columns)


def varied_run(values: np.ndarray, length: int) -> tuple[int, range]:
    """A row and so many neighbouring columns of it with the most different numbers.

    Different: as shown with two decimals; of equal ones the first with the largest spread.
    """
    length = min(length, values.shape[1])

    def merit(place: tuple[int, int]) -> tuple[int, float]:
        run = values[place[0], place[1] : place[1] + length]
        return len(set(run.round(2).tolist())), float(run.std())

    starts = ((i, k) for i in range(values.shape[0]) for k in range(values.shape[1] - length + 1))
    row, first = max(starts, key=merit)
    return row, range(first, first + length)
