"""The sound of a clip or film: sentences in their places, at one loudness, none too loud."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import av
import numpy as np

from netglow.scenes.voice.sound import LOUDNESS, RATE, frames, loudness, through
from netglow.scenes.voice.speech import Samples

_CEILING = -2.5  # dB: an encoder overshoots by up to one, and the true peak may be -1 dB
_OVER = 4  # times the rate at which peaks between samples are looked for
_CLOSE = 0.05  # LU: near enough
_ATTEMPTS = 4


@dataclass(frozen=True, eq=False)
class Placed:
    """A sentence that begins ``start`` seconds from the beginning; ``load`` gives its samples."""

    start: float
    load: Callable[[], Samples]


class Soundtrack:
    """Sentences mixed into one sound of a given length, one block in memory at a time.

    sentences: in the order in which they begin. seconds: how long the picture is; the sound is
    just as long.
    """

    def __init__(self, sentences: Sequence[Placed], seconds: float) -> None:
        self.sentences, self.length = list(sentences), round(seconds * RATE)

    def blocks(self, size: int = RATE) -> Iterator[Samples]:
        """One channel, as the sentences were given."""
        waiting, sounding = list(self.sentences), list[tuple[int, Samples]]()
        for at in range(0, self.length, size):
            block = np.zeros(min(size, self.length - at), np.float32)
            while waiting and round(waiting[0].start * RATE) < at + len(block):
                first = waiting.pop(0)
                sounding.append((round(first.start * RATE), first.load()))
            for start, samples in sounding:
                begin, end = max(start, at), min(start + len(samples), at + len(block))
                block[begin - at : end - at] += samples[begin - start : end - start]
            sounding = [(s, x) for s, x in sounding if s + len(x) > at + len(block)]
            yield block

    def mastered(self) -> Iterator[av.AudioFrame]:
        """Stereo frames of RATE at LOUDNESS, peaks held down; silence stays silence."""
        yield from _whole(_limited(self.blocks(), self.gain()), self.length)

    def gain(self) -> float:
        """Decibels that bring the whole to LOUDNESS, after its peaks were held down."""
        gain = 0.0
        for _ in range(_ATTEMPTS):
            heard = loudness(_mono(_limited(self.blocks(), gain)))
            if heard < 2 * LOUDNESS - 20 or abs(heard - LOUDNESS) < _CLOSE:
                break
            gain += LOUDNESS - heard
        return gain


def _limited(blocks: Iterator[Samples], gain: float) -> Iterator[av.AudioFrame]:
    """The sound so many decibels louder, its peaks below the ceiling, also between samples."""
    limit = 10 ** (_CEILING / 20)
    filters = [
        ("volume", f"{gain}dB"),
        ("aresample", f"{_OVER * RATE}"),
        ("alimiter", f"limit={limit}:attack=5:release=60:level=0:latency=1"),
        ("aresample", f"{RATE}"),
        ("aformat", "sample_fmts=flt:channel_layouts=stereo"),
    ]
    return through(filters, frames(blocks))


def _mono(sound: Iterator[av.AudioFrame]) -> Iterator[Samples]:
    return (frame.to_ndarray()[0][::2] for frame in sound)


def _whole(sound: Iterator[av.AudioFrame], length: int) -> Iterator[av.AudioFrame]:
    """Exactly ``length`` samples: the filters may end some early or late."""

    def fitted() -> Iterator[Samples]:
        left = length
        for block in _mono(sound):
            yield block[:left]
            left -= len(block[:left])
        if left:
            yield np.zeros(left, np.float32)

    return frames(block for block in fitted() if len(block))
