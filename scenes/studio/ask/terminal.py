"""Outputs and pictures as characters in a terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from netglow.scenes.studio.make.workspace import write_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image
    from rich.console import Console

SHADES = " ░▒▓█"
PLAIN_SHADES = " .+#@"
BAR = 40  # characters of a full bar
TILE = 280  # pixels a side of each half of a before/after picture


def can_draw_blocks(out: Console) -> bool:
    """Whether the terminal's encoding has block characters."""
    try:
        (SHADES + "–").encode(out.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def bars(out: Console, names: Sequence[str], values: Sequence[float], chosen: int) -> None:
    """One bar for each value 0..1, the chosen one marked."""
    block = "█" if can_draw_blocks(out) else "#"
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        bar = (block * max(round(value * BAR), value >= 0.5 / BAR)).ljust(BAR)
        mark = "  <" if i == chosen else ""
        style = "bold green" if i == chosen else "cyan"
        out.print(f"  {name}  {bar} {value:.4f}{mark}", style=style, markup=False)


def picture(out: Console, before: NDArray[np.float64], after: NDArray[np.float64]) -> None:
    """Two grey pictures 0..1 side by side, 28 characters wide and 14 lines high each."""
    shades = SHADES if can_draw_blocks(out) else PLAIN_SHADES
    left, right = _characters(before, shades), _characters(after, shades)
    out.print(f"  {'as given':28}    {'as the network sees it':28}", markup=False)
    for a, b in zip(left, right, strict=True):
        out.print(f"  {a}    {b}", markup=False, highlight=False)


def _characters(grey: NDArray[np.float64], shades: str) -> list[str]:
    from PIL import Image

    image = _on_square(grey).resize((28, 14), Image.Resampling.BOX)
    steps = np.rint(np.asarray(image) / 255 * (len(shades) - 1)).astype(int)
    return ["".join(shades[step] for step in row) for row in steps]


def _on_square(grey: NDArray[np.float64]) -> Image.Image:
    """An 8-bit image with the picture in the middle of a square of its border's grey."""
    from PIL import Image

    pixels = np.rint(np.asarray(grey) * 255).astype(np.uint8)
    height, width = pixels.shape
    side = max(height, width)
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    image = Image.new("L", (side, side), int(np.median(border)))
    image.paste(Image.fromarray(pixels), ((side - width) // 2, (side - height) // 2))
    return image


def save_picture(path: Path, before: NDArray[np.float64], after: NDArray[np.float64]) -> None:
    """Write a PNG with before and after side by side; the whole file or none."""
    from PIL import Image

    sheet = Image.new("L", (2 * TILE + 20, TILE), 128)
    sheet.paste(_on_square(before).resize((TILE, TILE), Image.Resampling.LANCZOS), (0, 0))
    sheet.paste(_on_square(after).resize((TILE, TILE), Image.Resampling.NEAREST), (TILE + 20, 0))
    data = io.BytesIO()
    sheet.save(data, "PNG")
    write_whole(path, data.getvalue())
