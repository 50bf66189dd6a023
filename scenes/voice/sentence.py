"""One spoken sentence made ready: at one rate and one level, without silence around it."""

from __future__ import annotations

import numpy as np

from netglow.scenes.voice.sound import RATE, brought_to, resampled, rounded
from netglow.scenes.voice.speech import Samples, Speech

LEVEL = -23.0  # LUFS: leaves room for the peaks until the whole is brought to its loudness
_FRAME = RATE // 200  # 5 ms
_QUIET = 10 ** (-42 / 20)  # of its loudest frame: below that nobody speaks
_BEFORE, _AFTER = 0.015, 0.03  # seconds kept of what is quiet: consonants begin and end softly
_FADE = 0.008  # seconds


def ready(speech: Speech) -> Samples:
    """The speech as samples of RATE: trimmed, faded at both ends, at LEVEL.

    Rounded to 16 bits, so that it is the same whether it was kept or made anew.
    """
    return rounded(faded(brought_to(trimmed(resampled(speech)), LEVEL)))


def trimmed(samples: Samples) -> Samples:
    """Without what is quiet before the first and after the last sound."""
    count = len(samples) // _FRAME
    if not count:
        return samples
    power = (samples[: count * _FRAME].reshape(count, _FRAME) ** 2).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * _QUIET**2)
    if not len(loud):
        return samples
    start = max(0, loud[0] * _FRAME - round(_BEFORE * RATE))
    return samples[start : (loud[-1] + 1) * _FRAME + round(_AFTER * RATE)]


def faded(samples: Samples) -> Samples:
    """From nothing and to nothing, so that it neither begins nor ends with a click."""
    n = min(round(_FADE * RATE), len(samples) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(n) / max(n, 1))).astype(np.float32)
    result = samples.copy()
    result[:n] *= ramp
    result[len(samples) - n :] *= ramp[::-1]
    return result
