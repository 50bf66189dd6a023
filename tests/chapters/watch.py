"""A run of a chapter watched frame by frame: what stands still, what it says, how bright it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from netglow.scenes.stage.text import Number
from tests.chapters import checks
from tests.chapters.checks import Fault, Thing
from tests.chapters.contrast import LINEAR, Lens

EVERY = 0.75  # seconds between two looks at what is on the frame
BLOCKS = (36, 64)  # rows and columns of the coarse pictures
_STANDS = 0.03  # units: what moves less from frame to frame stands
_FADING = 0.3  # opacity of what is coming or going
_SAME = 1  # levels by which a pixel may differ and still look the same


@dataclass(frozen=True)
class Look:
    """What is on the frame at a moment.

    ``standing`` are the keys of all that neither moves nor fades; in a ``settled`` picture that
    is everything: it is held for a while, or a section ends with it. ``faint`` are the texts
    without enough contrast.
    """

    time: float
    settled: bool
    things: list[Thing]
    standing: frozenset[int]
    at_home: bool
    faint: list[Fault]

    @property
    def solid(self) -> list[Thing]:
        """Without what comes and goes: of two texts that fade into each other one is faint."""
        return [t for t in self.things if self.settled or t.opacity > _FADING]


@dataclass
class Hold:
    """A picture that does not change from ``start`` to ``end``, in seconds."""

    start: float
    end: float


@dataclass
class Watch:
    """Notes of one run: call :meth:`see` with every frame, :meth:`look` when a section ends.

    ``light`` are the frames in coarse blocks, as linear light (:data:`BLOCKS`, 3), which began
    at the times ``starts``.
    """

    scene: Any
    looks: list[Look] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    light: list[np.ndarray] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lens = Lens(self.scene)
        self._held = np.zeros(0)
        self._before: dict[int, Thing] | None = None
        self._next = 0.0

    def see(self, count: int) -> None:
        """The frame that was just written ``count`` times."""
        camera = self.scene.renderer.camera
        pixels = camera.pixel_array[..., :3]
        end = self.scene.duration_seconds
        start = end - count / camera.frame_rate
        self._note_hold(pixels.astype(np.int16), start, end)
        self.starts.append(start)
        self.light.append(coarse(pixels))
        if end - start >= EVERY:
            self.look(start)
        elif self._before is not None:  # two frames show what moves
            self.look(start, self._before)
        elif start >= self._next:
            self._before = {t.key: t for t in checks.on_frame(self.scene)[0]}

    def look(self, time: float, before: dict[int, Thing] | None = None) -> None:
        """Note what is visible now; without the things of the frame ``before`` it is settled."""
        things, at_home = checks.on_frame(self.scene)
        standing = {t.key for t in things if before is None or stands(t, before.get(t.key))}
        faint = [f for f in self.lens.faint() if standing.issuperset(f.keys)]
        self.looks.append(Look(time, before is None, things, frozenset(standing), at_home, faint))
        self._before, self._next = None, time + EVERY

    def _note_hold(self, pixels: np.ndarray, start: float, end: float) -> None:
        """Against the first picture of the hold: slow changes must not go unnoticed."""
        if self.holds and np.abs(pixels - self._held).max() <= _SAME:
            self.holds[-1].end = end
        else:
            self.holds.append(Hold(start, end))
            self._held = pixels


def stands(thing: Thing, before: Thing | None) -> bool:
    """Whether a thing neither moves nor grows nor fades; a number that counts may get longer."""
    if before is None or abs(thing.opacity - before.opacity) > 1e-3:
        return False
    across = abs(thing.left - before.left), abs(thing.right - before.right)
    along = max(abs(thing.bottom - before.bottom), abs(thing.top - before.top))
    moved = min(across) if thing.name == Number.__name__ else max(across)
    return max(moved, along) < _STANDS


def coarse(pixels: np.ndarray) -> np.ndarray:
    """(h, w, 3) sRGB bytes to the mean linear light (rows, columns, 3) of :data:`BLOCKS`."""
    rows, columns = BLOCKS
    high, wide = pixels.shape[0] // rows, pixels.shape[1] // columns
    cut = LINEAR[pixels[: rows * high, : columns * wide]]
    bands = cut.reshape(rows, high, -1).sum(axis=1)  # one axis after the other: ten times as fast
    return bands.reshape(rows, columns, wide, 3).sum(axis=2) / (high * wide)


def lasting(looks: list[Look], check: Callable[[Look], list[Fault]]) -> list[str]:
    """Faults that stay: in a settled picture, or in two looks in a row; others move through."""
    found: dict[tuple[int, ...], str] = {}
    before: set[tuple[int, ...]] = set()
    for look in looks:
        now = {fault.keys: fault.line for fault in check(look)}
        for keys, line in now.items():
            if look.settled or keys in before:
                found.setdefault(keys, f"{look.time:.1f} s: {line}")
        before = set(now)
    return list(found.values())
