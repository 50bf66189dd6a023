"""What stands on the screen at every moment at which something is said: texts, numbers, arrays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from manim import Mobject, Text, VMobject, Wait

from netglow.scenes.engine.batches import Batch
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.stage.text import Number
from tests.chapters.checks import TEXTS, scene_box, text_of, veiled, visible

# What parts keep of what they draw (their arrays), and what a number shows.
KEPT = ("values", "activations", "weights", "contributions", "kinds")
TICK = "tick"
LOOKS = ("fill", "fill_alpha", "corner", "stroke_alpha", "rgb", "light", "glow", "head", "halo")


@dataclass(frozen=True, eq=False)
class Shown:
    """One thing at a ``moment``: a ``text``, or a number or an array (``value``), or a shape.

    kind: its class, and what it keeps. colour: of what is drawn of it, the first of it in a hex
    triple, or a mark of all colours of a batch. box: left, right, bottom, top in scene units.
    """

    moment: str
    kind: str
    text: str | None
    value: Any
    colour: str
    box: tuple[float, float, float, float]
    mobject: Mobject


def shown(scene: Any, moment: str, kept: dict[bytes, Any] | None = None) -> Iterator[Shown]:
    """Everything on the screen. ``kept``: arrays of earlier moments, not to be kept twice."""
    known = {} if kept is None else kept
    inside: set[int] = set()  # glyphs of texts
    done: set[int] = set()
    family = scene.get_mobject_family_members()
    # what stands at an axis is tested with the axis
    ticks = {id(number) for axis in family if isinstance(axis, Axis) for number in axis.numbers}
    for mobject in family:
        if id(mobject) in done or id(mobject) in inside or not _is_seen(mobject):
            continue
        done.add(id(mobject))
        kind = TICK if id(mobject) in ticks else type(mobject).__name__
        box, colour = scene_box(mobject), _colour(mobject)
        if isinstance(mobject, TEXTS):
            inside |= {id(m) for m in mobject.get_family()} - {id(mobject)}
        if isinstance(mobject, Number):
            yield Shown(moment, kind, None, mobject.value, colour, box, mobject)
        elif isinstance(mobject, TEXTS):
            yield Shown(moment, kind, text_of(mobject), None, colour, box, mobject)
        elif isinstance(mobject, Axis):
            continue
        elif data := {n: v for n in KEPT if _is_data(v := getattr(mobject, n, None))}:
            for name, value in data.items():
                value = np.array(value, float)
                value = known.setdefault(np.array(value.shape).tobytes() + value.tobytes(), value)
                yield Shown(moment, f"{kind}.{name}", None, value, colour, box, mobject)
        elif len(mobject.points):
            yield Shown(moment, kind, None, None, colour, box, mobject)


def _is_data(value: Any) -> bool:
    return isinstance(value, np.ndarray | list | tuple | float | int)


def _is_seen(mobject: Mobject) -> bool:
    return any(len(m.points) and visible(m) for m in mobject.get_family())


def _colour(mobject: Mobject) -> str:
    for part in mobject.get_family():
        if isinstance(part, Batch):
            looks = [getattr(part, name, None) for name in LOOKS]
            return mark([np.asarray(look, float) for look in looks if look is not None])
        if isinstance(part, VMobject) and len(part.points):
            is_filled = part.get_fill_opacity() > 0.01
            colour = part.get_fill_color() if is_filled else part.get_stroke_color()
            return str(colour.to_hex()).lower()
    return ""


def mark(arrays: list[np.ndarray]) -> str:
    """A short name for arrays, rounded to three places."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update((np.round(array, 3) + 0.0).astype(np.float32).tobytes())
    return digest.hexdigest()[:8]


@contextmanager
def watching(scene: Any) -> Iterator[list[Shown]]:
    """Have a scene note what is shown at every ``say()`` and at the end of every section.

    ``scene.halves`` are lines, see :func:`line`, of what is shown half-way through every animation,
    each with its moment; ``scene.veiled`` what :func:`veiled` finds then in the light
    theme, after the number of the animation.
    """
    found: list[Shown] = []
    say, section, update = scene.say, scene.section, scene.update_to_time
    scene.halves, scene.veiled = [], []
    now = ["", 0]
    plays = count(1)
    kept: dict[bytes, Any] = {}

    def noted_say() -> None:
        if now[1]:
            found.extend(shown(scene, f"{now[0]} {now[1]}", kept))
        now[1] += 1
        say()

    @contextmanager
    def noted_section(name: str, *words: str, **numbers: Any) -> Iterator[None]:
        now[:] = [name, 0]
        with section(name, *words, **numbers):
            yield
        found.extend(shown(scene, f"{name} end", kept))

    def noted_update(seconds: float) -> None:
        if not all(isinstance(animation, Wait) for animation in scene.animations):
            update(seconds / 2)
            number = next(plays)
            moment = f"half of animation {number}, {now[0]}"
            scene.halves.extend((moment, line(thing)) for thing in shown(scene, moment))
            if scene.theme.is_light:
                scene.veiled.extend((number, what) for what in veiled(scene))
        update(seconds)

    scene.say, scene.section, scene.update_to_time = noted_say, noted_section, noted_update
    yield found


def line(thing: Shown) -> str:
    """What, where, in which colour: fields with tabs between them, the last four are numbers."""
    if thing.text is not None:
        what = repr(thing.text)
    elif thing.value is None:
        what = ""
    elif not np.ndim(thing.value):
        what = f"{float(thing.value):.4g}"
    else:
        what = f"{np.shape(thing.value)} {mark([np.asarray(thing.value)])}"
    box = "\t".join(f"{edge:.2f}" for edge in thing.box)
    return f"{thing.kind}\t{what}\t{thing.colour}\t{box}"


def is_text(thing: Shown) -> bool:
    """Whether it is a text, and not an empty one."""
    is_own = isinstance(thing.mobject, Text) and thing.kind != TICK
    return is_own and bool(thing.text and thing.text.strip())
