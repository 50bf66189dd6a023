"""Pictures compared as an eye would: small shifts and other anti-aliasing do not count."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

SIZE = (320, 180)
COLOURS = 96  # a palette keeps a reference small
BLUR = 2.5  # pixels


def small(frame: np.ndarray) -> Image.Image:
    """A frame (height, width, 3 or 4) uint8 in the size of a reference still."""
    image = Image.fromarray(np.ascontiguousarray(frame[..., :3]))
    return image.resize(SIZE, Image.Resampling.BOX)


def difference(first: Image.Image, second: Image.Image) -> float:
    """The largest difference 0..255 of the two blurred pictures, anywhere, in any channel."""
    a, b = (np.asarray(image.convert("RGB"), float) for image in (first, second))
    return float(np.abs(gaussian_filter(a - b, (BLUR, BLUR, 0))).max())


def save(image: Image.Image, path: Path) -> None:
    """Keep a still as a reference."""
    path.parent.mkdir(parents=True, exist_ok=True)
    paletted = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    paletted.save(path, optimize=True)
