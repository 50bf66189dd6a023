"""Sounds for tests, and what a second computation finds in a sound."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from scipy.signal import resample_poly, sosfilt

RATE = 48_000


def tone(seconds: float, level: float = 0.1, hertz: float = 440, rate: int = RATE) -> np.ndarray:
    """A sine tone (n,) float32."""
    t = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * t)).astype(np.float32)


def noise(seconds: float, level: float = 0.1, rate: int = RATE, seed: int = 5) -> np.ndarray:
    """White noise (n,) float32."""
    rng = np.random.default_rng(seed)
    return rng.normal(0, level, round(seconds * rate)).astype(np.float32)


def decoded(path: Path) -> np.ndarray:
    """The sound of a file: (channels, n) float."""
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        room = round(file.duration / av.time_base * stream.rate) + stream.rate
        sound = np.zeros((stream.channels, room), np.float32)  # a film's is large: one copy of it
        end = 0
        for frame in file.decode(stream):
            samples = frame.to_ndarray()
            sound[:, end : end + samples.shape[1]] = samples
            end += samples.shape[1]
    return sound[:, :end]


def lufs(sound: np.ndarray) -> float:
    """Integrated loudness (ITU-R BS.1770-4) of (channels, n) at 48 kHz, computed from the text.

    Its two filters' coefficients for 48 kHz stand in tables 1 and 2 of the recommendation.
    """
    hop = round(0.1 * RATE)
    energy = np.zeros(sound.shape[1] // hop)
    for channel in sound:
        state = np.zeros((2, 2))
        for i in range(len(energy)):  # piece by piece: a whole film would fill the memory
            weighted, state = sosfilt(_K, channel[i * hop :][:hop].astype(float), zi=state)
            energy[i] += (weighted**2).mean()
    power = np.convolve(energy, np.full(4, 0.25), "valid")  # of 0.4 s each
    loud = power[level(power) > -70]
    return float(level(loud[level(loud) > level(loud.mean()) - 10].mean()))


_K = [
    [1.53512485958697, -2.69169618940638, 1.19839281085285, 1, -1.69065929318241, 0.73248077421585],
    [1, -2, 1, 1, -1.99004745483398, 0.99007225036621],
]


def level(power: np.ndarray) -> np.ndarray:
    """LUFS of a mean square."""
    return -0.691 + 10 * np.log10(np.maximum(power, 1e-12))


def true_peak(sound: np.ndarray) -> float:
    """dBTP of (channels, n): the peak of the sound at eight times its rate."""
    pieces = [c[i : i + 11 * RATE] for c in sound for i in range(0, len(c), 10 * RATE)]
    return 20 * np.log10(max(np.abs(resample_poly(piece, 8, 1)).max() for piece in pieces))


def envelope(sound: np.ndarray, step: float = 0.005) -> np.ndarray:
    """Root mean square of (n,) every ``step`` seconds."""
    size = round(step * RATE)
    count = len(sound) // size
    return np.sqrt((sound[: count * size].reshape(count, size) ** 2).mean(axis=1))


def spans(sound: np.ndarray, quiet: float = 0.4) -> list[tuple[float, float]]:
    """Where somebody speaks in (n,): from, to in seconds; pauses shorter than ``quiet`` are speech.

    Speech is what is less than 40 dB below the loudest.
    """
    heard = envelope(sound)
    loud = np.flatnonzero(heard > heard.max() / 100)
    gaps = np.flatnonzero(np.diff(loud) * 0.005 > quiet)
    starts, ends = loud[[0, *gaps + 1]], loud[[*gaps, -1]] + 1
    return [(s * 0.005, e * 0.005) for s, e in zip(starts, ends, strict=True)]
