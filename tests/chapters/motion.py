"""Checks of a run: pictures that stand still for too long, and pictures that flash."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from scipy.ndimage import uniform_filter

from tests.chapters.checks import Thing
from tests.chapters.contrast import luminance
from tests.chapters.watch import BLOCKS, Hold, Look

LONGEST = 6.0  # seconds a picture may stand with nothing to read: about a sentence
READ_PER_SECOND = 3.0  # words
PAUSE = 1.0  # seconds to take in what was read
FLASHES = 3  # a second
_STEP, _DARK = 0.1, 0.8  # WCAG 2.3.1: change of luminance; the darker picture is below
_RED_STEP, _RED_SHARE = 20 / 320, 0.8  # WCAG 2.3.1: red flash
_AREA = 0.25  # of any field a third as wide and as high as the frame


# --- standing still ---
def dead_times(holds: list[Hold], looks: list[Look]) -> list[str]:
    """Pictures that stand for more than :data:`LONGEST` seconds with nothing left to read.

    Only texts in the picture count: captions go on all the time, whatever the picture does. A
    viewer reads new texts one after the other from when they appear; a picture may stand until
    the last is read, and a pause longer.
    """
    lines = []
    for hold in holds:
        read = _read_until([look for look in looks if look.time < hold.end])
        if hold.end > max(hold.start + LONGEST, read + PAUSE) + 1e-6:
            lines.append(
                f"{hold.start:.1f} to {hold.end:.1f} s: the picture stands for "
                f"{hold.end - hold.start:.1f} s, all is read at {read:.1f} s"
            )
    return lines


def _read_until(looks: list[Look]) -> float:
    """The second at which all texts so far have been read."""
    read, known = 0.0, Counter()
    for look in looks:
        texts = [thing for thing in look.things if thing.text and thing.opacity > 0.5]
        now = Counter(thing.text for thing in texts)
        words = {thing.text: words_in(thing) for thing in texts}
        new = sum(words[text] * count for text, count in (now - known).items())
        if new:
            read = max(read, look.time) + new / READ_PER_SECOND
        known = now
    return read


def words_in(thing: Thing) -> int:
    """Words of a text; of a formula its letters, numbers and functions."""
    text = thing.text or ""
    if thing.name in ("Typst", "MathTypst"):
        return len(re.findall(r"\w+", re.sub(r"manimgrp\(\"\w+\",", " ", text)))
    return len(text.split())


# --- flashes ---
def flashes(light: np.ndarray, starts: np.ndarray) -> list[str]:
    """Seconds in which a part of the picture flashes more than :data:`FLASHES` times.

    light (n, rows, columns, 3): linear light of frames that begin at ``starts`` (n,) seconds.
    WCAG 2.3.1: a flash is a pair of opposing changes, of luminance or to and from saturated red.
    """
    share = light[..., 0] / np.maximum(light.sum(axis=-1), 1e-6)
    red = np.maximum(0, light[..., 0] - light[..., 1] - light[..., 2])
    red = np.where(share >= _RED_SHARE, red, 0)
    plain = opposing_changes(luminance(light), _STEP, _DARK)
    reds = opposing_changes(red, _RED_STEP, np.inf)
    return _too_many(plain, starts, "flashes") + _too_many(reds, starts, "flashes red")


def opposing_changes(signal: np.ndarray, step: float, dark: float) -> np.ndarray:
    """Where (n, rows, columns) a signal has changed by ``step`` against its last such change.

    Changes between two values that are both ``dark`` or more do not count.
    """
    found = np.zeros(signal.shape, bool)
    low, high, last = signal[0].copy(), signal[0].copy(), np.zeros(signal.shape[1:])
    for frame, now in enumerate(signal[1:], 1):
        low, high = np.minimum(low, now), np.maximum(high, now)
        up = (now - low >= step) & (low < dark) & (last <= 0)
        down = (high - now >= step) & (now < dark) & (last >= 0)
        found[frame] = up | down
        last = np.where(up, 1, np.where(down, -1, last))
        low, high = np.where(found[frame], now, low), np.where(found[frame], now, high)
    return found


def _too_many(changes: np.ndarray, starts: np.ndarray, what: str) -> list[str]:
    """A line for every run of frames in which more than the allowed flashes go on."""
    field = [size // 3 for size in BLOCKS]
    lines, before = [], False
    for frame in range(len(changes)):
        first = np.searchsorted(starts, starts[frame] - 1 + 1e-6)
        fast = changes[first : frame + 1].sum(axis=0) > 2 * FLASHES
        filled = uniform_filter(fast.astype(float), field, mode="constant")
        now = filled.max() >= _AREA
        if now and not before:
            lines.append(f"{starts[frame]:.1f} s: {what} more than {FLASHES} times a second")
        before = now
    return lines
