"""Sound through libav: files read and kept, another rate, how loud it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import cast

import av
import numpy as np

from netglow.scenes.voice.speech import Samples, Speech, VoiceError

RATE = 48_000  # samples a second, of everything that is mixed and encoded
LOUDNESS = -16.0  # LUFS (ITU-R BS.1770) of a whole clip, as podcasts and web video have it
CHANNELS = 2  # both the same: a single one would be 3 LU louder on two loudspeakers than it says
_SHORTEST = 1.2  # seconds: what is shorter is measured as if it were said again and again
_SILENCE = -70.0  # LUFS below which nothing is heard


def read_sound(path: Path) -> Speech:
    """A sound file of any kind that libav reads, mixed down to one channel.

    VoiceError for a file that it cannot read or that has no sound in it.
    """
    try:
        with av.open(str(path)) as file:
            stream = next(iter(file.streams.audio), None)
            if stream is None:
                raise VoiceError(f"{path}: there is no sound in it")
            mono = av.AudioResampler(format="flt", layout="mono")
            parts = [
                frame.to_ndarray()[0]
                for decoded in chain(file.decode(stream), [None])
                for frame in mono.resample(decoded)
            ]
            rate = stream.rate
    except av.error.FFmpegError as error:
        raise VoiceError(f"{path}: not a sound file that can be read: {error.strerror}") from None
    if not sum(map(len, parts)):
        raise VoiceError(f"{path}: there is no sound in it")
    return Speech(np.concatenate(parts), rate)


def write_flac(path: Path, samples: Samples) -> None:
    """One channel of RATE, rounded to 16 bits, without loss from there on."""
    with av.open(str(path), "w", format="flac") as file:
        stream = file.add_stream("flac", rate=RATE, layout="mono", format="s16")
        for frame in frames(blocks_of(samples), "s16", "mono"):
            file.mux(stream.encode(frame))
        file.mux(stream.encode())


def write_wav(path: Path, sound: Iterable[av.AudioFrame]) -> None:
    """Stereo frames of RATE as a WAV file of 16 bits."""
    with av.open(str(path), "w", format="wav") as file:
        stream = file.add_stream("pcm_s16le", rate=RATE, layout="stereo")
        for frame in sound:
            file.mux(stream.encode(frame))
        file.mux(stream.encode())


def rounded(samples: Samples) -> Samples:
    """The samples as 16 bits hold them."""
    steps = np.clip(np.rint(samples * 32768), -32768, 32767)
    return (steps / 32768).astype(np.float32)


def resampled(speech: Speech) -> Samples:
    """The speech at RATE; what is not heard at either rate is filtered out, nothing is moved."""
    from scipy.signal import resample_poly

    if speech.rate == RATE:
        return speech.samples
    step = math.gcd(RATE, speech.rate)
    samples: Samples = resample_poly(speech.samples, RATE // step, speech.rate // step)
    return samples.astype(np.float32)


def blocks_of(samples: Samples, size: int = RATE) -> Iterator[Samples]:
    """The samples, ``size`` at a time."""
    return (samples[i : i + size] for i in range(0, len(samples), size))


def frames(
    blocks: Iterable[Samples], fmt: str = "flt", layout: str = "stereo"
) -> Iterator[av.AudioFrame]:
    """Blocks of one channel as frames of RATE one behind the other; stereo has it twice."""
    at = 0
    for block in blocks:
        channels = CHANNELS if layout == "stereo" else 1
        values = np.repeat(block, channels)
        if fmt == "s16":
            values = np.rint(rounded(values) * 32768).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(values[None], format=fmt, layout=layout)
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), at
        at += len(block)
        yield frame


def through(
    filters: Iterable[tuple[str, str]], sound: Iterable[av.AudioFrame]
) -> Iterator[av.AudioFrame]:
    """Stereo frames that come out of filters, (name, options) one after the other."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=RATE, format="flt", layout="stereo", time_base=Fraction(1, RATE)
    )
    last = source
    for name, options in (*filters, ("abuffersink", "")):
        made = graph.add(name, options) if options else graph.add(name)
        last.link_to(made)
        last = made
    graph.configure()
    for frame in chain(sound, [None]):
        source.push(frame)
        while True:
            try:
                yield cast(av.AudioFrame, graph.pull())
            except (av.error.BlockingIOError, av.error.EOFError):
                break


def loudness(blocks: Iterable[Samples]) -> float:
    """Integrated loudness in LUFS of what is played on both channels; at least -70."""
    heard = _SILENCE
    for frame in through([("ebur128", "metadata=1")], frames(blocks)):
        heard = float(frame.metadata.get("lavfi.r128.I", heard))
    return max(heard, _SILENCE)


def brought_to(samples: Samples, level: float) -> Samples:
    """The samples at that loudness; silence stays as it is."""
    times = math.ceil(_SHORTEST * RATE / max(len(samples), 1))
    heard = loudness([np.tile(samples, times)])
    if heard <= _SILENCE:
        return samples
    return (samples * 10 ** ((level - heard) / 20)).astype(np.float32)
