"""A sentence made ready to be mixed."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.voice.sentence import LEVEL, faded, ready, trimmed
from netglow.scenes.voice.speech import Speech
from tests.voice.sounds import RATE, lufs, noise, spans, tone


def silence(seconds: float, rate: int = RATE) -> np.ndarray:
    return np.zeros(round(seconds * rate), np.float32)


def test_silence_around_it_goes():
    inside = np.concatenate([tone(0.5), silence(0.4), tone(0.5)])
    cut = trimmed(np.concatenate([silence(0.8), inside, silence(1.2)]))
    assert len(cut) / RATE == pytest.approx(1.4 + 0.045, abs=0.011)
    np.testing.assert_array_equal(cut[round(0.015 * RATE) :][: len(inside)], inside)


def test_hiss_is_silence_and_a_soft_consonant_is_not():
    hiss = noise(1.0, 0.0003)
    soft = tone(0.05, 0.004)  # 28 dB below the vowel after it
    cut = trimmed(np.concatenate([hiss, soft, tone(0.5), hiss]))
    assert len(cut) / RATE == pytest.approx(0.55 + 0.045, abs=0.011)


@pytest.mark.parametrize("samples", [silence(0), silence(0.001), silence(1.0), tone(0.004)])
def test_what_is_only_silence_or_tiny_stays(samples):
    assert len(trimmed(samples)) == len(samples)
    assert len(faded(samples)) == len(samples)


def test_no_click_at_the_ends():
    samples = faded(np.full(RATE, 0.5, np.float32))
    assert samples[0] == samples[-1] == 0
    assert np.abs(np.diff(samples)).max() < 0.003
    assert (samples[RATE // 4 : RATE // 2] == 0.5).all()


@pytest.mark.parametrize("rate", [22_050, 24_000, 48_000])
def test_ready(rate):
    sound = np.concatenate([silence(0.5, rate), noise(2, 0.2, rate), silence(0.5, rate)])
    samples = ready(Speech(sound, rate))
    assert len(samples) / RATE == pytest.approx(2.045, abs=0.011)
    assert lufs(np.stack([samples, samples]).astype(float)) == pytest.approx(LEVEL, abs=0.3)
    assert spans(samples)[0] == pytest.approx((0.015, 2.015), abs=0.011)
    np.testing.assert_array_equal(samples * 32768, np.rint(samples * 32768))
