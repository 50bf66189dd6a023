"""From any picture of a digit to the form the network was trained on.

The steps are those by which MNIST itself was made (LeCun et al., 1998): ink white on black,
scaled into 20 x 20 keeping its aspect, centred by centre of mass in 28 x 28, anti-aliased.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy  # its ndimage is loaded when it is used
from numpy.typing import ArrayLike, NDArray

from netglow.netcore.network import IMAGE_SHAPE, Array, frozen

BOX = 20  # MNIST scales the ink into this many pixels
WORK = 320  # a photo is first reduced to this many pixels along its longer side
MIN_CONTRAST = 0.08  # ink must differ from the paper by at least this much of the grey scale


@dataclass(frozen=True, eq=False)
class Drawing:
    """A picture before and after: both 2-D, float64 0..1, read-only.

    before: the picture as given, in grey; after: (28, 28), 1 = ink, as the network reads it.
    """

    before: Array
    after: Array

    def __post_init__(self) -> None:
        object.__setattr__(self, "before", frozen(self.before))
        object.__setattr__(self, "after", frozen(self.after))


def prepare_drawing(source: str | Path | ArrayLike) -> Drawing:
    """A picture of one digit, brought to MNIST's form.

    source: an image file, or an array (rows, columns[, 1..4]) of uint8 or floats 0..1. Grey,
    colour or alpha; light on dark or dark on light, judged by the border.
    Raises OSError if the file cannot be opened, ValueError with one line if it is not an image
    or shows no ink.
    """
    if isinstance(source, str | Path):
        name, pixels = str(source), _read(Path(source))
    else:
        name, pixels = "drawing", np.asarray(source)
    grey = _grey(pixels, name)
    if grey.shape == IMAGE_SHAPE and _is_mnist_like(grey):
        return Drawing(grey, grey)
    return Drawing(grey, _fit(_ink(_reduce(grey), name)))


def _read(path: Path) -> NDArray[Any]:
    from PIL import Image, ImageOps  # only needed for files

    try:
        with Image.open(path) as opened:
            image = ImageOps.exif_transpose(opened)
            if image.mode.startswith(("I", "F")):  # 16 and 32 bit: stretch to the grey scale
                values = np.asarray(image, dtype=np.float64)
                return np.asarray(values / max(values.max(), 1.0))
            return np.asarray(image.convert("RGBA"))
    except Exception as error:  # decoders raise whatever a broken file leads them to
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the file itself: missing, not permitted, a folder
        raise ValueError(f"{path}: not an image that can be read; give a PNG or JPEG") from None


def _grey(values: NDArray[Any], name: str) -> Array:
    """(rows, columns) grey 0..1; see-through parts become paper, on the side away from the ink."""
    scale = 255.0 if values.dtype.kind in "ui" else 1.0
    values = values.astype(np.float64) / scale
    if values.ndim == 2:
        values = values[..., None]
    if values.ndim != 3 or not 1 <= values.shape[2] <= 4 or min(values.shape[:2]) < 2:
        raise ValueError(f"{name}: expected (rows, columns[, 1..4]) numbers, found {values.shape}")
    if not np.isfinite(values).all() or values.min() < 0 or values.max() > 1:
        raise ValueError(f"{name}: expected uint8 or floats 0..1, found values outside")
    channels = values.shape[2]
    grey = values[..., :3] @ (0.299, 0.587, 0.114) if channels >= 3 else values[..., 0]
    if channels in (2, 4):
        alpha = values[..., -1]
        if alpha.sum() > 0:
            paper = 0.0 if np.average(grey, weights=alpha) > 0.5 else 1.0
            grey = grey * alpha + paper * (1 - alpha)
    return np.clip(grey, 0, 1)


def _is_mnist_like(grey: Array) -> bool:
    """Already black at the border, ink to full white, inside 20 x 20 or so and centred."""
    if max(grey[0].max(), grey[-1].max(), grey[:, 0].max(), grey[:, -1].max()) > 0.1:
        return False
    if grey.max() < 0.6:
        return False
    ink = grey > 0.1
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    longest = max(np.ptp(rows), np.ptp(columns)) + 1
    off = np.abs(np.array(scipy.ndimage.center_of_mass(grey)) - 13.5).max()
    return bool(17 <= longest <= 22 and off <= 1.5)


def _reduce(grey: Array) -> Array:
    """At most WORK pixels a side, each the mean of what it covers: photos carry sensor noise."""
    step = int(np.ceil(max(grey.shape) / WORK))
    if step == 1:
        return grey
    grey = np.pad(grey, [(0, -n % step) for n in grey.shape], mode="edge")
    rows, columns = grey.shape[0] // step, grey.shape[1] // step
    return np.asarray(grey.reshape(rows, step, columns, step).mean(axis=(1, 3)))


def _ink(grey: Array, name: str) -> Array:
    """Ink 0..1 on a background of exact zeros, cropped to the ink."""
    signed = grey - _paper(grey)
    border = np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])
    # The border is paper; what differs from it, on the side that differs more, is ink.
    tops = np.percentile(signed, 99.5), -np.percentile(signed, 0.5)
    middle = np.median(border)
    light = tops[0] > tops[1] if abs(tops[0] - tops[1]) > 0.1 else middle < 0.5
    ink = np.clip(signed if light else -signed, 0, None)
    top = max(np.percentile(ink, 99.5), 0.6 * ink.max())
    noise = 4 * np.median(np.abs(signed - np.median(signed)))
    floor = max(0.15 * top, min(noise, 0.5 * top))
    if top < MIN_CONTRAST or top <= floor:
        raise ValueError(f"{name}: no ink found; draw one digit, dark on light or light on dark")
    solid = _without_specks(ink > max(0.35 * top, floor))
    near = scipy.ndimage.binary_dilation(solid, iterations=max(1, round(max(grey.shape) / 100)))
    ink = np.where(near, np.clip((ink - floor) / (0.85 * top - floor), 0, 1), 0)
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _paper(grey: Array) -> Array:
    """The paper's brightness at every pixel: a plane fitted to the border, so that uneven light
    is not ink. A second fit leaves out what strays, such as strokes that touch the border."""
    rows, columns = np.indices(grey.shape)
    edge = max(1, round(min(grey.shape) / 20))
    border = np.ones(grey.shape, dtype=bool)
    border[edge:-edge, edge:-edge] = False
    terms = np.stack(
        [np.ones(grey.size), rows.ravel() / grey.shape[0], columns.ravel() / grey.shape[1]], axis=1
    )
    values, chosen = grey.ravel(), border.ravel()
    stray = np.abs(values - np.median(values[chosen]))
    chosen &= stray <= max(0.25, 3 * np.median(stray[chosen]))
    plane = terms @ np.linalg.lstsq(terms[chosen], values[chosen], rcond=None)[0]
    return np.asarray(np.clip(plane, 0, 1).reshape(grey.shape))


def _without_specks(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop the dots of dust: parts smaller than a fiftieth of the largest."""
    labels, count = scipy.ndimage.label(mask, structure=np.ones((3, 3)))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    keep = sizes >= sizes[1:].max() / 50
    keep[0] = False
    return np.asarray(keep[labels])


def _fit(ink: Array) -> Array:
    """Scale into BOX x BOX, then put the centre of mass into the middle of 28 x 28."""
    scale = BOX / max(ink.shape)
    size = [max(1, round(n * scale)) for n in ink.shape]
    small = _coverage(size[0], ink.shape[0]) @ ink @ _coverage(size[1], ink.shape[1]).T
    small /= max(small.max(), 1e-12)
    mass = small.sum()
    out = np.zeros(IMAGE_SHAPE)
    place = []
    for axis, n in enumerate(size):
        centre = small.sum(axis=1 - axis) @ np.arange(n) / mass
        start = round((IMAGE_SHAPE[axis] - 1) / 2 - centre)
        place.append(min(max(start, 0), IMAGE_SHAPE[axis] - n))
    out[place[0] : place[0] + size[0], place[1] : place[1] + size[1]] = small
    return np.clip(out, 0, 1)


def _coverage(new: int, old: int) -> Array:
    """(new, old) matrix that resamples by area: each row the mean of the pixels it covers."""
    edges = np.arange(new + 1) * old / new
    cells = np.arange(old)
    overlap = np.minimum(edges[1:, None], cells + 1) - np.maximum(edges[:-1, None], cells)
    overlap = np.clip(overlap, 0, None)
    return np.asarray(overlap / overlap.sum(axis=1, keepdims=True))
