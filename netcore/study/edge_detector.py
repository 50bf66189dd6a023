"""A detector of short level strokes, set by hand, and images that show what it is good for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from netglow.netcore.network import Array

LENGTH, LINE, SIDE = 8, 4, 2  # pixels: a line as thick as a pen stroke, and its two sides
ACROSS = LINE + 2 * SIDE
FULL = 0.9  # share of the line that a stroke fills
SOLID = 0.93  # share of line and sides that a blob fills


@dataclass(frozen=True)
class EdgeDetector:
    """Weights +1 on a level line, −1 above and below it, 0 elsewhere.

    ``row`` and ``column`` are the place of the block's top left corner, in pixels; the block is
    ``ACROSS`` high and ``LENGTH`` wide.
    """

    row: int
    column: int

    @property
    def block(self) -> tuple[slice, slice]:
        """The rows and columns of the line and its two sides."""
        rows = slice(self.row, self.row + ACROSS)
        return rows, slice(self.column, self.column + LENGTH)

    def line(self, shape: tuple[int, int]) -> Array:
        """In image form: 1 on the line, 0 elsewhere."""
        made = np.zeros(shape)
        top = self.row + SIDE
        made[top : top + LINE, self.column : self.column + LENGTH] = 1
        return made

    def weights(self, shape: tuple[int, int]) -> Array:
        """In image form: 1 on the line, −1 above and below it, 0 elsewhere."""
        made = np.zeros(shape)
        made[self.block] = -1
        return made + 2 * self.line(shape)


@dataclass(frozen=True)
class StrokeAndBlob:
    """A detector, the place of an image with a stroke on it, and of one with a blob there."""

    detector: EdgeDetector
    stroke: int
    blob: int


def stroke_and_blob(images: np.ndarray) -> StrokeAndBlob:
    """Of images (n, rows, columns): where the weights around a line change most.

    At the place in question the best stroke fills the line, and a blob fills line and sides, and
    has at least as much ink on the line. Of such places that with the largest sum for a stroke;
    of the blobs the one with the most ink. LookupError if there is none.
    """
    whole = _block_sums(images, ACROSS)
    lines = _block_sums(images, LINE)[:, SIDE : SIDE + whole.shape[1]]
    sums = 2 * lines - whole  # the line counts for it, the rest against it
    strokes = sums.argmax(axis=0)
    ink = np.take_along_axis(lines, strokes[None], axis=0)[0]
    fits = (whole >= SOLID * ACROSS * LENGTH) & (lines >= ink)
    good = fits.any(axis=0) & (ink >= FULL * LINE * LENGTH)
    if not good.any():
        raise LookupError("no image has a blob where another has a stroke")
    best = np.where(good, sums.max(axis=0), -np.inf).argmax()
    row, column = (int(i) for i in np.unravel_index(best, good.shape))
    blob = np.where(fits[:, row, column], whole[:, row, column], -np.inf).argmax()
    return StrokeAndBlob(EdgeDetector(row, column), int(strokes[row, column]), int(blob))


def _block_sums(images: np.ndarray, high: int) -> np.ndarray:
    """Sums (n, ...) of the blocks that are ``high`` and ``LENGTH`` wide, by their corners."""
    summed = np.pad(images, ((0, 0), (1, 0), (1, 0))).cumsum(axis=1).cumsum(axis=2)
    tall = summed[:, high:] - summed[:, :-high]
    return np.asarray(tall[:, :, LENGTH:] - tall[:, :, :-LENGTH])
