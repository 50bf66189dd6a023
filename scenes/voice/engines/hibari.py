"""Hibari: a small English voice inside its own package, the default."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from netglow.scenes.voice.speech import Speech, VoiceError

_SPEED = 0.9  # of its own pace, which is that of somebody who reads aloud and has little time
_SEED = 0  # of the noise in its consonants


class Hibari:
    """The voice "heart", distilled from Kokoro-82M: some 50 to 100 times faster than real time."""

    usage = "hibari"
    about = "English, a woman's voice; comes with Netglow"

    def __init__(self, argument: str) -> None:
        if argument:
            raise VoiceError(f"the voice hibari takes nothing after its name, found {argument!r}")
        self._speak: Any = None

    @property
    def version(self) -> str:
        try:
            parts = [f"{name} {version(name)}" for name in ("hibari-tts", "onnxruntime")]
        except PackageNotFoundError as error:
            raise VoiceError(
                f"the voice hibari is not there: {error.name} is not installed; "
                "pip install hibari-tts"
            ) from None
        return ", ".join([*parts, f"speed {_SPEED}, seed {_SEED}"])

    def speaks(self, language: str) -> bool:
        return language == "en"

    def load(self) -> None:
        try:
            from hibari import Hibari as Engine

            self._speak = Engine()
        except Exception as error:  # a library that cannot load fails in many ways
            raise VoiceError(f"the voice hibari cannot load: {error}") from None

    def speak(self, text: str, language: str) -> Speech:
        return Speech(self._speak(text, speed=_SPEED, seed=_SEED), self._speak.sample_rate)
