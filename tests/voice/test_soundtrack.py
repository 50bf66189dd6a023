"""The mixed sound: everything in its place, at the loudness it should have."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.voice.soundtrack import Placed, Soundtrack
from tests.voice.sounds import RATE, lufs, noise, spans, tone, true_peak


def placed(start: float, samples: np.ndarray) -> Placed:
    return Placed(start, lambda: samples)


def mixed(track: Soundtrack, size: int = RATE) -> np.ndarray:
    return np.concatenate(list(track.blocks(size)))


def mastered(track: Soundtrack) -> np.ndarray:
    """(2, n)"""
    frames = [frame.to_ndarray()[0].reshape(-1, 2) for frame in track.mastered()]
    return np.concatenate(frames).T.astype(float)


@pytest.mark.parametrize("size", [997, RATE])
def test_every_sentence_sounds_where_it_stands(size):
    one, other = noise(1.7, seed=1), noise(0.3, seed=2)
    sound = mixed(Soundtrack([placed(0.25, one), placed(1.5, other)], 3.0), size)
    wanted = np.zeros(3 * RATE, np.float32)
    wanted[RATE // 4 :][: len(one)] += one
    wanted[RATE * 3 // 2 :][: len(other)] += other
    np.testing.assert_allclose(sound, wanted, atol=1e-7)


def test_a_sentence_is_asked_for_only_when_it_is_its_turn():
    asked = []

    def load(name: str) -> np.ndarray:
        asked.append(name)
        return tone(0.5)

    track = Soundtrack([Placed(0.0, lambda: load("a")), Placed(2.5, lambda: load("b"))], 4.0)
    blocks = track.blocks()
    next(blocks)
    assert asked == ["a"]
    list(blocks)
    assert asked == ["a", "b"]


def test_what_reaches_beyond_the_picture_is_cut():
    assert len(mixed(Soundtrack([placed(0.5, tone(3))], 1.0))) == RATE


@pytest.mark.parametrize("level", [0.005, 0.1, 0.4])
def test_loudness_and_peak(level):
    """Noise with bursts that would be far too loud if they were not held down."""
    speech = noise(4, level)
    speech[RATE : RATE + 2000] *= 8
    track = Soundtrack([placed(0.5, speech), placed(5.0, speech), placed(11, speech)], 16.0)
    sound = mastered(track)
    assert sound.shape == (2, 16 * RATE)
    np.testing.assert_array_equal(sound[0], sound[1])
    assert lufs(sound) == pytest.approx(-16, abs=0.2)
    assert true_peak(sound) < -1.5


def test_nothing_is_moved_and_pauses_stay_silent():
    track = Soundtrack([placed(0.5, noise(1, 0.05)), placed(3.0, noise(1.5, 0.05))], 5.0)
    sound = mastered(track)[0]
    assert spans(sound) == [
        pytest.approx((0.5, 1.5), abs=0.011),
        pytest.approx((3, 4.5), abs=0.011),
    ]
    assert np.abs(sound[round(1.6 * RATE) : round(2.9 * RATE)]).max() < 1e-4


@pytest.mark.parametrize("seconds", [0.2, 1.0, 7.3331])
def test_as_long_as_the_picture_and_silent_if_nobody_speaks(seconds):
    sound = mastered(Soundtrack([], seconds))
    assert sound.shape == (2, round(seconds * RATE))
    assert not sound.any()


def test_the_same_sound_every_time():
    track = Soundtrack([placed(0.1, noise(1.2))], 2.0)
    np.testing.assert_array_equal(mastered(track), mastered(track))
