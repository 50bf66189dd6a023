"""From what a user names to who says the sentences."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netglow.scenes.voice.tellers import Recordings, Speaker

NONE = "none"


def is_folder(name: str) -> bool:
    """Whether a voice is a folder of recordings: it exists, or is written like a path."""
    return os.sep in name.partition(":")[0] or Path(name).is_dir()


def teller_of(name: str, language: str, fill: str | None = None) -> Recordings | Speaker | None:
    """Who says the sentences: a folder of recordings, an engine, or nobody (``none``).

    ``fill`` names the engine that says what the folder lacks. VoiceError for a name there is not.
    """
    if name == NONE:
        return None
    from netglow.scenes.voice.tellers import Recordings

    if is_folder(name):
        return Recordings(Path(name), None if fill is None else speaker_named(fill, language))
    return speaker_named(name, language)


@cache
def speaker_named(name: str, language: str) -> Speaker:
    """The engine of a name, loaded once (some 100 MB). VoiceError as in :func:`teller_of`."""
    from netglow.scenes.voice.registry import voice_named
    from netglow.scenes.voice.speech import VoiceError
    from netglow.scenes.voice.tellers import Speaker

    voice = voice_named(name)
    if not voice.speaks(language):
        raise VoiceError(f"the voice {name} does not speak the language {language!r}")
    return Speaker(name, voice, language)


def teller_from_environment(language: str) -> Recordings | Speaker | None:
    """Whom NETGLOW_VOICE and NETGLOW_FILL name; nobody without them."""
    name = os.environ.get("NETGLOW_VOICE") or NONE
    return teller_of(name, language, os.environ.get("NETGLOW_FILL") or None)
