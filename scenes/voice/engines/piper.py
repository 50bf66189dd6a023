"""Piper: a voice file of the user's own. The engine is GPL; it is not part of Netglow."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from netglow.scenes.voice.engines.files import existing, mark_of_file, version_of
from netglow.scenes.voice.speech import Speech, VoiceError


class Piper:
    """A Piper voice: ``FILE.onnx`` with its ``FILE.onnx.json`` beside it.

    Its two sources of chance, of tone and of length, are turned off: the same text, the same sound.
    """

    usage = "piper:FILE.onnx"
    about = "a voice file of Piper; needs netglow[piper], which is GPL"

    def __init__(self, argument: str) -> None:
        if not argument:
            raise VoiceError("the voice piper needs a file: piper:FILE.onnx")
        self.file = existing(Path(argument), "a Piper voice (.onnx)")
        existing(Path(f"{argument}.json"), "what Piper has to know of the voice beside it")
        self._voice: Any = None

    @cached_property
    def version(self) -> str:
        return f"{version_of('piper-tts', 'piper', 'piper')}, {mark_of_file(self.file)}"

    def speaks(self, language: str) -> bool:
        return True  # its file says which; only the user knows

    def load(self) -> None:
        _ = self.version
        try:
            from piper import PiperVoice

            self._voice = PiperVoice.load(self.file)
        except Exception as error:
            raise VoiceError(f"{self.file}: not a voice that Piper can load: {error}") from None

    def speak(self, text: str, language: str) -> Speech:
        from piper import SynthesisConfig

        calm = SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0)
        parts = [chunk.audio_float_array for chunk in self._voice.synthesize(text, calm)]
        samples = np.concatenate(parts) if parts else np.zeros(0)
        return Speech(samples.astype(np.float32), self._voice.config.sample_rate)
