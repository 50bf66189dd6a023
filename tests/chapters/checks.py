"""Checks of any picture: margins, sizes of text, texts on top of each other.

:func:`on_frame` notes what is on the frame at one moment, as plain boxes in units of the frame
(16/9 * 8 wide, 8 high, the middle is 0, 0), wherever the camera is. The other functions take
these notes and return what is wrong, a :class:`Fault` each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple, TypeVar

import numpy as np
from manim import Mobject, Text, Typst, VMobject, config

from netglow.scenes.engine.batches import Batch, Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.stage.scene import CAPTION_STRIP, MARGIN
from netglow.scenes.stage.text import Number

WIDTH, HEIGHT = 8 * 16 / 9, 8.0
SMALLEST = HEIGHT / 40  # cap height
NEAR = 0.03  # boxes may touch by so much
Drawn = TypeVar("Drawn", bound=Mobject)
TEXTS = (Text, Typst, Number)
_CAPITAL_LIKE = re.compile(r"[A-Z0-9bdfhkl]")


@dataclass(frozen=True)
class Thing:
    """One thing on the frame: its box; for a text also its words, tallest glyph and opacity."""

    name: str
    left: float
    right: float
    bottom: float
    top: float
    text: str | None = None
    tallest: float = 0.0
    opacity: float = 1.0
    key: int = 0  # of the mobject, to recognise it a moment later

    @property
    def on_screen(self) -> bool:
        return (
            self.left < WIDTH / 2
            and self.right > -WIDTH / 2
            and self.bottom < HEIGHT / 2
            and self.top > -HEIGHT / 2
        )


class Fault(NamedTuple):
    """What is wrong, and the keys of the things it is wrong with."""

    keys: tuple[int, ...]
    line: str


def on_frame(scene: Any) -> tuple[list[Thing], bool]:
    """Everything visible now, and whether the camera is at its usual place."""
    camera = scene.renderer.camera
    zoom, centre = WIDTH / camera.frame_width, camera.frame_center
    things = {id(m): m for top in scene.mobjects for m in _things(top)}
    boxes = [_box(thing, zoom, centre) for thing in things.values()]
    at_home = abs(zoom - 1) < 1e-6 and float(np.abs(centre).max()) < 1e-6
    return [box for box in boxes if box is not None and box.on_screen], at_home


def _things(mobject: Mobject) -> Iterator[Mobject]:
    """Texts as wholes, batches, and the single shapes of all other mobjects."""
    if isinstance(mobject, TEXTS):
        yield mobject
        return
    if len(mobject.points):
        yield mobject
    for part in mobject.submobjects:
        yield from _things(part)


def visible(mobject: Mobject) -> bool:
    """Whether it would leave a trace on the frame if it were inside."""
    if isinstance(mobject, Cells) and not mobject.stroke_alpha.any() and not mobject.halo.any():
        ground = np.array(config.background_color.to_rgb())  # a veil in the ground's colour
        if np.abs(mobject.fill - ground)[mobject.fill_alpha > 0.01].max(initial=0) < 0.01:
            return False
    if isinstance(mobject, Batch):
        return mobject.visibility > 0.01 and mobject.shown[1] > mobject.shown[0]
    if isinstance(mobject, VMobject):
        stroke = mobject.get_stroke_opacity() if mobject.get_stroke_width() > 0 else 0
        return max(mobject.get_fill_opacity(), stroke) > 0.01
    return len(mobject.points) > 0


def _box(mobject: Mobject, zoom: float, centre: np.ndarray) -> Thing | None:
    is_text = isinstance(mobject, TEXTS)
    family = mobject.family_members_with_points() if is_text else [mobject]
    drawn = [m for m in family if visible(m)]
    if not drawn:
        return None
    points = (np.concatenate([m.points for m in drawn]) - centre) * zoom
    (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    name = type(mobject).__name__
    if not is_text:
        return Thing(name, left, right, bottom, top, key=id(mobject))
    tallest = max(float(np.ptp(m.points[:, 1])) for m in drawn) * zoom
    opacity = sum(m.get_fill_opacity() for m in drawn) / len(family)
    return Thing(name, left, right, bottom, top, text_of(mobject), tallest, opacity, id(mobject))


def texts_in(mobject: Mobject) -> list[Mobject]:
    """The texts a mobject is or holds, as wholes."""
    return [m for m in _things(mobject) if isinstance(m, TEXTS)]


def drawn(scene: Any, kind: type[Drawn]) -> list[Drawn]:
    """The mobjects of a kind that are in the picture now, in their order."""
    family = scene.get_mobject_family_members()
    return [mobject for mobject in family if isinstance(mobject, kind)]


def text_of(mobject: Mobject) -> str:
    """What a text says; of a formula its Typst source."""
    if isinstance(mobject, Number):
        return mobject.text_of(mobject.value)
    return str(getattr(mobject, "original_text", None) or getattr(mobject, "typst_code", "formula"))


def veiled(scene: Any) -> list[str]:
    """Images that threads are painted over, now: right for light, wrong for ink on paper."""
    below, lines = [], []
    for mobject in scene.get_mobject_family_members():
        if not len(mobject.points) or not visible(mobject):
            continue
        if isinstance(mobject, PixelImage):
            below.append(scene_box(mobject))
        elif isinstance(mobject, LayerEdges):
            left, right, bottom, top = scene_box(mobject)
            lines += [
                f"an image at {np.round(box, 1)} lies under threads"
                for box in below
                if min(right, box[1]) - max(left, box[0]) > NEAR
                and min(top, box[3]) - max(bottom, box[2]) > NEAR
            ]
    return lines


def scene_box(mobject: Mobject) -> tuple[float, float, float, float]:
    """Left, right, bottom, top of what can be seen of it, in scene units."""
    drawn = [m.points for m in mobject.get_family() if len(m.points) and visible(m)]
    points = np.concatenate(drawn)
    (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return float(left), float(right), float(bottom), float(top)


# --- what is wrong with a picture ---
def outside_margins(things: list[Thing]) -> list[Fault]:
    """Things that are on the frame and reach into its margin of 4%, or over its edge."""
    x, y = WIDTH * (0.5 - MARGIN) + NEAR, HEIGHT * (0.5 - MARGIN) + NEAR
    return [
        _fault(t, "reaches into the margin")
        for t in things
        if t.left < -x or t.right > x or t.bottom < -y or t.top > y
    ]


def under_captions(things: list[Thing]) -> list[Fault]:
    """Things in the strip at the bottom over which players lay captions."""
    lowest = -HEIGHT * (0.5 - CAPTION_STRIP) - NEAR
    texts = (thing for thing in things if thing.text)
    return [_fault(t, "lies where captions are laid") for t in texts if t.bottom < lowest]


def too_small(things: list[Thing]) -> list[Fault]:
    """Texts whose capitals are less than a fortieth of the frame's height."""
    return [
        _fault(t, f"is too small: {t.tallest:.3f} of {SMALLEST}")
        for t in things
        if t.text and _CAPITAL_LIKE.search(t.text) and t.tallest < 0.97 * SMALLEST
    ]


def overlapping(things: list[Thing]) -> list[Fault]:
    """Pairs of texts that lie on each other."""
    texts = [t for t in things if t.text]
    return [
        Fault((a.key, b.key), f"{_fault(a, 'lies on').line} {b.text!r}")
        for a, b in combinations(texts, 2)
        if min(a.right, b.right) - max(a.left, b.left) > NEAR
        and min(a.top, b.top) - max(a.bottom, b.bottom) > NEAR
    ]


def disorder(
    section_ends: dict[str, tuple[list[Thing], bool]], moved_camera: bool = True
) -> list[str]:
    """Everything wrong when sections end (by name, from :func:`on_frame`), a line each.

    With ``moved_camera`` False margins are not judged where the camera is not at its usual place.
    """
    lines = []
    for name, (things, at_home) in section_ends.items():
        in_place = (outside_margins, under_captions) if at_home or moved_camera else ()
        for check in (*in_place, too_small, overlapping):
            lines += [f"{name}: {fault.line}" for fault in check(things)]
    return lines


def _fault(thing: Thing, what: str) -> Fault:
    name = f"{thing.name} {thing.text!r}" if thing.text else thing.name
    return Fault(
        (thing.key,),
        f"{name} at x {thing.left:.2f} to {thing.right:.2f}, "
        f"y {thing.bottom:.2f} to {thing.top:.2f} {what}",
    )
