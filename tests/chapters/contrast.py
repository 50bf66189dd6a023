"""How well texts stand out from what is really behind them.

A picture is painted twice at a small size: without its texts, and with a filled box in the place
of every glyph (same colour, same opacity, same place in the order). So the two differ by the
text alone, whatever lies behind or above it, and thin strokes need no large picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject, VMobject

from netglow.scenes.engine.batches import Cells
from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.stage.theme import linear
from tests.chapters.checks import Fault, text_of, texts_in, visible

LEAST = 4.5  # WCAG 2.2, 1.4.3
_ROUNDING = 0.98  # colours have 256 levels
_TRACE = 1.3  # of a text that is faded or veiled, and can hardly be seen any more
_SIZE = (480, 270)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)
LINEAR = linear(np.arange(256) / 255).astype(np.float32)
_SHARES = (LINEAR * _WEIGHTS[:, None]).astype(np.float32)  # (3, 256) of a byte in the luminance


def luminance(light: np.ndarray) -> np.ndarray:
    """(..., 3) linear light 0..1 to relative luminance 0..1 (WCAG 2.2)."""
    return light @ _WEIGHTS


def contrast(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Contrast ratio 1..21 of two pictures of relative luminance (WCAG 2.2)."""
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)


@dataclass(frozen=True, eq=False)
class Written:
    """A text with its visible glyphs, their corners (n, 2, 3) and their pixels (rows, columns)."""

    text: Mobject
    glyphs: list[VMobject]
    corners: np.ndarray
    pixels: list[tuple[slice, slice]]

    def ratios(self, picture: np.ndarray) -> list[float]:
        """For each glyph in the frame the median of its pixels: a line across it hides none."""
        parts = (picture[pixels] for pixels in self.pixels)
        return [_median(part) for part in parts if part.size]


class Lens:
    """A second, small camera that looks where a scene's camera looks."""

    def __init__(self, scene: Any) -> None:
        self.scene = scene
        self.camera = StageCamera(pixel_width=_SIZE[0], pixel_height=_SIZE[1])
        self.camera.frame = scene.renderer.camera.frame
        self.camera.darken = scene.renderer.camera.darken

    def faint(self) -> list[Fault]:
        """Texts in the picture as it is now of which a glyph's contrast is below :data:`LEAST`.

        Those that are faded or veiled to a mere trace are not there to be read.
        """
        written = self._written()
        plain, boxed = self._with_and_without(written)
        ground = self._paint(plain)
        ratio = contrast(ground, self._paint(boxed))
        low = [w for w in written if min(w.ratios(ratio), default=np.inf) < _ROUNDING * LEAST]
        traces = [w for w in low if max(w.ratios(ratio)) < _TRACE]
        if traces:  # texts of a poor colour are none: at full strength they would be as faint
            full = [self._boxes(w).set_arrays(fill_alpha=1) for w in traces]
            clear = contrast(ground, self._paint([*plain, *full]))
            hidden = [w for w in traces if min(w.ratios(clear)) >= _ROUNDING * LEAST]
            low = [w for w in low if w not in hidden]
        return [_fault(w.text, min(w.ratios(ratio))) for w in low]

    def _written(self) -> list[Written]:
        texts = {id(t): t for top in self.scene.mobjects for t in texts_in(top)}
        glyphs = {
            key: [g for g in text.family_members_with_points() if visible(g)]
            for key, text in texts.items()
        }
        corners = {
            key: np.array([(g.points.min(axis=0), g.points.max(axis=0)) for g in found])
            for key, found in glyphs.items()
            if found
        }
        return [
            Written(texts[key], glyphs[key], ends, self._pixels(ends))
            for key, ends in corners.items()
        ]

    def _with_and_without(self, written: list[Written]) -> tuple[list[Mobject], list[Mobject]]:
        """What is shown without its texts, and with boxes where each text stands in the order."""
        first = {id(w.glyphs[0]): w for w in written}
        gone = {id(glyph) for w in written for glyph in w.glyphs}
        plain: list[Mobject] = []
        boxed: list[Mobject] = []
        for mobject in self.camera.get_mobjects_to_display(self.scene.mobjects):
            if id(mobject) not in gone:
                plain.append(mobject)
                boxed.append(mobject)
            elif id(mobject) in first:
                boxed.append(self._boxes(first[id(mobject)]))
        return plain, boxed

    def _boxes(self, written: Written) -> Cells:
        """The filled boxes of glyphs, a pixel larger on every side: in it whole pixels."""
        low, high = written.corners[:, 0], written.corners[:, 1]
        half = (high - low)[:, :2] / 2 + 1 / self.camera.pixels_per_unit
        ink = np.array([_ink(glyph) for glyph in written.glyphs])
        return Cells((low + high) / 2, half, fill=ink[:, :3], fill_alpha=ink[:, 3])

    def _paint(self, mobjects: list[Mobject]) -> np.ndarray:
        """Relative luminance (rows, columns) of a picture."""
        self.camera.reset()
        self.camera.capture_mobjects(mobjects, include_submobjects=False)
        red, green, blue = np.moveaxis(self.camera.pixel_array[..., :3], -1, 0)
        return _SHARES[0][red] + _SHARES[1][green] + _SHARES[2][blue]

    def _pixels(self, corners: np.ndarray) -> list[tuple[slice, slice]]:
        ends = self.camera.to_pixels(corners.reshape(-1, 3)).reshape(-1, 4).tolist()
        size = self.camera.pixel_height, self.camera.pixel_width
        return [(_span(y0, y1, size[0]), _span(x0, x1, size[1])) for x0, y1, x1, y0 in ends]


def _median(values: np.ndarray) -> float:
    """As np.median, which takes ten times as long for a few values."""
    flat, half = np.sort(values, axis=None), values.size // 2
    return float(flat[half] if values.size % 2 else (flat[half - 1] + flat[half]) / 2)


def _ink(glyph: VMobject) -> np.ndarray:
    """Colour and opacity (4,) of a glyph that is filled, or only has an outline."""
    return (glyph.fill_rgbas if glyph.get_fill_opacity() > 0.01 else glyph.stroke_rgbas)[0]


def _span(low: float, high: float, size: int) -> slice:
    """The whole pixels between two places, at least that in the middle; none beyond the frame."""
    middle = math.floor((low + high) / 2)
    first, last = min(math.ceil(low), middle), max(math.floor(high), middle + 1)
    return slice(max(0, first), max(0, min(last, size)))


def _fault(text: Mobject, ratio: float) -> Fault:
    x, y, _ = text.get_center()
    line = f"{text_of(text)!r} at ({x:.2f}, {y:.2f}) has a contrast of {ratio:.2f}"
    return Fault((id(text),), line)
