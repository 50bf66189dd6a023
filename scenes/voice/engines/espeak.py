"""eSpeak NG: the program, if it is installed; robotic, but it speaks a hundred languages."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from functools import cached_property

import numpy as np

from netglow.scenes.voice.speech import Speech, VoiceError

_PROGRAM = "espeak-ng"
_PACE = 150  # words a minute


class ESpeak:
    """The program ``espeak-ng``; ``espeak-ng:en-gb`` chooses another of its voices."""

    usage = "espeak-ng[:VOICE]"
    about = "nearly every language, a robot's voice; the program espeak-ng must be installed"

    def __init__(self, argument: str) -> None:
        self.voice = argument

    @cached_property
    def version(self) -> str:
        said = self._run("--version").decode(errors="replace")
        number = said.partition("text-to-speech:")[2].split("Data")[0].strip()
        return f"eSpeak NG {number or said.strip()}, {_PACE} words a minute"

    def speaks(self, language: str) -> bool:
        try:
            self._run("-q", "-v", self.voice or language, "a")
        except VoiceError:
            return False
        return True

    def load(self) -> None:
        self._run("-q", "-v", self.voice or "en", "a")

    def speak(self, text: str, language: str) -> Speech:
        voice = ("-v", self.voice or language, "-s", str(_PACE))
        sound = self._run(*voice, "--stdin", "--stdout", given=text.encode())
        with wave.open(io.BytesIO(_whole(sound))) as file:
            rate, data = file.getframerate(), file.readframes(file.getnframes())
        return Speech(np.float32(1 / 32768) * np.frombuffer(data, "<i2"), rate)

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        program = shutil.which(_PROGRAM)
        if program is None:
            raise VoiceError(f"the voice {_PROGRAM} is not there; install the program {_PROGRAM}")
        done = subprocess.run([program, *arguments], input=given, capture_output=True, check=False)
        if done.returncode:
            lines = done.stderr.decode(errors="replace").split("\n")
            raise VoiceError(f"{_PROGRAM} failed: {lines[0].strip() or done.returncode}")
        return done.stdout


def _whole(sound: bytes) -> bytes:
    """A WAV file with the lengths that a program writing to a pipe could not know."""
    data = bytearray(sound)
    at = data.find(b"data")
    data[4:8] = (len(data) - 8).to_bytes(4, "little")
    data[at + 4 : at + 8] = (len(data) - at - 8).to_bytes(4, "little")
    return bytes(data)
