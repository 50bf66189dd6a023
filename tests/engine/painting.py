"""What the kernels paint, as arrays, and what plain Cairo would."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin

import cairo
import numpy as np

from netglow.scenes.engine import kernels
from netglow.scenes.engine.bloom import bloom_of
from netglow.scenes.engine.cells import Boxes, paint_cells
from netglow.scenes.engine.lines import Lines, paint_lines
from netglow.scenes.engine.tone import Glow, Tone, tone_map

HEIGHT, WIDTH = 64, 96
MIDDLE = np.array([48.3, 31.7])


def cairo_coverage(draw: Callable[[cairo.Context], None]) -> np.ndarray:
    """Exact-area coverage 0..1 (height, width) of what ``draw`` draws."""
    surface = cairo.ImageSurface(cairo.FORMAT_A8, WIDTH, HEIGHT)
    context = cairo.Context(surface)
    context.set_antialias(cairo.ANTIALIAS_BEST)
    draw(context)
    surface.flush()
    rows = np.ndarray((HEIGHT, surface.get_stride()), np.uint8, surface.get_data())
    return rows[:, :WIDTH] / 255


def light_of(
    segments: np.ndarray,
    width: float = 1.0,
    power: float | np.ndarray = 1.0,
    head: float = 2.0,
    tail: float = 0.0,
) -> np.ndarray:
    """Light (height, width) of lines, segments (n, 4)."""
    segments = np.atleast_2d(np.asarray(segments, np.float32))
    light = np.zeros((1, HEIGHT, WIDTH), np.float32)

    def each(value: float | np.ndarray) -> np.ndarray:
        return np.full(len(segments), value, np.float32)

    planes = np.zeros(len(segments), np.int64)
    lines = Lines(segments, planes, each(power), each(width / 2), each(tail), each(head), each(0.0))
    kernels.in_bands(paint_lines, 0, WIDTH, light, lines)
    return light[0]


def blurred(light: np.ndarray, radius: float) -> np.ndarray:
    """Bloom (rows, columns) of light (height, width)."""
    box = slice(0, light.shape[0]), slice(0, light.shape[1])
    return bloom_of(light[None], radius, *box)[0]


def tone(frame: np.ndarray, light: np.ndarray, bloom: np.ndarray, darken: bool = False) -> None:
    """Lay white light (height, width) over a frame (height, width, 4)."""
    height, width = light.shape
    glow = Glow(light[None], bloom[None], 0, 0)
    white = Tone.of(np.ones((1, 3)), darken)
    flat = frame.reshape(height, -1)
    kernels.in_bands(tone_map, 0, width, flat, glow, white, 0, height)


def mapped(light: np.ndarray, ground: int = 0, darken: bool = False) -> np.ndarray:
    """Grey values (height, width) after light was laid over a plain ground, without bloom."""
    frame = np.full((*light.shape, 4), ground, np.uint8)
    tone(frame, light, np.zeros_like(blurred(light, 1)), darken)
    return frame[..., 0].astype(int)


def across(degrees: float, reach: float, centre: np.ndarray = MIDDLE) -> np.ndarray:
    """A segment (4,) through ``centre`` at an angle, ``reach`` pixels to both sides."""
    way = reach * np.array([cos(radians(degrees)), sin(radians(degrees))])
    return np.concatenate([centre - way, centre + way])


def cells_frame(
    centre: np.ndarray,
    half: np.ndarray,
    corner: float = 0.0,
    turn: float = 0.0,
    halo: float = 0.0,
    ring: float = 0.0,
    fill: float = 1.0,
    darken: bool = False,
) -> np.ndarray:
    """Frame (height, width, 4) with white boxes on black (or grey ones on white)."""
    centre = np.atleast_2d(np.asarray(centre, np.float32))
    half = np.broadcast_to(np.asarray(half, np.float32), centre.shape).copy()
    n = len(centre)

    def each(*row: float) -> np.ndarray:
        return np.tile(np.array(row, np.float32), (n, 1)).squeeze(axis=1 if len(row) == 1 else ())

    frame = np.full((HEIGHT, WIDTH, 4), 255 if darken else 0, np.uint8)
    white = each(255, 255, 255)
    boxes = Boxes(
        centre,
        each(cos(turn), sin(turn)),
        half,
        each(corner),
        white,
        each(fill),
        white,
        each(float(ring > 0)),
        each(ring / 2),
        each(halo),
        each(90, 90, 90) if darken else white,
    )
    kernels.in_bands(paint_cells, 0, WIDTH, frame.reshape(HEIGHT, -1), boxes, darken)
    return frame
