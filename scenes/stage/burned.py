"""Captions drawn into the picture, for players and platforms that show no caption tracks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from manim import config
from PIL import Image, ImageDraw, ImageFont

from netglow.netcore.digits import ASSETS

if TYPE_CHECKING:
    from netglow.scenes.engine.kernels import Frame
    from netglow.scenes.stage.scene import NetglowScene

SIZE = 0.046  # of the frame's height: 3 mm on a phone held across
_FONT = ASSETS / "fonts/Inter-SemiBold.otf"
_WHITE, _BLACK = (255, 255, 255, 255), (0, 0, 0, 184)


def burn_captions(scene: NetglowScene) -> None:
    """From now on every frame that the scene writes shows what is being said."""
    narrator, rate, height = scene.narrator, config.frame_rate, config.pixel_height

    def caption_at(frame: int) -> Frame | None:
        text = narrator.shown(frame / rate)
        return None if text is None else strip(text, height)

    scene.renderer.file_writer.laid_over = caption_at


@lru_cache(maxsize=4)
def strip(text: str, height: int) -> Frame:
    """A caption for frames of that height: (h, w, 4), white on a dark box, its alpha straight.

    It reaches down to the frame's lower edge.
    """
    size = max(6, round(SIZE * height))
    font = ImageFont.truetype(str(_FONT), size)
    pad, below = round(0.32 * size), round(0.35 * size)
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox(
        (0, 0), text, font, spacing=round(0.16 * size), align="center", anchor="la"
    )
    shape = (round(right - left) + 4 * pad, round(bottom - top) + 2 * pad)
    picture = Image.new("RGBA", (shape[0], shape[1] + below))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, shape[0] - 1, shape[1] - 1), radius=pad, fill=_BLACK)
    draw.multiline_text(
        (2 * pad - left, pad - top),
        text,
        _WHITE,
        font,
        spacing=round(0.16 * size),
        align="center",
        anchor="la",
    )
    return np.asarray(picture)
