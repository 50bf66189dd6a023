"""Voices for tests: one that is quick and whose sound tells what it said."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from netglow.scenes.voice.speech import Speech, VoiceError

PARROT = '''
"""A voice of somebody else's, as short as one can be."""

import numpy as np

from netglow.scenes.voice.speech import Speech


class Parrot:
    usage = "parrot[:LEVEL]"
    about = "says every letter as a tone"
    version = "1"

    def __init__(self, argument):
        self.level = float(argument or 0.1)

    def speaks(self, language):
        return language in ("en", "de")

    def load(self):
        pass

    def speak(self, text, language):
        t = np.arange(480) / 24000
        tones = [np.sin(2 * np.pi * (200 + 10 * (ord(c) % 64)) * t) for c in text]
        return Speech((self.level * np.concatenate(tones)).astype(np.float32), 24000)
'''


def install_parrot(folder: Path) -> None:
    """What pip would put there for a package with a voice in it."""
    (folder / "parrot_voice.py").write_text(PARROT)
    info = folder / "parrot_voice-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: parrot-voice\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[netglow.voices]\nparrot = parrot_voice:Parrot\n")


class Hum:
    """A voice that hums for a twentieth of a second for every letter."""

    usage = "hum"
    about = "hums"
    version = "hum 1"

    def __init__(self, argument: str = "") -> None:
        self.said: list[tuple[str, str]] = []
        self.loaded = 0

    def speaks(self, language: str) -> bool:
        return language == "en"

    def load(self) -> None:
        self.loaded += 1

    def speak(self, text: str, language: str) -> Speech:
        self.said.append((text, language))
        t = np.arange(round(len(text) / 20 * 24_000)) / 24_000
        return Speech((0.2 * np.sin(2 * np.pi * 300 * t)).astype(np.float32), 24_000)


class Broken(Hum):
    """A voice that cannot load."""

    def load(self) -> None:
        raise VoiceError("the voice hum cannot load: no lungs")
