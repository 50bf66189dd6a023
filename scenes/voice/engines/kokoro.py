"""Kokoro-82M: the large model that the default voice was distilled from, in files of the user's."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from netglow.scenes.voice.engines.files import existing, mark_of_file, version_of
from netglow.scenes.voice.speech import Speech, VoiceError

_VOICE = "af_heart"
_SPEED = 0.9  # as of the default voice
_LANGUAGES = {  # what its phonemes are made by calls them
    "en": "en-us",
    "es": "es",
    "fr": "fr-fr",
    "hi": "hi",
    "it": "it",
    "pt": "pt-br",
}


class Kokoro:
    """Kokoro from a folder that holds one ``*.onnx`` and one ``voices*.bin``."""

    usage = "kokoro:FOLDER[:VOICE]"
    about = "Kokoro-82M from a folder with its .onnx and voices .bin; needs netglow[kokoro]"

    def __init__(self, argument: str) -> None:
        if not argument:
            raise VoiceError("the voice kokoro needs a folder with its files: kokoro:FOLDER")
        folder, name = Path(argument), _VOICE
        if not folder.is_dir() and ":" in argument:
            before, _, name = argument.rpartition(":")
            folder = Path(before)
        self.name = name
        self.model = _only(folder, "*.onnx")
        self.voices = _only(folder, "voices*.bin")
        self._engine: Any = None

    @cached_property
    def version(self) -> str:
        package = version_of("kokoro-onnx", "kokoro", "kokoro")
        marks = f"{mark_of_file(self.model)}, {mark_of_file(self.voices)}"
        return f"{package}, {marks}, {self.name}, speed {_SPEED}"

    def speaks(self, language: str) -> bool:
        return language in _LANGUAGES

    def load(self) -> None:
        _ = self.version
        try:
            from kokoro_onnx import Kokoro as Engine

            self._engine = Engine(str(self.model), str(self.voices))
            names = list(self._engine.get_voices())
        except Exception as error:
            raise VoiceError(f"{self.model}: Kokoro cannot load it: {error}") from None
        if self.name not in names:
            raise VoiceError(f"{self.voices}: no voice {self.name!r}; it has {', '.join(names)}")

    def speak(self, text: str, language: str) -> Speech:
        samples, rate = self._engine.create(text, self.name, _SPEED, _LANGUAGES[language])
        return Speech(np.asarray(samples, np.float32), rate)


def _only(folder: Path, pattern: str) -> Path:
    """The first file of that pattern; VoiceError if there is none."""
    found = sorted(folder.glob(pattern))
    return existing(found[0] if found else folder / pattern, "a file of Kokoro's")
