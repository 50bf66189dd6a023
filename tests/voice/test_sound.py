"""Sound files, rates and loudness, against other computations of them."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from netglow.scenes.voice import sound
from netglow.scenes.voice.speech import Speech, VoiceError
from tests.voice.sounds import RATE, lufs, noise, tone

CODECS = {"wav": "pcm_s16le", "flac": "flac", "mp3": "libmp3lame", "m4a": "aac", "ogg": "libopus"}


def save(path, samples, rate=RATE, channels=1):
    """Write (n,) samples, the same on every channel."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream(CODECS[path.suffix[1:]], rate=rate)
        stream.codec_context.layout = "mono" if channels == 1 else "stereo"
        values = np.repeat(samples, channels)[None].astype(np.float32)
        frame = av.AudioFrame.from_ndarray(
            values, format="flt", layout=stream.codec_context.layout.name
        )
        file.start_encoding()
        if not len(samples):
            return
        frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
        for piece in av.AudioResampler(format=stream.codec_context.format).resample(frame):
            file.mux(stream.encode(piece))
        file.mux(stream.encode())


@pytest.mark.parametrize("kind", CODECS)
@pytest.mark.parametrize("channels", [1, 2])
def test_files_of_every_kind_are_read(kind, channels, tmp_path):
    rate = 44_100 if kind in ("wav", "m4a") else RATE
    samples = tone(1.0, 0.2, rate=rate)
    path = tmp_path / f"a.{kind}"
    save(path, samples, rate, channels)
    speech = sound.read_sound(path)
    assert speech.rate == rate and speech.samples.dtype == np.float32
    assert abs(len(speech.samples) - len(samples)) < 0.08 * rate  # lossy ones pad
    middle = speech.samples[len(samples) // 4 :][: rate // 2].astype(float)
    spectrum = np.abs(np.fft.rfft(middle)) ** 2
    assert spectrum.argmax() * 2 == 440
    assert spectrum[218:223].sum() > 0.99 * spectrum.sum()
    if channels == 1:
        assert np.sqrt((middle**2).mean()) == pytest.approx(0.2 / np.sqrt(2), rel=0.05)


def test_what_is_no_sound_says_so(tmp_path):
    (tmp_path / "a.wav").write_text("not a sound")
    with pytest.raises(VoiceError, match=r"a\.wav: not a sound file that can be read"):
        sound.read_sound(tmp_path / "a.wav")
    save(tmp_path / "b.wav", np.zeros(0))
    with pytest.raises(VoiceError, match=r"b\.wav: there is no sound in it"):
        sound.read_sound(tmp_path / "b.wav")
    with av.open(str(tmp_path / "c.mp4"), "w") as file:
        stream = file.add_stream("libx264", rate=5)
        stream.width = stream.height = 32
        file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8))))
        file.mux(stream.encode())
    with pytest.raises(VoiceError, match=r"c\.mp4: there is no sound in it"):
        sound.read_sound(tmp_path / "c.mp4")


def test_what_is_kept_comes_back_as_it_was(tmp_path):
    samples = sound.rounded(noise(1.3))
    sound.write_flac(tmp_path / "a.flac", samples)
    back = sound.read_sound(tmp_path / "a.flac")
    assert back.rate == RATE
    np.testing.assert_array_equal(back.samples, samples)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_another_rate_moves_nothing(rate):
    at = np.arange(rate) / rate
    click = np.exp(-(((at - 0.5) * 1000) ** 2)).astype(np.float32)  # a bump of a millisecond
    there = sound.resampled(Speech(click, rate))
    assert len(there) == RATE
    assert there.argmax() == pytest.approx(0.5 * RATE, abs=1)
    assert there.max() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("level", [0.003, 0.05, 0.5])
def test_loudness_is_that_of_the_recommendation(level):
    samples = noise(3, level)
    assert sound.loudness(sound.blocks_of(samples)) == pytest.approx(
        lufs(np.stack([samples, samples]).astype(float)), abs=0.05
    )


def test_a_tone_is_as_loud_as_the_recommendation_says():
    """0 dBFS at 997 Hz in one channel is -3.01 LUFS; in both it is 3.01 dB more."""
    assert sound.loudness([tone(4, 1.0, 997)]) == pytest.approx(0.0, abs=0.1)
    assert sound.loudness([np.zeros(RATE, np.float32)]) == -70


@pytest.mark.parametrize("seconds", [0.15, 0.5, 3.0])
def test_brought_to_a_level(seconds):
    samples = noise(seconds, 0.01)
    louder = sound.brought_to(samples, -20)
    ratio = louder / samples
    assert ratio.std() < 1e-3 * ratio.mean()  # nothing but louder
    many = np.tile(louder, 20)
    assert lufs(np.stack([many, many]).astype(float)) == pytest.approx(-20, abs=0.2)
    silence = np.zeros(1000, np.float32)
    np.testing.assert_array_equal(sound.brought_to(silence, -20), silence)
