"""Who says the sentences of a clip: an engine, or a person who recorded them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Protocol

from netglow.scenes.voice.speech import Samples, Voice, VoiceError

# What makes a sentence ready: whatever was kept before it changed is made anew.
_PROGRAMS = ("sentence.py", "sound.py")
SOUNDS = ("wav", "flac", "mp3", "m4a", "ogg", "opus")


class Teller(Protocol):
    """Gives every sentence of a film as samples, ready to be mixed."""

    def tell(self, place: str, aloud: str) -> Samples:
        """The sentence at ``place`` (``ForwardPass.the-edges.2``), whose spoken form is ``aloud``.

        VoiceError if it cannot be said.
        """


class Speaker:
    """An engine that speaks one language; what it said before is taken from the disk."""

    def __init__(self, name: str, voice: Voice, language: str) -> None:
        self.name, self.voice, self.language = name, voice, language
        self._loaded = False

    def load(self) -> None:
        """Get the engine ready, once. VoiceError if that fails."""
        if not self._loaded:
            self.voice.load()
            self._loaded = True

    def tell(self, place: str, aloud: str) -> Samples:
        from netglow.scenes.voice.kept import kept

        made_from = (self.name, self.voice.version, self.language, aloud, *_sources())
        return kept(made_from, lambda: self._speak(place, aloud))

    def _speak(self, place: str, aloud: str) -> Samples:
        from netglow.scenes.voice.sentence import ready

        self.load()
        speech = self.voice.speak(aloud, self.language)
        if not len(speech.samples):
            raise VoiceError(f"{place}: the voice {self.name} has nothing to say for {aloud!r}")
        return ready(speech)


class Recordings:
    """A folder of recordings: ``ForwardPass.the-edges.2.wav``; ``fill`` says what is missing."""

    def __init__(self, folder: Path, fill: Speaker | None = None) -> None:
        self.folder, self.fill = folder, fill

    def of(self, name: str) -> list[Path]:
        """The recordings of a clip or a section."""
        return [p for p in sorted(self.folder.glob(f"{name}.*")) if p.suffix[1:] in SOUNDS]

    def missing(self, places: Iterable[str]) -> list[str]:
        """The sentences that nobody can say."""
        if self.fill is not None:
            return []
        return [place for place in places if recording(self.folder, place) is None]

    def tell(self, place: str, aloud: str) -> Samples:
        path = recording(self.folder, place)
        if path is not None:
            from netglow.scenes.voice.sentence import ready
            from netglow.scenes.voice.sound import read_sound

            return ready(read_sound(path))
        if self.fill is not None:
            return self.fill.tell(place, aloud)
        raise VoiceError(
            f"{self.folder}: no recording of {place}; record it as {place}.wav or add --fill"
        )


@cache
def _sources() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name(name).read_text("utf-8") for name in _PROGRAMS)


def recording(folder: Path, place: str) -> Path | None:
    """The recording of a sentence, if there is one; of several the first kind in SOUNDS."""
    paths = (folder / f"{place}.{kind}" for kind in SOUNDS)
    return next((path for path in paths if path.is_file()), None)
